"""The table of commands and keys, what they depend on, and the dialogs that show them."""
