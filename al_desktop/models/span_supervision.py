"""What the answers about one label say of the candidates: which rows a head is fit to."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from itertools import islice

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.span_pool import SpanPool

IMPLIED_REJECTS = 4
IMPLIED_WEIGHT = 1.0
UNMARKED_WEIGHT = 0.1
UNMARKED_FULL_AT = 300
UNMARKED_ROWS = 6000
"""Of what is left unmarked; each of the rows then stands for those left out, too."""
BACKGROUND_ROWS = 1000
BACKGROUND_WEIGHT = (0.1, 0.03)
TERM_WEIGHT = (0.3, 0.1)
HINTS_FADE_AT = 300
"""The weights of hints that nobody gave an answer for: before the first answer, and from so many
answers on. At first they are most of what is known; later they only blur it."""
TERM_COPIES = 10
COPIES = 5
COPIES_WEIGHT = 0.4
BASE_WEIGHT = 0.1
BASE_ROWS = 500


@dataclass(slots=True)
class LabelAnswers:
    """Candidates of a pool by the answers about one label.

    unmarked  of highlighted texts, what was left unmarked
    closed    what needs no asking: answered (ignored too), unmarked, or overlapping an accepted
              span
    """

    accepted: list[int] = field(default_factory=list)
    rejected: list[int] = field(default_factory=list)
    ignored: list[int] = field(default_factory=list)
    unmarked: list[int] = field(default_factory=list)
    implied: list[int] = field(default_factory=list)

    def closed(self) -> list[int]:
        return [*self.accepted, *self.rejected, *self.ignored, *self.unmarked, *self.implied]


@dataclass(frozen=True, slots=True)
class Weighted:
    """Training rows by candidate, each candidate once; target 1 accept, 0 reject."""

    candidates: NDArray[np.int64]
    target: NDArray[np.float32]
    weight: NDArray[np.float32]

    def followed_by(self, others: "Weighted") -> "Weighted":
        """These rows, then those of other candidates."""
        return Weighted(
            np.concatenate([self.candidates, others.candidates]),
            np.concatenate([self.target, others.target]),
            np.concatenate([self.weight, others.weight]),
        )


def implied_rejects(pool: SpanPool, accepted: Iterable[int]) -> list[int]:
    """Candidates that overlap an accepted one: a label's spans never do."""
    return [other for candidate in accepted for other in pool.overlapping(candidate).tolist()]


def background(pool: SpanPool) -> NDArray[np.int64]:
    """BACKGROUND_ROWS candidates taken for rejects."""
    return sampled(pool, np.arange(len(pool)), BACKGROUND_ROWS)


def sampled(pool: SpanPool, candidates: NDArray[np.int64], count: int) -> NDArray[np.int64]:
    """Up to so many of these candidates by hash, so that a growing pool changes few of them."""
    if len(candidates) <= count:
        return candidates
    place = candidates.astype(np.uint64) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (pool.surface_hashes[candidates] * np.uint64(0x9E3779B97F4A7C15)) ^ place
    found: NDArray[np.int64] = np.sort(candidates[np.argpartition(mixed, count)[:count]])
    return found


def supervision(
    pool: SpanPool,
    answers: LabelAnswers,
    column: int,
    matched: NDArray[np.int64],
    unlabelled: NDArray[np.int64],
) -> Weighted:
    """Everything known of a label, the surest knowledge of a candidate first.

    column      of the label in the base pipeline's probabilities
    matched     candidates that a term or pattern of the label matches
    unlabelled  candidates drawn at random, taken for rejects with little weight
    """
    rows: dict[int, tuple[float, float]] = {}

    def note(candidates: Iterable[int], target: float, weight: float) -> None:
        for candidate in candidates:
            rows.setdefault(int(candidate), (target, weight))

    note(answers.accepted, 1.0, 1.0)
    note(answers.rejected, 0.0, 1.0)
    for candidate in answers.accepted:
        # Those that share most with the accepted span teach most about its boundaries.
        near = (c for c in pool.overlapping(candidate).tolist() if c not in rows)
        note(list(islice(near, IMPLIED_REJECTS)), 0.0, IMPLIED_WEIGHT)
    for candidate in answers.ignored:
        rows.setdefault(candidate, (0.0, 0.0))
    faded = min((len(answers.accepted) + len(answers.rejected)) / HINTS_FADE_AT, 1.0)
    step = -(-len(answers.unmarked) // UNMARKED_ROWS) or 1
    # Rejects outnumber accepts by far: few accepts would drown in them, many need them.
    share = len(answers.accepted) / UNMARKED_FULL_AT
    note(answers.unmarked[::step], 0.0, step * min(max(share, UNMARKED_WEIGHT), 1.0))
    closed = set(answers.implied)
    for candidate, (target, weight) in _copies(pool, answers).items():
        if candidate not in closed:
            rows.setdefault(candidate, (target, weight))
    rejected_surfaces = {int(pool.surface[c]) for c in answers.rejected}
    by_surface: dict[int, int] = {}
    for candidate in matched.tolist():
        surface = int(pool.surface[candidate])
        taken = by_surface.get(surface, 0)
        if taken < TERM_COPIES and candidate not in closed and surface not in rejected_surfaces:
            by_surface[surface] = taken + 1
            rows.setdefault(candidate, (1.0, _between(TERM_WEIGHT, faded)))
    if pool.base.shape[1]:
        sure = np.flatnonzero(pool.base[:, column] >= 0.5)[:BASE_ROWS]
        note((c for c in sure.tolist() if c not in closed), 1.0, BASE_WEIGHT)
    note(unlabelled.tolist(), 0.0, _between(BACKGROUND_WEIGHT, faded))
    kept = [(c, *row) for c, row in rows.items() if row[1] > 0]
    return Weighted(
        np.array([row[0] for row in kept], np.int64),
        np.array([row[1] for row in kept], np.float32),
        np.array([row[2] for row in kept], np.float32),
    )


def _copies(pool: SpanPool, answers: LabelAnswers) -> Mapping[int, tuple[float, float]]:
    """Unanswered candidates with the words of answered ones, where the answers about those words
    agree. Their weight fades as answers come in, since contexts then say more."""
    votes: dict[int, list[int]] = {}
    for target, candidates in ((1, answers.accepted), (0, answers.rejected)):
        for candidate in candidates:
            votes.setdefault(int(pool.surface[candidate]), []).append(target)
    for candidate in answers.unmarked:
        if (surface := int(pool.surface[candidate])) in votes:
            votes[surface].append(0)
    answered = len(answers.accepted) + len(answers.rejected)
    fade = min(1.0, 150.0 / max(answered, 1))
    order, begins = pool.by_surface
    known = set(answers.closed())
    copies: dict[int, tuple[float, float]] = {}
    for surface, targets in votes.items():
        if len(set(targets)) > 1:
            continue
        same = order[begins[surface] : begins[surface + 1]].tolist()
        found = list(islice((c for c in same if c not in known), COPIES))
        for candidate in found:
            copies[candidate] = (float(targets[0]), fade * COPIES_WEIGHT / len(found))
    return copies


def _between(ends: tuple[float, float], share: float) -> float:
    return ends[0] + share * (ends[1] - ends[0])
