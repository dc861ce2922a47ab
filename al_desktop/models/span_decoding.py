"""From probabilities of candidates to spans that don't overlap."""

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.span_pool import SpanPool

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
    expected F1 (Lipton, Elkan and Naryanaswamy 2014), from the scores of unlabelled spans."""
    if not len(probabilities):
        return 0.5
    ranked = np.sort(probabilities.astype(np.float64))[::-1]
    expected = 2.0 * np.cumsum(ranked) / (np.arange(1, len(ranked) + 1) + ranked.sum())
    return float(np.clip(expected.max() / 2.0, LOWEST_THRESHOLD, 0.5))
