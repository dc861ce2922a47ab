"""The interface's language: its sentences, those from below the window, and their translation."""
