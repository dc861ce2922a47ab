"""What stands around a span says of it, without its own words.

Words and neighbours are two views of a span, and what one knows already the other may be taught by
(Collins and Singer 1999). A head that has met acronyms alone finds nothing else likely; but other
spans stand in the same places.
"""

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.span_features import AROUND, PLACES
from al_desktop.models.span_head import SpanHead, TrainingRows, fit_head, sigmoid
from al_desktop.models.span_pool import SpanPool

Floats = NDArray[np.float32]

_ITERATIONS = 12
"""Enough to explore by, in a third of the time."""
_PLACES_WITHIN = PLACES - 2


def fit_context(rows: TrainingRows) -> SpanHead:
    """A head of the vectors and words before and after alone."""
    within = rows.dense.shape[1] // PLACES * _PLACES_WITHIN
    around = TrainingRows(
        rows.dense[:, within:],
        rows.lexical[:, AROUND],
        np.zeros_like(rows.offset),
        rows.target,
        rows.weight,
    )
    return fit_head(around, iterations=_ITERATIONS)


def context_probabilities(head: SpanHead, pool: SpanPool) -> Floats:
    """float32[n] of accept, going by what stands before and after each candidate."""
    within = np.zeros(len(head.dense) // 2 * _PLACES_WITHIN, np.float32)
    logits = pool.dense_scores(np.concatenate([within, head.dense])) + np.float32(head.bias)
    for column in AROUND:
        logits += head.lexical[pool.lexical[:, column]]
    return sigmoid(logits)
