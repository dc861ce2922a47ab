"""What is asked now and what comes next; a ranking may change the second, never the first."""

from collections.abc import Callable
from dataclasses import dataclass

from al_desktop.core.questions import Asked, Question


@dataclass(frozen=True, slots=True)
class Ranking:
    """The next questions as a model sees them, the first to ask first.

    learned_through   sequence number of the last event the model had learned from
    finished          nothing more can be asked: every text is seen and every question answered
    """

    model_version: int
    learned_through: int
    asked: tuple[Asked, ...]
    finished: bool = False


class Queue:
    """`current` is on the screen; it changes only through `advance`, `show` and a first ranking."""

    def __init__(self, is_closed: Callable[[Question], bool]) -> None:
        """`is_closed` tells whether a question needs no asking any more."""
        self._is_closed = is_closed
        self._upcoming: list[Asked] = []
        self._returning: list[Asked] = []
        self.current: Asked | None = None
        self.learned_through = -1
        self.finished = False

    def __len__(self) -> int:
        """Questions waiting behind the current one; some may have been answered meanwhile."""
        return len(self._returning) + len(self._upcoming)

    def take(self, ranking: Ranking) -> bool:
        """Replaces what comes next, unless the ranking knows less than the one already taken."""
        if ranking.learned_through < self.learned_through:
            return False
        self.learned_through = ranking.learned_through
        self.finished = ranking.finished
        self._upcoming = list(ranking.asked)
        if self.current is None:
            self.advance()
        return True

    def advance(self) -> Asked | None:
        """Moves on to the next unanswered question; None when there is none yet."""
        current = self.current.question.key if self.current else None
        self.current = None
        for waiting in (self._returning, self._upcoming):
            while waiting and self.current is None:
                asked = waiting.pop(0)
                if asked.question.key != current and not self._is_closed(asked.question):
                    self.current = asked
        return self.current

    def show(self, asked: Asked) -> None:
        """Asks this question now; the one on the screen comes back right after it."""
        if self.current is not None and self.current.question.key != asked.question.key:
            self._returning.insert(0, self.current)
        self.current = asked
