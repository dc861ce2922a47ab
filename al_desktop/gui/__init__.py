"""The window: the only package that imports Qt. Views show values and emit commands."""
