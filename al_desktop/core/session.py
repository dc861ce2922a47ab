"""Answering, highlighting, undoing, redoing and revising: each one event, stored before anything
is shown."""

import time
from collections.abc import Callable
from dataclasses import dataclass, replace

from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.gold import Gold, everything_about
from al_desktop.core.identifiers import uuid7
from al_desktop.core.protocols import EventStore
from al_desktop.core.questions import Answer, Asked, Question, Selection
from al_desktop.core.queue import Queue
from al_desktop.core.rolling_back import cut_of, rolled_back
from al_desktop.core.snapshots import Snapshot, about_model


@dataclass(frozen=True, slots=True)
class Change:
    """What a step of the session did; every view decides for itself what to draw anew.

    sequence   of the stored event, to tell the learner how far there is to learn
    name       of the step, for the undo and redo commands: "accept", "revise to reject",
               "highlight" ...
    """

    event: Event
    sequence: int
    current: Asked | None
    name: str


def _now_ms() -> int:
    return time.time_ns() // 1_000_000


class Session:
    """One annotator at work on one project.

    Undo reaches back to this annotator's first step in the file, over restarts too. Redo is open
    until the next answer or highlight. A step that fails to store raises, and leaves everything
    as it was.
    """

    def __init__(
        self,
        log: AnswerLog,
        store: EventStore,
        queue: Queue,
        annotator: str,
        now_ms: Callable[[], int] = _now_ms,
    ) -> None:
        self._log = log
        self._store = store
        self._queue = queue
        self._annotator = annotator
        self._now_ms = now_ms
        # In order; a dict, since a merged log may take back what is far from the end.
        self._done: dict[str, None] = {}
        self._undone: list[tuple[str, str]] = []
        for event in log:
            if event.annotator == annotator:
                self._remember(event)

    @property
    def can_undo(self) -> bool:
        return bool(self._done)

    @property
    def can_redo(self) -> bool:
        return bool(self._undone)

    @property
    def to_undo(self) -> Event | None:
        """What `undo` would take back."""
        return self._log[next(reversed(self._done))] if self._done else None

    @property
    def to_redo(self) -> Event | None:
        """What `redo` would give again."""
        return self._log[self._undone[-1][1]] if self._undone else None

    def answer(self, answer: Answer, seconds: float) -> Change:
        """Answers the current question, shown for `seconds`, and moves on to the next.

        Raises ValueError when there is no current question.
        """
        asked = self._queue.current
        if asked is None:
            raise ValueError("there is no question to answer")
        event = self._event(
            EventKind.ANSWER,
            asked.question,
            answer=answer,
            seconds=seconds,
            selection=asked.selection,
        )
        return self._commit(event, answer.value, self._queue.advance)

    def revise(self, uid: str, answer: Answer) -> Change:
        """Replaces an earlier live answer or verdict; the current question stays.

        Raises ValueError when the answer was taken back meanwhile.
        """
        old = self._log[uid]
        if not self._log.is_live(uid) or old.answer is None:
            raise ValueError("only an answer that stands can be revised")
        event = self._event(
            old.kind,
            old.question,
            answer=answer,
            retracts=uid,
            selection=old.selection,
        )
        return self._commit(event, f"revise to {answer.value}", lambda: None)

    def settle(self, question: Question, answer: Answer) -> Change:
        """Stores a verdict on an answered question, in place of an earlier one; the current
        question stays. It takes over how the question was selected.

        Raises ValueError where nobody has answered the question.
        """
        stands = self._log.live(question.key)
        if stands is None:
            raise ValueError("only an answered question can be settled")
        before = self._log.verdict(question.key)
        event = self._event(
            EventKind.SETTLE,
            question,
            answer=answer,
            retracts=before.uid if before else None,
            selection=stands.selection,
        )
        return self._commit(event, f"settle as {answer.value}", lambda: None)

    def highlight(
        self, text_key: str, gold: Gold, seconds: float, selection: Selection | None = None
    ) -> Change:
        """Stores what is there in a text, in place of what this annotator said before.

        seconds     from showing the text
        selection   how the text was drawn; None where the annotator chose it
        """
        question = everything_about(text_key)
        before = self._log.live_by_annotator(question.key).get(self._annotator)
        # How the text came to be marked stays, whoever marks it again.
        stands = before or self._log.highlight(text_key)
        event = self._event(
            EventKind.HIGHLIGHT,
            question,
            gold=gold,
            retracts=before.uid if before else None,
            seconds=seconds,
            selection=stands.selection if stands else selection,
        )
        name = "revise highlight" if before else "highlight"
        return self._commit(event, name, lambda: self._move_on_from(event))

    def flag(self, question: Question, selection: Selection | None = None) -> Change:
        """Marks a question, or `gold.everything_about` a text, to come back to; or takes every
        flag of it away, a colleague's too. Neither is a step of undo and redo.

        selection   how the question was selected, to ask it again as it was
        """
        flags = self._log.flags(question.key)
        if not flags:
            event = self._event(EventKind.FLAG, question, selection=selection)
            return self._commit(event, "flag", lambda: None)
        return [replace(self.take_back(flag.uid), name="take the flag away") for flag in flags][-1]

    def keep(self, snapshot: Snapshot) -> Change:
        """Stores a snapshot of the model."""
        event = self._event(EventKind.SNAPSHOT, about_model(), snapshot=snapshot)
        return self._commit(event, "keep the model", lambda: None)

    def roll_back(self, uid: str) -> Change:
        """Sets aside all that came after a snapshot, by the uid of its event; nothing is deleted.
        Roll backs that came after it are taken back, those before it stay.

        Raises ValueError where there is no such snapshot.
        """
        to = self._log[uid].snapshot if uid in self._log else None
        if to is None:
            raise ValueError("there is no such snapshot")
        for event in rolled_back(self._log):
            if event.uid > uid:
                self.take_back(event.uid)
        gone_back_to = replace(to, until=cut_of(self._log))
        event = self._event(EventKind.ROLLBACK, about_model(), snapshot=gone_back_to)
        return self._commit(event, "roll back", lambda: None)

    def take_back(self, uid: str) -> Change:
        """Forgets a snapshot, or brings what a roll back set aside into use again."""
        target = self._log[uid]
        event = self._event(EventKind.UNDO, target.question, retracts=uid)
        return self._commit(event, f"take back the {target.kind}", lambda: None)

    def undo(self) -> Change | None:
        """Takes back this annotator's last answer, highlight or revision; None when there is none.

        The question of a taken-back answer is asked again at once.
        """
        target = self.to_undo
        if target is None:
            return None
        event = self._event(EventKind.UNDO, target.question, retracts=target.uid)
        return self._commit(event, "undo", lambda: self._show_again(target))

    def redo(self) -> Change | None:
        """Gives what was last taken back again; None when there is none."""
        if not self._undone:
            return None
        undo_uid, target_uid = self._undone[-1]
        target = self._log[target_uid]
        event = self._event(EventKind.REDO, target.question, retracts=undo_uid)
        return self._commit(event, "redo", lambda: self._move_on_from(target))

    def _event(
        self,
        kind: EventKind,
        question: Question,
        *,
        answer: Answer | None = None,
        retracts: str | None = None,
        seconds: float = 0.0,
        selection: Selection | None = None,
        gold: Gold | None = None,
        snapshot: Snapshot | None = None,
    ) -> Event:
        at_ms = self._now_ms()
        return Event(
            uid=uuid7(at_ms),
            kind=kind,
            question=question,
            annotator=self._annotator,
            at_ms=at_ms,
            answer=answer,
            retracts=retracts,
            seconds=seconds,
            selection=selection,
            gold=gold,
            snapshot=snapshot,
        )

    def _commit(self, event: Event, name: str, then: Callable[[], object]) -> Change:
        sequence = self._store.append(event)
        self._log.append(event)
        self._remember(event)
        then()
        return Change(event, sequence, self._queue.current, name)

    def _remember(self, event: Event) -> None:
        """Keeps the undo and redo stacks: one step each."""
        is_answer = event.kind in (EventKind.ANSWER, EventKind.HIGHLIGHT)
        if is_answer and not event.seconds and event.retracts is None:
            return  # nobody was asked: imported, or taken over from another label
        if is_answer or event.kind is EventKind.SETTLE:
            self._done[event.uid] = None
            self._undone.clear()
        elif event.kind is EventKind.UNDO and event.retracts in self._done:
            del self._done[event.retracts]
            self._undone.append((event.uid, event.retracts))
        elif event.kind is EventKind.REDO:
            for undo_uid, target_uid in self._undone:
                if undo_uid == event.retracts:
                    self._undone.remove((undo_uid, target_uid))
                    self._done[target_uid] = None
                    break

    def _show_again(self, target: Event) -> None:
        # After the undo of a revision the annotator's earlier answer stands again.
        stands = self._annotator in self._log.live_by_annotator(target.question.key)
        if target.kind is EventKind.ANSWER and target.selection is not None and not stands:
            self._queue.show(Asked(target.question, target.selection))

    def _move_on_from(self, target: Event) -> None:
        if self._queue.current is None:
            return
        question = self._queue.current.question
        told = (
            target.gold is not None
            and question.text_key == target.question.text_key
            and target.gold.answer(question) is not None
        )
        if told or question.key == target.question.key:
            self._queue.advance()
