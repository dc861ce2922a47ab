"""The scorer of one label: its competing heads, and what all places of the same words say."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.span_competition import CompetingHeads
from al_desktop.models.span_head import sigmoid
from al_desktop.models.span_pool import SpanPool

Floats = NDArray[np.float32]

BASE_OFFSET = 4.0
"""Logit between a candidate the base pipeline is sure of and one it does not propose."""
SURFACE_SHARE = 0.4
"""Of the mean logit of all candidates with the same words, when there are many."""
SURFACE_DOUBT = 2.0
"""Candidates with the same words at which the share is half of that."""


@dataclass(frozen=True, slots=True)
class SpanScorer:
    """column    of the label in the base pipeline's probabilities
    heads     fit to candidates of a pool
    surfaces  of that pool
    """

    column: int
    heads: CompetingHeads
    surfaces: "SurfaceMeans"

    def probabilities(self, pool: SpanPool) -> Floats:
        """float32[n] of accept for all candidates of any pool."""
        logits = self.heads.logits(pool, base_offset(pool, self.column))
        return sigmoid(self.surfaces.smooth(pool, logits))


@dataclass(frozen=True, slots=True)
class SurfaceMeans:
    """The mean logit of all candidates of the pool with the same words. A name mostly means the
    same everywhere, and a text that says little about it leans on the others.

    hashes  uint64[s], in order
    mean    float32[s]
    share   float32[s], how much the mean counts beside a candidate's own logit
    """

    hashes: NDArray[np.uint64]
    mean: Floats
    share: Floats

    @classmethod
    def of(cls, pool: SpanPool, logits: Floats) -> "SurfaceMeans":
        sums = np.bincount(pool.surface, logits, pool.surfaces)
        counts = np.bincount(pool.surface, minlength=pool.surfaces)
        return cls(
            pool.unique_surfaces,
            (sums / counts).astype(np.float32),
            (SURFACE_SHARE * counts / (counts + SURFACE_DOUBT)).astype(np.float32),
        )

    def smooth(self, pool: SpanPool, logits: Floats) -> Floats:
        place = np.searchsorted(self.hashes, pool.unique_surfaces)
        place = np.minimum(place, len(self.hashes) - 1)
        known = self.hashes[place] == pool.unique_surfaces
        share = np.where(known, self.share[place], np.float32(0.0))[pool.surface]
        smoothed: Floats = logits + share * (self.mean[place][pool.surface] - logits)
        return smoothed


def base_offset(pool: SpanPool, column: int) -> Floats:
    """float32[n]: what the base pipeline's opinion of each candidate adds to the logit."""
    return np.float32(BASE_OFFSET) * pool.base[:, column]
