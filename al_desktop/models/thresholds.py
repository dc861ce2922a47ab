"""From which log-odds on a text is given a label, for the highest F1.

Two estimates are blended. One is the cut best on the answers, each judged by the fit to the
others, drawn towards even odds while answers are few: right where the model tells accepts from
rejects, but too high for common labels that are hard, since the texts answered were picked for
being doubtful. The other calibrates the model on the answers and expects the F1 of each cut on
the texts of the pool: right for hard labels, but too low for rare ones, of which the texts
answered hold too many. So the second counts the more, the less the answers can be told apart.
"""

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.logistic import Floats, best_cut, sigmoid

TRUSTED = 1000
"""Answers at which the cut found best for them counts three quarters, beside even odds."""
BELIEVED = 50
"""Answers at which the calibrated cut counts half of what it does for very many."""

_MOST_STEPS = 20
_PRIOR_SLOPE = 1.0
"""Precision of the prior that the model is calibrated already: slope 1, and ..."""
_PRIOR_SHIFT = 0.1
"""... shift 0."""


def blended_cut(left_out: Floats, accepted: NDArray[np.bool_], pool: Floats, answers: int) -> float:
    """The log-odds from which to accept.

    left_out  float32[n] log-odds of examples, each by the fit to the others
    accepted  bool[n] their answers, both values present
    pool      float32[m > 0] log-odds of texts of the pool
    answers   how many there are in all
    """
    half_way = best_cut(left_out, accepted) * (1 + answers / (answers + TRUSTED)) / 2
    hardness = 2 * (1 - max(separation(left_out, accepted), 0.5))
    share = hardness * answers / (answers + BELIEVED)
    return share * expected_best_cut(left_out, accepted, pool) + (1 - share) * half_way


def separation(odds: Floats, accepted: NDArray[np.bool_]) -> float:
    """How often an accept has higher odds than a reject: the area under the ROC curve."""
    above: NDArray[np.bool_] = odds[accepted][:, None] > odds[~accepted]
    return float(above.mean())


def expected_best_cut(left_out: Floats, accepted: NDArray[np.bool_], pool: Floats) -> float:
    """The cut of the highest expected F1 on the texts of the pool, by their calibrated odds."""
    slope, shift = calibration(left_out, accepted)
    ranked = -np.sort(-pool)
    p = sigmoid(np.asarray(slope * ranked + shift, np.float32))
    f1 = 2 * np.cumsum(p) / (np.arange(1, len(p) + 1) + p.sum())
    last = int(f1.argmax())
    after = min(last + 1, len(p) - 1)
    return float(ranked[last] + ranked[after]) / 2


def calibration(odds: Floats, accepted: NDArray[np.bool_]) -> tuple[float, float]:
    """Slope and shift that make log-odds those of the answers (Platt 1999), held near 1 and 0 by
    a Gaussian prior; by Newton's method."""
    columns = np.stack((odds, np.ones_like(odds)), axis=1).astype(np.float64)
    precision = np.array([_PRIOR_SLOPE, _PRIOR_SHIFT])
    prior = np.array([1.0, 0.0])
    found = prior.copy()
    for _ in range(_MOST_STEPS):
        p = sigmoid(np.asarray(columns @ found, np.float32)).astype(np.float64)
        gradient = columns.T @ (p - accepted) + precision * (found - prior)
        curvature = (columns.T * (p * (1 - p))) @ columns + np.diag(precision)
        step = np.clip(np.linalg.solve(curvature, gradient), -2, 2)
        found -= step
        if np.abs(step).max() < 1e-5:
            break
    return float(found[0]), float(found[1])
