"""The model screen: how good it is, training, and earlier models."""
