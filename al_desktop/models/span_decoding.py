"""From probabilities of candidates to spans that don't overlap."""

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.span_pool import SpanPool

Floats = NDArray[np.float64]

LOWEST_PROBABILITY = 0.02
"""Candidates below are left out when the threshold is chosen."""
SURVIVOR_SHIFT = 0.3
"""Of the logit: a span that no better one overlaps is right more often than its probability says,
since the probabilities are of all candidates. Measured on four data sets."""
LOWEST_THRESHOLD = 0.05


def decode(
    pool: SpanPool, candidates: NDArray[np.int64], probabilities: NDArray[np.float32]
) -> list[int]:
    """Positions in `candidates` (repeated ones compete too), best first, of those that overlap
    no better one."""
    taken: dict[int, list[tuple[int, int]]] = {}
    kept = []
    for position in np.argsort(-probabilities, kind="stable").tolist():
        candidate = candidates[position]
        start, end = int(pool.start[candidate]), int(pool.end[candidate])
        others = taken.setdefault(int(pool.text[candidate]), [])
        if all(end <= first or start >= last for first, last in others):
            others.append((start, end))
            kept.append(position)
    return kept


def plug_in_threshold(probabilities: NDArray[np.float32]) -> float:
    """The threshold that maximises expected F1 if the probabilities are right: half of the best
    expected F1 (Lipton, Elkan and Naryanaswamy 2014).

    `probabilities` are of decoded spans of texts the model was not fit to: on the others it looks
    better than it is, and the threshold would be too high.
    """
    if not len(probabilities):
        return 0.5
    shifted = 1.0 / (1.0 + np.exp(-_logit(probabilities.astype(np.float64)) - SURVIVOR_SHIFT))
    ranked = np.sort(shifted)[::-1]
    expected = 2.0 * np.cumsum(ranked) / (np.arange(1, len(ranked) + 1) + ranked.sum())
    half = np.array(expected.max() / 2.0)
    threshold = 1.0 / (1.0 + np.exp(-_logit(half) + SURVIVOR_SHIFT))
    return float(np.clip(threshold, LOWEST_THRESHOLD, 0.5))


def _logit(probability: Floats) -> Floats:
    inside = np.clip(probability, 1e-6, 1.0 - 1e-6)
    result: Floats = np.log(inside / (1.0 - inside))
    return result
