"""Audit questions: drawn by importance for the figure wanted, weighted by how they were drawn."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

UNIFORM_SHARE = 0.2
"""Of the draws: what keeps every weight below 5 where a model is wrong about itself."""


def expected_f1(probabilities: Floats, predicted: NDArray[np.bool_]) -> float:
    """F1 of these predictions (bool[n]) if the probabilities of accept (float[n]) are right."""
    hits = float(probabilities[predicted].sum())
    both = np.count_nonzero(predicted) + float(probabilities.sum())
    return 2.0 * hits / both if both else 0.0


def importance(probabilities: Floats, predicted: NDArray[np.bool_]) -> Floats:
    """float[n] chances, sum 1, of being drawn to estimate F1 with the least variance, mixed with
    a uniform draw (Sawade, Landwehr and Scheffer 2010, "Active Estimation of F-Measures").

    probabilities   float[n] of accept, calibrated as well as is known
    predicted       bool[n], what the model accepts at the threshold in use
    """
    f1 = expected_f1(probabilities, predicted)
    half = f1 / 2.0
    variance = np.where(
        predicted,
        probabilities * (1.0 - f1) ** 2 + (1.0 - probabilities) * half**2,
        probabilities * half**2,
    )
    chances = np.sqrt(variance)
    total = chances.sum()
    uniform = np.full(len(chances), 1.0 / max(len(chances), 1))
    if not total > 0.0:
        return uniform
    mixed: Floats = (1.0 - UNIFORM_SHARE) * chances / total + UNIFORM_SHARE * uniform
    return mixed


def draw(
    chances: Floats, open_: NDArray[np.bool_], count: int, random: np.random.Generator
) -> list[tuple[int, float]]:
    """Up to `count` different open indices, one after the other, each with the probability of
    being the one drawn from those that were left."""
    left = np.where(open_, chances, 0.0)
    drawn: list[tuple[int, float]] = []
    while len(drawn) < count and (total := float(left.sum())) > 0.0:
        index = int(random.choice(len(left), p=left / total))
        drawn.append((index, float(left[index]) / total))
        left[index] = 0.0
    return drawn


def weights(probabilities: Floats, size: int) -> Floats:
    """float[m]: weights that make the mean over m answers, drawn without replacement from `size`
    questions, an unbiased estimate of the mean over all of them, whatever models the draws went
    by (levelled unbiased risk estimator, Farquhar, Gal and Rainforth 2021).

    probabilities   float[m], in the order of drawing, each given what had been drawn before
    """
    answers = len(probabilities)
    before = np.arange(1, answers + 1)
    left = np.maximum(size - before + 1, 1)
    share = (size - answers) / np.maximum(size - before, 1)
    return np.maximum(1.0 + share * (1.0 / (left * probabilities) - 1.0), _LEAST_WEIGHT)


_LEAST_WEIGHT = 1e-3
"""Weights can't fall below 0 but where answers were drawn from a pool that has shrunk since."""
