"""What finds spans: a scorer that has also been taught by what it is sure of itself.

Self-training (Scudder 1965): the candidates without answers count as accepted or rejected, the
more, the further the scorer's probability of them is from its threshold. It then finds more, but
its probabilities are no longer right; so questions go by the scorer before, and the new threshold
is put where it finds as many spans as the scorer before does.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.span_competition import refit
from al_desktop.models.span_decoding import LOWEST_PROBABILITY, decode, plug_in_threshold
from al_desktop.models.span_head import TrainingRows
from al_desktop.models.span_pool import SpanPool
from al_desktop.models.span_scorer import SpanScorer, SurfaceMeans, base_offset
from al_desktop.models.span_supervision import LabelAnswers, Weighted, sampled

Floats = NDArray[np.float32]

OWN_ROWS = 1000
"""Candidates taught by what the scorer thinks of them."""
CAUTION, FEW_ANSWERS = (0.55, 0.9), 200
"""The best expected threshold is taken so much lower before the first answer, less so up to
FEW_ANSWERS. A head is less sure of what it finds than it could be, the more so the fewer its
answers; measured on held-out training texts of four sets."""
FEW_SPANS = 20.0
"""With so many spans expected in texts without answers, they decide half of the threshold."""


@dataclass(frozen=True, slots=True)
class SpanFinder:
    """A span is found where the scorer gives at least the threshold, chosen for best F1."""

    scorer: SpanScorer
    threshold: float


class Sample:
    """Texts of a pool that were drawn at random, and those of them without answers: the more spans
    the latter seem to hold, the more they decide on a threshold. A scorer looks better than it is
    on texts with answers; but asking empties the others, and of new texts they say little then."""

    def __init__(self, pool: SpanPool, answers: LabelAnswers, drawn: NDArray[np.bool_]) -> None:
        self._pool = pool
        self._drawn = drawn
        told = [*answers.accepted, *answers.rejected, *answers.unmarked]
        self._answered = np.zeros(len(pool.texts), bool)
        self._answered[pool.text[np.array(told, np.int64)]] = True
        self._known = min(len(told) / FEW_ANSWERS, 1.0)

    def best_threshold(self, p: Floats) -> float:
        """p  float32[n], of all candidates of the pool"""
        fresh, all_ = self._found(p)
        best = [plug_in_threshold(each) for each in (fresh, all_)]
        low, high = CAUTION
        return self._between(best, fresh) * (low + self._known * (high - low))

    def same_threshold(self, p: Floats, before: Floats, threshold: float) -> float:
        """Where `p` finds as many spans as `before` does with its threshold."""
        found, found_before = self._found(p), self._found(before)
        same = []
        for now, then in zip(found, found_before, strict=True):
            count = int((then >= threshold).sum())
            ranked = np.sort(now)[::-1]
            same.append(float(ranked[min(count, len(ranked) - 1)]) if len(ranked) else threshold)
        return self._between(same, found_before[0])

    def _between(self, of_both: list[float], fresh: Floats) -> float:
        spans = float(fresh.sum())
        share = spans / (spans + FEW_SPANS)
        return share * of_both[0] + (1.0 - share) * of_both[1]

    def _found(self, p: Floats) -> tuple[Floats, Floats]:
        """Of decoded spans: those of texts without answers, and all."""
        high = np.flatnonzero(p >= LOWEST_PROBABILITY)
        high = high[self._drawn[self._pool.text[high]]]
        kept = high[decode(self._pool, high, p[high])]
        return p[kept[~self._answered[self._pool.text[kept]]]], p[kept]


def own_rows(
    pool: SpanPool, answers: LabelAnswers, told: Weighted, p: Floats, threshold: float
) -> Weighted:
    """What the scorer thinks of OWN_ROWS candidates of which nothing is told."""
    high = np.flatnonzero(p >= LOWEST_PROBABILITY)
    kept = np.zeros(len(pool), bool)
    kept[high[decode(pool, high, p[high])]] = True
    kept[told.candidates] = kept[answers.closed()] = False
    own = sampled(pool, np.flatnonzero(kept), OWN_ROWS)
    return Weighted(
        own, (p[own] >= threshold).astype(np.float32), np.abs(p[own] - np.float32(threshold))
    )


def self_trained(
    pool: SpanPool, scorer: SpanScorer, rows: TrainingRows, candidates: NDArray[np.int64]
) -> SpanScorer:
    """Fits the scorer's second head anew, to `rows` of these `candidates` of the pool."""
    offset = base_offset(pool, scorer.column)
    heads, logits = refit(pool, scorer.heads, candidates, rows, offset)
    return SpanScorer(scorer.column, heads, SurfaceMeans.of(pool, logits))
