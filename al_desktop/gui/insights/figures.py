"""What the plots show, worked out from the answers: plain numbers, no Qt."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from math import sqrt

from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.questions import Answer

_PAUSE_MS = 120_000
_MOST_POINTS = 400
BINS = 10
_Z = 1.96  # 95 %


@dataclass(frozen=True, slots=True)
class Point:
    """`low` and `high` bound a 95 % interval; equal to y where there is none."""

    x: float
    y: float
    low: float
    high: float
    count: int = 0


@dataclass(frozen=True, slots=True)
class Bin:
    """Answers to questions whose score lay in one tenth of 0..1."""

    accepted: int
    rejected: int


def in_order(log: AnswerLog) -> list[Event]:
    """The answers that stand, in the order in which they were given."""
    answers = [event for event in log.answered() if event.kind is EventKind.ANSWER]
    return sorted(answers, key=lambda event: event.uid)


def accept_rate(answers: Sequence[Event], window: int = 30) -> list[Point]:
    """Share of accepts among the latest `window` answers (ignores left out), answer by answer."""
    told = [event.answer is Answer.ACCEPT for event in answers if event.answer != Answer.IGNORE]
    points: list[Point] = []
    inside = 0
    for index, accepted in enumerate(told):
        inside += accepted
        if index >= window:
            inside -= told[index - window]
        count = min(index + 1, window)
        if count >= min(10, window):
            points.append(share(index + 1, inside, count))
    return _thinned(points)


def pace(answers: Sequence[Event], window: int = 20) -> list[Point]:
    """Answers a minute over the latest `window` answers; a pause of two minutes starts anew."""
    points: list[Point] = []
    first = 0
    for index, event in enumerate(answers):
        if index and event.at_ms - answers[index - 1].at_ms >= _PAUSE_MS:
            first = index
        start = max(first, index - window)
        taken_ms = event.at_ms - answers[start].at_ms
        if index - start >= 5 and taken_ms > 0:
            rate = (index - start) * 60_000 / taken_ms
            points.append(Point(index + 1, rate, rate, rate, index - start))
    return _thinned(points)


def score_bins(answers: Iterable[Event]) -> list[Bin]:
    """Accepts and rejects by the score their question had when it was asked."""
    accepted, rejected = [0] * BINS, [0] * BINS
    for event in answers:
        score = event.selection.score if event.selection else None
        if score is None or event.answer is Answer.IGNORE:
            continue
        tenth = min(BINS - 1, int(score * BINS))
        (accepted if event.answer is Answer.ACCEPT else rejected)[tenth] += 1
    return [Bin(*pair) for pair in zip(accepted, rejected, strict=True)]


def calibration(answers: Iterable[Event]) -> list[Point]:
    """For each tenth of the score with at least 5 answers: the share that was accepted.

    The score was given before the answer, so the model had not seen it.
    """
    points: list[Point] = []
    for number, each in enumerate(score_bins(answers)):
        count = each.accepted + each.rejected
        if count >= 5:
            points.append(share((number + 0.5) / BINS, each.accepted, count))
    return points


def share(x: float, hits: int, count: int) -> Point:
    """A share with its Wilson score interval (E. B. Wilson, JASA 22, 1927)."""
    p = hits / count
    middle = (p + _Z**2 / (2 * count)) / (1 + _Z**2 / count)
    half = _Z * sqrt(p * (1 - p) / count + _Z**2 / (4 * count**2)) / (1 + _Z**2 / count)
    return Point(x, p, max(0.0, middle - half), min(1.0, middle + half), count)


def _thinned(points: list[Point]) -> list[Point]:
    """At most about _MOST_POINTS of them, the last among them."""
    step = max(1, len(points) // _MOST_POINTS)
    return points[::-step][::-1]
