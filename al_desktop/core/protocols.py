"""The seams: what the parts ask of each other."""

from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

from al_desktop.core.events import Event
from al_desktop.core.gold import Gold
from al_desktop.core.progress import Progress
from al_desktop.core.questions import Answer, Asked, Question, Span, Text


class EventStore(Protocol):
    def append(self, event: Event) -> int:
        """Stores the event durably before it returns; its sequence number in this file."""
        ...

    def events(self, after: int = 0) -> Iterable[tuple[int, Event]]:
        """Sequence number and event of everything stored after that sequence number."""
        ...


class TextPool(Protocol):
    """The texts of a project, by position 0..len-1 in the order of import."""

    def __len__(self) -> int: ...

    def keys(self) -> Sequence[str]:
        """The texts' keys by position."""
        ...

    def contents(self, positions: Sequence[int]) -> list[str]:
        """The contents of the texts at these positions, in this order."""
        ...

    def batches(self, size: int) -> Iterator[list[Text]]:
        """All texts in the order of position, `size` at a time."""
        ...


class Learner(Protocol):
    """Asks about a pool and learns from the answers. Lives in the worker process.

    A learner is built for one pool and one configuration, and is a function of them and of the
    answers given to `learn`: it keeps nothing of answers it is not given again.
    """

    @property
    def model_version(self) -> int:
        """Counts the fits; 0 before the first."""
        ...

    def step(self) -> Progress | None:
        """Does one short piece (under about 100 ms) of the work that needs no answers, such as
        encoding texts or proposing candidates; None when there is nothing left to do before
        the next `learn`."""
        ...

    def learn(
        self, answers: Sequence[tuple[Question, Answer]], gold: Sequence[tuple[str, Gold]] = ()
    ) -> None:
        """Fits anew to all live answers (ignores included) and to all gold, by text key, replacing
        what was learned before. Where an answer and gold disagree, the answer counts."""
        ...

    def ask(self, count: int, pinned: str | None = None) -> list[Asked]:
        """Up to `count` unanswered questions, the next to ask first; of one label if pinned.
        Empty only when nothing can be asked about the texts seen so far."""
        ...

    def predict(self, contents: Sequence[str]) -> list[list[Span]]:
        """For each text the spans (kind spans) or whole-text labels, as spans from 0 to its
        length (kind texts), that the model would accept at its own threshold."""
        ...
