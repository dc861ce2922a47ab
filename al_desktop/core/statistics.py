"""How many answers of which kind, and how fast: kept up to date answer by answer."""

from collections import Counter, deque
from collections.abc import Mapping
from dataclasses import dataclass

from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.questions import IMPORTED, Answer

_PACE_ANSWERS = 30
_PAUSE_MS = 120_000


@dataclass(frozen=True, slots=True)
class Counts:
    """Live answers by kind."""

    accept: int = 0
    reject: int = 0
    ignore: int = 0

    @property
    def answers(self) -> int:
        return self.accept + self.reject + self.ignore


@dataclass(frozen=True, slots=True)
class Statistics:
    """The state of a project's annotation; one live answer a question is counted.

    texts     in the pool
    total     over all labels
    by_label  by label key, labels without answers left out
    audit     of the live answers, those to audit questions
    highlights  texts that have gold; what it says is not counted as answers
    pace      answers a minute over the latest 30 answers given without a pause of two minutes;
              None before there are two
    """

    texts: int
    total: Counts
    by_label: Mapping[str, Counts]
    audit: int
    pace: float | None
    highlights: int = 0

    @property
    def answers(self) -> int:
        return self.total.answers

    @property
    def accept(self) -> int:
        return self.total.accept

    @property
    def reject(self) -> int:
        return self.total.reject

    @property
    def ignore(self) -> int:
        return self.total.ignore


class Tally:
    """Counts a log's live answers; taking in what was appended costs time only for that."""

    def __init__(self, log: AnswerLog) -> None:
        self._log = log
        self._seen = 0
        self._counted: dict[str, Event] = {}
        self._by_label: Counter[tuple[str, Answer]] = Counter()
        self._audit = 0
        self._highlights = 0
        self._latest_ms: deque[int] = deque(maxlen=_PACE_ANSWERS)

    def statistics(self, texts: int) -> Statistics:
        """The counts as of now, given the number of texts."""
        for event in self._log.since(self._seen):
            self._seen += 1
            self._count_anew(event.question.key)
            imported = event.selection is not None and event.selection.strategy == IMPORTED
            if event.kind is EventKind.ANSWER and not imported:
                self._latest_ms.append(event.at_ms)
        labels = dict.fromkeys(label for label, _ in self._by_label)
        by_label = {label: self._counts([label]) for label in labels}
        return Statistics(
            texts=texts,
            total=self._counts(list(labels)),
            by_label={label: counts for label, counts in by_label.items() if counts.answers},
            audit=self._audit,
            pace=_pace(list(self._latest_ms)),
            highlights=self._highlights,
        )

    def _count_anew(self, question_key: str) -> None:
        before, now = self._counted.get(question_key), self._log.live(question_key)
        if before is now:
            return
        for event, step in ((before, -1), (now, 1)):
            if event is not None and event.gold is not None:
                self._highlights += step
            if event is not None and event.answer is not None:
                self._by_label[event.question.label, event.answer] += step
                if event.selection is not None and event.selection.audit:
                    self._audit += step
        if now is None:
            del self._counted[question_key]
        else:
            self._counted[question_key] = now

    def _counts(self, labels: list[str]) -> Counts:
        accept, reject, ignore = (
            sum(self._by_label[label, answer] for label in labels)
            for answer in (Answer.ACCEPT, Answer.REJECT, Answer.IGNORE)
        )
        return Counts(accept, reject, ignore)


def _pace(at_ms: list[int]) -> float | None:
    first = len(at_ms) - 1
    while first > 0 and 0 <= at_ms[first] - at_ms[first - 1] < _PAUSE_MS:
        first -= 1
    taken_ms = at_ms[-1] - at_ms[first] if at_ms else 0
    return (len(at_ms) - 1 - first) * 60_000 / taken_ms if taken_ms > 0 else None
