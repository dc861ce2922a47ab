"""The annotate screen: one question, one key."""
