"""Choosing a file of texts, saying how it is read, and bringing it in."""
