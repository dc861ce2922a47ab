"""The insights screen: what was answered so far in pictures, and doubtful answers read again."""
