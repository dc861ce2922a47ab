"""The words and the characters of a text: what a highlight begins and ends with."""

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise

from PySide6.QtCore import QTextBoundaryFinder

_APOSTROPHE = re.compile("['’]")
_ABBREVIATION = re.compile(r"(?:[^\W\d_]\.){2,}")


@dataclass(frozen=True, slots=True)
class Cells:
    """Pieces of a text in order, in code points, white space left out; they don't overlap."""

    starts: Sequence[int]
    ends: Sequence[int]

    def __len__(self) -> int:
        return len(self.starts)

    def at(self, position: int) -> int:
        """The piece with this position, else the next one, else the last. Raises IndexError
        where there are none."""
        if not self.starts:
            raise IndexError("a text without words")
        return min(bisect_right(self.ends, position), len(self.starts) - 1)

    def around(self, start: int, end: int) -> tuple[int, int] | None:
        """The first and the last piece that share a character with `start` to `end`."""
        first, last = bisect_right(self.ends, start), bisect_left(self.starts, end) - 1
        return (first, last) if first <= last else None


def words(content: str) -> Cells:
    """Words and punctuation marks by Unicode's rules (annex 29), save that "U.S." is one word and
    that an apostrophe begins one, so that "Paris's" has a word "Paris"."""
    finds = _ABBREVIATION.finditer(content)
    joints = {place for each in finds for place in range(each.start() + 1, each.end())}
    bounds: list[list[int]] = []
    for start, end in _pieces(content, QTextBoundaryFinder.BoundaryType.Word):
        apostrophes = [each.start() for each in _APOSTROPHE.finditer(content, start + 1, end)]
        for first, last in pairwise([start, *apostrophes, end]):
            if first in joints and bounds:
                bounds[-1][1] = last
            elif not content[first:last].isspace():
                bounds.append([first, last])
    return Cells([first for first, _ in bounds], [last for _, last in bounds])


def characters(content: str) -> Cells:
    """What a reader takes for one character, accents and all."""
    pieces = _pieces(content, QTextBoundaryFinder.BoundaryType.Grapheme)
    bounds = [(start, end) for start, end in pieces if not content[start:end].isspace()]
    return Cells([start for start, _ in bounds], [end for _, end in bounds])


def _pieces(content: str, kind: QTextBoundaryFinder.BoundaryType) -> Iterator[tuple[int, int]]:
    """Between one boundary and the next."""
    finder = QTextBoundaryFinder(kind, content)
    points = _code_points(content)
    start = 0
    while (unit := finder.toNextBoundary()) >= 0:
        end = points[unit] if points else unit
        if end > start:
            yield start, end
        start = end


def _code_points(content: str) -> Sequence[int]:
    """The code point at each UTF-16 unit; empty where they are the same."""
    if content.isascii() or max(content) < "\U00010000":
        return ()
    points: list[int] = []
    for place, character in enumerate(content):
        points += [place] * (2 if character > "\uffff" else 1)
    return [*points, len(content)]
