"""Spans of a label never overlap, so candidates that do compete for the same words.

P(c) = exp(s(c)) / (1 + sum of exp(s(d)) over c and all d that overlap it): what a semi-Markov
random field (Sarawagi and Cohen 2004) says of a span if its rivals themselves have no others. With
the rivals held fixed that is a logistic regression again, with an offset. "hypertension" inside
"essential hypertension" then need not look unlike other diseases to be refused.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.span_head import SpanHead, TrainingRows, fit_head
from al_desktop.models.span_pool import SpanPool

Floats = NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class CompetingHeads:
    """The head that judges each candidate by itself, and the one fit beside what it says of all
    candidates that overlap."""

    alone: SpanHead
    beside: SpanHead

    def logits(self, pool: SpanPool, offset: Floats) -> Floats:
        """float32[n]: the logit of accept for all candidates."""
        rivals = strength_of_rivals(pool, self.alone.logits(pool, offset))
        return self.beside.logits(pool, offset - rivals)


def fit_competing(
    pool: SpanPool,
    candidates: NDArray[np.int64],
    rows: TrainingRows,
    offset: Floats,
    start: CompetingHeads | None = None,
) -> tuple[CompetingHeads, Floats]:
    """Fits first without, then with competition. Returns the heads and their logits, float32, of
    all candidates of the pool.

    candidates  int64[n], of the pool, to which the rows belong
    offset      float32, of all candidates of the pool
    start       earlier heads: only get there sooner
    """
    alone = fit_head(rows, start.alone if start else None)
    heads = CompetingHeads(alone, start.beside if start else alone)
    return refit(pool, heads, candidates, rows, offset)


def refit(
    pool: SpanPool,
    heads: CompetingHeads,
    candidates: NDArray[np.int64],
    rows: TrainingRows,
    offset: Floats,
) -> tuple[CompetingHeads, Floats]:
    """Fits the second head anew, beside the first as it is."""
    contested = offset - strength_of_rivals(pool, heads.alone.logits(pool, offset))
    beside = fit_head(replace(rows, offset=contested[candidates]), heads.beside)
    return CompetingHeads(heads.alone, beside), beside.logits(pool, contested)


def strength_of_rivals(pool: SpanPool, logits: Floats) -> Floats:
    """float32[n]: for each candidate, log(1 + sum of exp(logit) of the others that overlap it)."""
    odds = np.exp(np.clip(logits, -30.0, 12.0).astype(np.float64))
    overlaps = pool.overlaps
    # Of all candidates up to one that starts where this one ends, those count that don't end
    # before it starts.
    begun = np.concatenate([[0.0], np.cumsum(odds[overlaps.by_start])])[overlaps.begun]
    ended = np.concatenate([[0.0], np.cumsum(odds[overlaps.by_end])])[overlaps.ended]
    rivals: Floats = np.log1p(np.maximum(begun - ended - odds, 0.0)).astype(np.float32)
    return rivals
