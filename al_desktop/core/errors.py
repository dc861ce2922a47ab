"""Whose fault an error is."""


class KnownError(Exception):
    """The environment or the input is at fault, and the user can do something about it.

    The message is one sentence for an annotator: what is wrong, where, and what to do.
    Any other exception that reaches a face of the program is a bug of ours.
    """
