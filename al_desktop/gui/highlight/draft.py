"""A highlight in the making: what is marked, what is selected, what can be undone."""

from collections.abc import Iterable, Sequence

from al_desktop.core.questions import Span
from al_desktop.gui.highlight.cells import Cells, characters, words


class Draft:
    """The marks of one text. They never overlap.

    The selection goes from one piece of the text to another, words or characters, as `by_words`
    says; its `start` and `end` are in code points, end exclusive.
    """

    def __init__(self, content: str, spans: Iterable[Span] = (), by_words: bool = True) -> None:
        self.content = content
        self._words = words(content)
        self._characters: Cells | None = None
        self.by_words = by_words
        self._spans = _in_order(spans)
        self._before: list[tuple[Span, ...]] = []
        self._after: list[tuple[Span, ...]] = []
        self._anchor = self._focus = 0
        self._exact: tuple[int, int] | None = None

    @property
    def spans(self) -> tuple[Span, ...]:
        return self._spans

    @property
    def is_changed(self) -> bool:
        return bool(self._before)

    @property
    def can_redo(self) -> bool:
        return bool(self._after)

    # Selecting

    @property
    def selection(self) -> tuple[int, int] | None:
        """None in a text without anything to select."""
        if self._exact is not None:
            return self._exact
        cells = self._cells
        if not len(cells):
            return None
        first, last = sorted((self._anchor, self._focus))
        return cells.starts[first], cells.ends[last]

    @property
    def focus(self) -> tuple[int, int] | None:
        """The piece that moving and extending starts from."""
        cells = self._cells
        return (cells.starts[self._focus], cells.ends[self._focus]) if len(cells) else None

    def select(self, start: int, end: int) -> None:
        """All pieces touched; the one at `start`, or the next, where nothing is touched."""
        cells = self._cells
        if not len(cells):
            return
        self._exact = None
        around = cells.around(start, end)
        self._anchor, self._focus = around if around else (cells.at(start), cells.at(start))

    def select_mark(self, span: Span) -> None:
        """Exactly this mark, wherever the pieces of the text end."""
        self.select(span.start, span.end)
        self._exact = (span.start, span.end)

    def extend_to(self, position: int) -> None:
        """From where the selection began to the piece at this position."""
        if len(self._cells):
            self._exact = None
            self._focus = self._cells.at(position)

    def move(self, steps: int) -> None:
        """To the piece so many after the selection, or before it where `steps` is negative."""
        first, last = sorted((self._anchor, self._focus))
        self._exact = None
        self._anchor = self._focus = self._inside((first if steps < 0 else last) + steps)

    def extend(self, steps: int) -> None:
        self._exact = None
        self._focus = self._inside(self._focus + steps)

    def collapse(self) -> None:
        """To the piece that the selection reached last."""
        self._exact = None
        self._anchor = self._focus

    def jump(self, forward: bool) -> Span | None:
        """Selects the next mark, or the one before; None where there is none."""
        if self.selection is None:
            return None
        start, end = self.selection
        ahead = [span for span in self._spans if span.start >= end]
        behind = [span for span in self._spans if span.end <= start]
        found = ahead[:1] if forward else behind[-1:]
        for span in found:
            self.select_mark(span)
        return found[0] if found else None

    def set_by_words(self, by_words: bool) -> None:
        """Words or characters; the selection stays where it is."""
        selection = self.selection
        self.by_words = by_words
        if selection is not None:
            self.select(*selection)

    def selects_more_than_one(self) -> bool:
        return self._anchor != self._focus

    # Marking

    def touched(self) -> list[Span]:
        """The marks that share a character with the selection."""
        if self.selection is None:
            return []
        start, end = self.selection
        return [span for span in self._spans if span.start < end and start < span.end]

    def mark(self, label: str) -> Span | None:
        """Marks the selection, or gives its mark another label; the mark in the way where the
        selection overlaps another one, which changes nothing."""
        if self.selection is None:
            return None
        start, end = self.selection
        touched = self.touched()
        in_the_way = [span for span in touched if (span.start, span.end) != (start, end)]
        if in_the_way:
            return in_the_way[0]
        kept = [span for span in self._spans if span not in touched]
        self._become(_in_order([*kept, Span(start, end, label)]))
        return None

    def unmark(self) -> bool:
        """Takes away the marks that the selection touches; whether there were any."""
        touched = self.touched()
        self._become(tuple(span for span in self._spans if span not in touched))
        return bool(touched)

    def toggle(self, label: str, exclusive: bool) -> None:
        """For labels of the whole text: chooses or leaves out."""
        kept = [span for span in self._spans if span.label != label]
        chosen = len(kept) < len(self._spans)
        whole = Span(0, len(self.content), label)
        self._become(_in_order(kept if chosen else [whole] if exclusive else [*kept, whole]))

    def suggest(self, spans: Iterable[Span]) -> int:
        """Adds those that don't overlap a mark; how many."""
        added: list[Span] = []
        for span in spans:
            taken = [*self._spans, *added]
            if all(span.end <= other.start or other.end <= span.start for other in taken):
                added.append(span)
        self._become(_in_order([*self._spans, *added]))
        return len(added)

    def undo(self) -> bool:
        if self._before:
            self._after.append(self._spans)
            self._spans = self._before.pop()
            return True
        return False

    def redo(self) -> bool:
        if self._after:
            self._before.append(self._spans)
            self._spans = self._after.pop()
            return True
        return False

    def _become(self, spans: tuple[Span, ...]) -> None:
        if spans != self._spans:
            self._before.append(self._spans)
            self._after.clear()
            self._spans = spans

    @property
    def _cells(self) -> Cells:
        if self.by_words:
            return self._words
        if self._characters is None:
            self._characters = characters(self.content)
        return self._characters

    def _inside(self, cell: int) -> int:
        return min(max(0, cell), max(0, len(self._cells) - 1))


def _in_order(spans: Iterable[Span]) -> tuple[Span, ...]:
    return tuple(sorted(spans, key=lambda span: (span.start, span.end, span.label)))


def term_spans(content: str, terms: Sequence[tuple[str, str]]) -> list[Span]:
    """Where (term, label) pairs occur as whole words, without regard to case; of those that
    overlap the longest, of equally long ones the first."""
    text = _folded(content)
    bounds = words(content)
    begins, stops = set(bounds.starts), set(bounds.ends)
    found: list[Span] = []
    for term, label in terms:
        sought = _folded(term.strip())
        start = text.find(sought) if sought else -1
        while start >= 0:
            if start in begins and start + len(sought) in stops:
                found.append(Span(start, start + len(sought), label))
            start = text.find(sought, start + 1)
    kept: list[Span] = []
    for span in sorted(found, key=lambda each: each.start - each.end):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return list(_in_order(kept))


def _folded(content: str) -> str:
    """In lower case, at the same positions."""
    return "".join(
        lower if len(lower := character.lower()) == 1 else character for character in content
    )
