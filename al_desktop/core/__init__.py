"""What the program is about, free of Qt, databases and models."""
