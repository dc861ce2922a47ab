"""The highlight screen: texts marked in full."""
