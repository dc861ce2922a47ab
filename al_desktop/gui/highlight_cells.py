"""The words and the characters of a text: what a highlight begins and ends with."""

from bisect import bisect_left, bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QTextBoundaryFinder

_APOSTROPHES = "'’"


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
    """Words and punctuation marks by Unicode's rules (annex 29), parted before an apostrophe
    so that "Paris's" has a word "Paris"."""
    return _cells(content, QTextBoundaryFinder.BoundaryType.Word)


def characters(content: str) -> Cells:
    """What a reader takes for one character, accents and all."""
    return _cells(content, QTextBoundaryFinder.BoundaryType.Grapheme)


def _cells(content: str, kind: QTextBoundaryFinder.BoundaryType) -> Cells:
    by_word = kind is QTextBoundaryFinder.BoundaryType.Word
    starts: list[int] = []
    ends: list[int] = []
    for start, end in _pieces(content, kind):
        if content[start:end].isspace():
            continue
        bounds = [start, end]
        if by_word:
            inner = range(start + 1, end)
            bounds[1:1] = [place for place in inner if content[place] in _APOSTROPHES]
        starts += bounds[:-1]
        ends += bounds[1:]
    return Cells(starts, ends)


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
