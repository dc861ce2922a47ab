"""The home screen; projects made, opened and closed, texts in and answers out."""
