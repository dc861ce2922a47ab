"""What the window lends to all screens: the stack of them, keys, the top and the bottom line."""
