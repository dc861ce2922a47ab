"""Which answers, marked texts and flags Browse lists."""

from collections.abc import Callable, Mapping
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
        self._sorted: dict[str, list[Event]] = {}

    def events(self, wanted: Filter) -> list[Event]:
        if wanted.what in ("flags", "marked"):
            return self._narrowed(self._all(wanted.what), wanted)
        found = self._all("answers")
        test = KINDS.get(wanted.what)
        if wanted.what in set(Answer):
            found = [event for event in found if event.answer == wanted.what]
        found = self._narrowed(found, wanted)
        return found if test is None else [event for event in found if test(self._log, event)]

    def annotators(self) -> list[str]:
        """Everybody who ever gave an answer, marked a text or set a flag."""
        return sorted({event.annotator for event in self._log})

    def _narrowed(self, found: list[Event], wanted: Filter) -> list[Event]:
        label, annotator = wanted.label, wanted.annotator
        if label:
            found = [
                event for event in found if event.question.label == label or _marks(event, label)
            ]
        if annotator:
            found = [event for event in found if event.annotator == annotator]
        return list(found)

    def _all(self, source: str) -> list[Event]:
        log = self._log
        if self._known != len(log):
            self._known = len(log)
            self._sorted.clear()
        if source not in self._sorted:
            if source == "flags":
                self._sorted[source] = log.flagged()
            else:
                events = log.highlighted() if source == "marked" else log.answered()
                self._sorted[source] = sorted(events, key=_uid, reverse=True)
        return self._sorted[source]


def _uid(event: Event) -> str:
    return event.uid


def _marks(event: Event, label: str) -> bool:
    """Whether this label was found in a text marked in full."""
    return event.gold is not None and any(span.label == label for span in event.gold.spans)
