"""Which answers, marked texts and flags Browse lists."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.questions import Answer

_Test = Callable[[AnswerLog, Event], bool]


@dataclass(frozen=True, slots=True)
class Filter:
    """`what` is "" for texts, "answers", an answer, or a key of KINDS; `label` and `annotator` are
    "" for all."""

    what: str = ""
    label: str = ""
    annotator: str = ""


def _is_audit(log: AnswerLog, event: Event) -> bool:
    return event.selection is not None and event.selection.audit


def _is_disputed(log: AnswerLog, event: Event) -> bool:
    given = log.live_by_annotator(event.question.key).values()
    return len({each.answer for each in given}) > 1


KINDS: Mapping[str, _Test] = {"audit": _is_audit, "disputed": _is_disputed}


class Listed:
    """The latest first. Sorting is done once for as long as nothing changes."""

    def __init__(self, log: AnswerLog) -> None:
        self._log = log
        self._known = -1
        self._answers: list[Event] = []
        self._marked: list[Event] = []
        self._flags: list[Event] = []

    def events(self, wanted: Filter) -> list[Event]:
        self._read()
        if wanted.what == "flags":
            found: Sequence[Event] = self._flags
        elif wanted.what == "marked":
            found = self._marked
        else:
            found = self._answers
        test = KINDS.get(wanted.what)
        answer = wanted.what if wanted.what in set(Answer) else ""
        label, annotator = wanted.label, wanted.annotator
        if answer:
            found = [event for event in found if event.answer == answer]
        if label:
            found = [
                event for event in found if event.question.label == label or _marks(event, label)
            ]
        if annotator:
            found = [event for event in found if event.annotator == annotator]
        if test is not None:
            found = [event for event in found if test(self._log, event)]
        return list(found)

    def annotators(self) -> list[str]:
        self._read()
        return sorted({each.annotator for each in (*self._answers, *self._marked, *self._flags)})

    def _read(self) -> None:
        if self._known == len(self._log):
            return
        self._known = len(self._log)
        self._answers = sorted(self._log.answered(), key=_uid, reverse=True)
        self._marked = sorted(self._log.highlighted(), key=_uid, reverse=True)
        self._flags = self._log.flagged()


def _uid(event: Event) -> str:
    return event.uid


def _marks(event: Event, label: str) -> bool:
    """Whether this label was found in a text marked in full."""
    return event.gold is not None and any(span.label == label for span in event.gold.spans)
