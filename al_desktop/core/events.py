"""Answers as an append-only log of events, and what the log says now.

An event never changes. Undo is an event that retracts an answer, redo one that retracts the undo,
and a revision is a new answer that retracts the old one. A verdict settles what annotators
disagree about: it stands beside their answers and wins over them. A highlight answers everything
about one text at once. A flag marks a question, or a text, to come back to; it answers nothing.
Snapshots and roll backs are about the model. An event is live while no live event retracts it; this
holds whatever the order in which events arrive, so logs merge by union.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice
from typing import TypeVar

from al_desktop.core.gold import Gold, everything_about
from al_desktop.core.questions import EVALUATION, Answer, Question, Selection
from al_desktop.core.retracting import taken_back
from al_desktop.core.snapshots import Snapshot, about_model


class EventKind(StrEnum):
    ANSWER = "answer"
    UNDO = "undo"
    REDO = "redo"
    SETTLE = "settle"
    HIGHLIGHT = "highlight"
    FLAG = "flag"
    SNAPSHOT = "snapshot"
    ROLLBACK = "rollback"


@dataclass(frozen=True, slots=True)
class Event:
    """One thing an annotator did about one question.

    uid        UUIDv7 as 32 hex digits; sorts by time
    retracts   uid of the event this one takes back, if any
    question   of a HIGHLIGHT, the FLAG of a text, and what retracts one:
               `gold.everything_about` the text; of a SNAPSHOT or ROLLBACK: `snapshots.about_model`
    answer     set for kinds ANSWER and SETTLE only
    gold       set for kind HIGHLIGHT only
    snapshot   set for kinds SNAPSHOT and ROLLBACK only
    selection  of kinds ANSWER, SETTLE, HIGHLIGHT and FLAG; None where the annotator chose the text
    at_ms      Unix time in milliseconds
    seconds    from showing the question to the key; 0 of what nobody was asked here, imported or
               taken over from another label, and of revisions
    """

    uid: str
    kind: EventKind
    question: Question
    annotator: str
    at_ms: int
    answer: Answer | None = None
    retracts: str | None = None
    seconds: float = 0.0
    selection: Selection | None = None
    gold: Gold | None = None
    snapshot: Snapshot | None = None


class AnswerLog:
    """The events of a project and, for each question and annotator, the answer that is live.

    An event is only ever taken back by an event about the same question. Appending costs time
    proportional to the events about that one question.
    """

    def __init__(self, events: Iterable[Event] = ()) -> None:
        self._events: dict[str, Event] = {}
        self._arrived: list[Event] = []
        self._by_question: dict[str, list[Event]] = {}
        self._dead: set[str] = set()
        self._live: dict[str, dict[str, Event]] = {}
        self._verdicts: dict[str, Event] = {}
        self._flags: dict[str, list[Event]] = {}
        self._by_text: dict[str, list[str]] | None = None
        for event in events:
            self._add(event)
        for key in self._by_question:
            self._settle(key)

    def __len__(self) -> int:
        return len(self._arrived)

    def __iter__(self) -> Iterator[Event]:
        """All events in the order of arrival."""
        return iter(self._arrived)

    def __getitem__(self, uid: str) -> Event:
        return self._events[uid]

    def __contains__(self, uid: str) -> bool:
        return uid in self._events

    def since(self, count: int) -> Sequence[Event]:
        """The events in the order of arrival but for the first `count`."""
        return self._arrived[count:]

    def append(self, event: Event) -> None:
        """Takes in an event; one that is known already changes nothing."""
        if self._add(event):
            self._settle(event.question.key)

    def is_live(self, uid: str) -> bool:
        """Whether no live event takes it back. Raises KeyError for an unknown uid."""
        return self._events[uid].uid not in self._dead

    def live(self, question_key: str) -> Event | None:
        """What stands as the answer to a question: the verdict where one settled it, else the
        latest live answer, whoever gave it."""
        verdict = self._verdicts.get(question_key)
        if verdict is not None:
            return verdict
        answers = self._live.get(question_key)
        if not answers:
            return None
        if len(answers) == 1:
            return next(iter(answers.values()))
        return max(answers.values(), key=_uid)

    def verdict(self, question_key: str) -> Event | None:
        """The latest live event that settled the question, if any did."""
        return self._verdicts.get(question_key)

    def live_by_annotator(self, question_key: str) -> dict[str, Event]:
        """Each annotator's live answer to a question; verdicts are not among them."""
        return dict(self._live.get(question_key, {}))

    def answered(self) -> Iterator[Event]:
        """For each question that has a live answer, `live` of it, in order of first arrival."""
        return (event for event in self._all_live() if event.answer is not None)

    def answers_about(self, text_key: str) -> list[Event]:
        """`answered` of one text alone. The first call goes through all questions."""
        if self._by_text is None:
            self._by_text = {}
            for key, events in self._by_question.items():
                self._by_text.setdefault(events[0].question.text_key, []).append(key)
        live = (self.live(key) for key in self._by_text.get(text_key, ()))
        return [event for event in live if event is not None and event.answer is not None]

    def latest(self, annotator: str, count: int) -> list[Event]:
        """The latest answers, verdicts and highlights that stand and were given by an annotator,
        the latest first."""
        own = (event for event in self._arrived if event.annotator == annotator)
        found = sorted(own, key=_uid, reverse=True)
        return list(islice((e for e in found if self.live(e.question.key) is e), count))

    def highlighted(self) -> Iterator[Event]:
        """For each text that has gold, the event with the gold that stands."""
        return (event for event in self._all_live() if event.gold is not None)

    def standing(self) -> Iterator[Event]:
        """`answered` and `highlighted` in order of first arrival, without the answers that are
        older than what a highlight says of the same text and label; verdicts always stand."""
        return (event for event in self._all_live() if not self._is_overruled(event))

    def highlight(self, text_key: str) -> Event | None:
        """The event with the gold that stands for a text: the latest, whoever gave it."""
        event = self.live(everything_about(text_key).key)
        return event if event is not None and event.gold is not None else None

    def evaluation_texts(self) -> frozenset[str]:
        """Keys of the texts imported to check the model with, whoever marked them again since."""
        return frozenset(
            event.question.text_key
            for event in self._arrived
            if event.kind is EventKind.HIGHLIGHT
            and event.selection is not None
            and event.selection.strategy == EVALUATION
            and event.uid not in self._dead
        )

    def flags(self, question_key: str) -> Sequence[Event]:
        """The live flags of a question, the oldest first; more than one after a merge."""
        return tuple(self._flags.get(question_key, ()))

    def flagged(self) -> list[Event]:
        """The latest live flag of each question that has one, the latest first."""
        latest = (flags[-1] for flags in self._flags.values())
        return sorted(latest, key=_uid, reverse=True)

    @property
    def has_flags(self) -> bool:
        return bool(self._flags)

    def about_model(self) -> Iterator[Event]:
        """The snapshots and roll backs that stand, in the order of arrival."""
        events = self._by_question.get(about_model().key, ())
        return (each for each in events if each.snapshot and each.uid not in self._dead)

    def is_answered(self, question_key: str) -> bool:
        return question_key in self._live or question_key in self._verdicts

    def is_closed(self, question: Question) -> bool:
        """Whether it needs no asking: it is answered, or its text has gold for its label."""
        if self.is_answered(question.key):
            return True
        highlight = self.highlight(question.text_key)
        return highlight is not None and _covers(highlight, question)

    def _all_live(self) -> Iterator[Event]:
        for key in self._by_question:
            event = self.live(key)
            if event is not None:
                yield event

    def _is_overruled(self, event: Event) -> bool:
        if event.kind is not EventKind.ANSWER:
            return False
        highlight = self.highlight(event.question.text_key)
        return (
            highlight is not None
            and highlight.uid > event.uid
            and _covers(highlight, event.question)
        )

    def _add(self, event: Event) -> bool:
        if event.uid in self._events:
            return False
        self._events[event.uid] = event
        self._arrived.append(event)
        key = event.question.key
        about = self._by_question.get(key)
        if about is not None:
            about.append(event)
            return True
        self._by_question[key] = [event]
        if self._by_text is not None:
            self._by_text.setdefault(event.question.text_key, []).append(key)
        return True

    def _settle(self, question_key: str) -> None:
        events = self._by_question[question_key]
        if len(events) == 1:
            self._settle_one(question_key, events[0])
            return
        dead = taken_back({event.uid: event.retracts for event in events})
        self._dead.difference_update(event.uid for event in events)
        self._dead.update(dead)
        latest: dict[str, Event] = {}
        verdict: Event | None = None
        flags: list[Event] = []
        for event in sorted(events, key=_uid):
            if event.uid in dead:
                continue
            if event.kind in (EventKind.ANSWER, EventKind.HIGHLIGHT):
                latest[event.annotator] = event
            elif event.kind is EventKind.SETTLE:
                verdict = event
            elif event.kind is EventKind.FLAG:
                flags.append(event)
        _put(self._live, question_key, latest or None)
        _put(self._verdicts, question_key, verdict)
        _put(self._flags, question_key, flags or None)

    def _settle_one(self, question_key: str, event: Event) -> None:
        """Of nearly all questions there is one event, which nothing takes back."""
        if event.kind in (EventKind.ANSWER, EventKind.HIGHLIGHT):
            self._live[question_key] = {event.annotator: event}
        elif event.kind is EventKind.SETTLE:
            self._verdicts[question_key] = event
        elif event.kind is EventKind.FLAG:
            self._flags[question_key] = [event]


def _uid(event: Event) -> str:
    return event.uid


def _covers(highlight: Event, question: Question) -> bool:
    return highlight.gold is not None and question.label in highlight.gold.labels


_Value = TypeVar("_Value")


def _put(where: dict[str, _Value], key: str, value: _Value | None) -> None:
    if value is None:
        where.pop(key, None)
    else:
        where[key] = value
