"""The look, and the widgets that several screens use."""
