"""How far a long work has come."""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Progress:
    """`done` of `total` of `what`, such as "texts"; `total` is None while unknown."""

    what: str
    done: int
    total: int | None = None
