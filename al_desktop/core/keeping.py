"""When a model is worth keeping as a snapshot, and whether a later one is worse."""

from collections.abc import Sequence

from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.quality import Estimate
from al_desktop.core.rolling_back import kept
from al_desktop.core.snapshots import ADVICE, ANSWERS

_ANSWERS_BETWEEN = 100
_SHARE_BETWEEN = 0.1


def reason_to_keep(
    snapshots: Sequence[Event], answers: int, overall: Estimate | None, advises: bool
) -> str | None:
    """Why the model that there is now should be kept without being told to; None if it needn't.

    snapshots   those there are, the latest first
    answers     live now
    overall     how good the model is; nothing is kept before that means something
    advises     whether there is advice to stop, or that it has stopped learning
    """
    if overall is None or not overall.means_something:
        return None
    latest = snapshots[0].snapshot if snapshots else None
    since = answers - (latest.answers if latest else 0)
    if since >= max(_ANSWERS_BETWEEN, _SHARE_BETWEEN * answers):
        return ANSWERS
    advised = any(each.snapshot and each.snapshot.reason == ADVICE for each in snapshots)
    return ADVICE if advises and not advised else None


def best(log: AnswerLog) -> Event | None:
    """The snapshot with the highest F1 that means something; the latest of those alike."""
    known = [
        event
        for event in kept(log)
        if event.snapshot and event.snapshot.overall and event.snapshot.overall.means_something
    ]
    return max(known, key=f1_of, default=None)


def f1_of(event: Event) -> float:
    """Best guess when it was kept; -1 where it wasn't known."""
    overall = event.snapshot.overall if event.snapshot else None
    return overall.f1.value if overall is not None else -1.0


def is_worse(now: Estimate, then: Estimate) -> bool:
    """Whether a model is worse than an earlier one beyond that one's interval. Both must be
    judged by the same answers to be sure: what chance did to one it then did to the other too."""
    return now.means_something and then.means_something and now.f1.value < then.f1.low
