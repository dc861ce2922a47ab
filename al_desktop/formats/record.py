"""What readers yield: one text as a file has it, or one line that can't be read."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from al_desktop.core.questions import Answer


@dataclass(frozen=True, slots=True)
class Annotation:
    """What a file says about a text: a label of the whole text, or of characters start to end.

    annotator   empty where the file doesn't say
    at_ms       Unix time in milliseconds; None where the file doesn't say
    """

    label: str
    start: int | None = None
    end: int | None = None
    answer: Answer = Answer.ACCEPT
    annotator: str = ""
    at_ms: int | None = None


@dataclass(frozen=True, slots=True)
class Record:
    """One text. `line` is counted from 1, where it starts; 0 where there are no lines."""

    content: str
    line: int = 0
    meta: Mapping[str, object] = field(default_factory=dict)
    annotations: tuple[Annotation, ...] = ()


@dataclass(frozen=True, slots=True)
class BadLine:
    """Why a line, or something in it, was left out, in words for the annotator.

    Line and column count from 1.
    """

    line: int
    column: int | None
    reason: str


def columns_in_place_of(found: int, expected: int) -> str:
    if found == 1:
        return f"{found} column in place of {expected}"
    return f"{found} columns in place of {expected}"
