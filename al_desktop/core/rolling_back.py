"""Which answers the model learns from: all, but for those that a roll back set aside.

Going back to a snapshot deletes nothing. It is an event of its own, and taking it back brings the
answers it set aside into use again. Answers given after it count.
"""

from collections.abc import Iterable

from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.snapshots import Cut, Snapshot, is_past


def cut_of(events: Iterable[Event]) -> Cut:
    """What somebody who has seen these events knows."""
    last: dict[str, str] = {}
    for event in events:
        last[event.annotator] = max(event.uid, last.get(event.annotator, ""))
    return tuple(sorted(last.items()))


def kept(log: AnswerLog) -> list[Event]:
    """The snapshots that were not forgotten, the latest first."""
    return _about_model(log, EventKind.SNAPSHOT)


def rolled_back(log: AnswerLog) -> list[Event]:
    """The roll backs that are in force, the latest first."""
    return _about_model(log, EventKind.ROLLBACK)


def known_to(log: AnswerLog, event: Event) -> AnswerLog:
    """The log as the model of a snapshot knew it: without what came later or was aside then."""
    assert event.snapshot is not None
    cut = dict(event.snapshot.cut)
    aside = [each.snapshot for each in rolled_back(log) if each.uid < event.uid and each.snapshot]
    return AnswerLog(
        each
        for each in log
        if not is_past(each.uid, each.annotator, cut) and not _is_aside(each, aside)
    )


class Learnable:
    """The log that the model learns from, kept up to date with the whole one."""

    def __init__(self, log: AnswerLog) -> None:
        self._log = log
        self._seen = 0
        self._in_force: list[Snapshot] = []
        self._learned = log

    def now(self) -> AnswerLog:
        """The whole log where nothing is set aside. Costs time for what is new, and once for all
        when somebody rolls back."""
        in_force = [event.snapshot for event in rolled_back(self._log) if event.snapshot]
        if not in_force:
            self._learned = self._log
        elif in_force != self._in_force:
            self._learned = AnswerLog(e for e in self._log if not _is_aside(e, in_force))
        else:
            for event in self._log.since(self._seen):
                if not _is_aside(event, in_force):
                    self._learned.append(event)
        self._in_force, self._seen = in_force, len(self._log)
        return self._learned


def set_aside(log: AnswerLog) -> int:
    """How many live answers and marked texts the model doesn't learn from since a roll back;
    answers to audit questions, which it never learns from, don't count."""
    learned = Learnable(log).now()
    if learned is log:
        return 0
    return _taught(log) - _taught(learned)


def _taught(log: AnswerLog) -> int:
    return sum(not (each.selection and each.selection.audit) for each in log.standing())


def _about_model(log: AnswerLog, kind: EventKind) -> list[Event]:
    return sorted(
        (event for event in log.about_model() if event.kind is kind),
        key=lambda event: event.uid,
        reverse=True,
    )


def _is_aside(event: Event, in_force: Iterable[Snapshot]) -> bool:
    return any(_between(event, each) for each in in_force)


def _between(event: Event, snapshot: Snapshot) -> bool:
    cut, until = dict(snapshot.cut), dict(snapshot.until)
    return is_past(event.uid, event.annotator, cut) and not is_past(
        event.uid, event.annotator, until
    )
