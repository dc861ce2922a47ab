"""The scorer of one label: L2-regularised logistic regression over frozen features of spans."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.span_features import TABLE_SIZE
from al_desktop.models.span_pool import SpanPool

Floats = NDArray[np.float32]

LEXICAL_L2 = 1.0
ITERATIONS = 40
_WARM_ITERATIONS = 8
_TOLERANCE = 0.02
_MEMORY = 8


@dataclass(frozen=True, slots=True)
class TrainingRows:
    """What a head is fit to.

    dense    float32[n, d]
    lexical  uint32[n, k], indices of the hash table
    offset   float32[n], what is known of the logit already
    target   float32[n], 1 accept, 0 reject
    weight   float32[n], above 0
    """

    dense: Floats
    lexical: NDArray[np.uint32]
    offset: Floats
    target: Floats
    weight: Floats


@dataclass(frozen=True, slots=True)
class SpanHead:
    """dense float32[d], lexical float32[TABLE_SIZE] with 0 at index 0, and a bias."""

    dense: Floats
    lexical: Floats
    bias: float

    def logits(self, pool: SpanPool, offset: Floats) -> Floats:
        """float32[n]: the logit of accept for all candidates."""
        # Column by column: no array of all candidates times all features is made.
        lexical = np.zeros(len(pool), np.float32)
        for column in pool.lexical.T:
            lexical += self.lexical[column]
        return pool.dense_scores(self.dense) + lexical + offset + np.float32(self.bias)


def dense_l2(rows: TrainingRows) -> float:
    """The penalty grows with what the rows weigh together: few answers need much of the dense
    features, which many words share; with many answers, words speak for themselves."""
    return float(np.clip(20.0 + rows.weight.sum() / 8.0, 30.0, 100.0))


def fit_head(
    rows: TrainingRows, start: SpanHead | None = None, iterations: int = ITERATIONS
) -> SpanHead:
    """Minimises weighted logistic loss plus L2 penalties (none on the bias) by L-BFGS.

    The minimum is unique; `start`, an earlier head, only gets there sooner, and within fewer
    iterations.
    """
    is_used = np.zeros(TABLE_SIZE, np.bool_)
    is_used[rows.lexical] = True
    used = np.flatnonzero(is_used)
    lexical = (np.cumsum(is_used, dtype=np.int32) - 1)[rows.lexical]
    real = (used > 0).astype(np.float32)
    width, target = rows.dense.shape[1], rows.target
    # In these units both penalties are half the squared length.
    dense_unit, lexical_unit = np.float32(dense_l2(rows) ** -0.5), np.float32(LEXICAL_L2**-0.5)

    def loss_and_slope(point: Floats) -> tuple[float, Floats]:
        dense, table, bias = point[:width], point[width:-1], point[-1]
        logit = rows.dense @ (dense * dense_unit) + rows.offset + bias
        logit += (table * lexical_unit)[lexical].sum(axis=1)
        signed = np.where(target > 0.5, -logit, logit)
        loss = float(rows.weight @ np.logaddexp(0.0, signed))
        error = rows.weight * (sigmoid(logit) - target)
        slope = np.empty_like(point)
        slope[:width] = (error @ rows.dense) * dense_unit + dense
        counted = np.bincount(
            lexical.ravel(), np.repeat(error, lexical.shape[1]), minlength=len(used)
        )
        slope[width:-1] = (counted.astype(np.float32) * lexical_unit + table) * real
        slope[-1] = error.sum()
        penalised = point[:-1]
        return loss + 0.5 * float(penalised @ penalised), slope

    first: Floats = np.zeros(width + len(used) + 1, np.float32)
    if start is not None:
        first[:width] = start.dense / dense_unit
        first[width:-1] = start.lexical[used] / lexical_unit
        first[-1] = start.bias
    best = minimise(loss_and_slope, first, iterations if start is None else _WARM_ITERATIONS)
    table = np.zeros(TABLE_SIZE, np.float32)
    table[used] = best[width:-1] * lexical_unit
    return SpanHead((best[:width] * dense_unit).astype(np.float32), table, float(best[-1]))


def sigmoid(logit: Floats) -> Floats:
    result = 1.0 / (1.0 + np.exp(-np.clip(logit, -30.0, 30.0)))
    return result.astype(np.float32)


def minimise(
    function: Callable[[Floats], tuple[float, Floats]], start: Floats, iterations: int
) -> Floats:
    """Minimum of a smooth convex function by L-BFGS with backtracking (Nocedal and Wright 2006,
    algorithm 7.4); stops when the slope is short or after so many steps."""
    point = start
    value, slope = function(point)
    steps: list[tuple[Floats, Floats, float]] = []
    for _ in range(iterations):
        if float(np.linalg.norm(slope)) < _TOLERANCE:
            break
        direction = -_newton(slope, steps)
        descent = float(direction @ slope)
        if descent >= 0.0:
            steps, direction = [], -slope
            descent = float(direction @ slope)
        rate = 1.0 if steps else min(1.0, 1.0 / float(np.linalg.norm(slope)))
        while True:
            moved = point + np.float32(rate) * direction
            new_value, new_slope = function(moved)
            if new_value <= value + 1e-4 * rate * descent or rate < 1e-4:
                break
            rate *= 0.5
        if new_value > value:
            break
        moved_by, turned_by = moved - point, new_slope - slope
        curvature = float(moved_by @ turned_by)
        if curvature > 1e-10:
            steps = [*steps[1 - _MEMORY :], (moved_by, turned_by, curvature)]
        point, value, slope = moved, new_value, new_slope
    return point


def _newton(slope: Floats, steps: list[tuple[Floats, Floats, float]]) -> Floats:
    """The slope times the inverse Hessian as the last steps show it (two-loop recursion)."""
    result = slope.copy()
    shares = []
    for moved, turned, curvature in reversed(steps):
        share = float(moved @ result) / curvature
        shares.append(share)
        result -= np.float32(share) * turned
    if steps:
        _, turned, curvature = steps[-1]
        result *= np.float32(curvature / float(turned @ turned))
    for (moved, turned, curvature), share in zip(steps, reversed(shares), strict=True):
        result += np.float32(share - float(turned @ result) / curvature) * moved
    return result
