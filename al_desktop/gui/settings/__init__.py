"""The settings screen, and the commands of the view."""
