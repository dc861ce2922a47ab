"""The background work: its messages, its loop, its process and its simulation."""
