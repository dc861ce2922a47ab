"""Class-balanced logistic regression with an L2 penalty, in the dual: as big as the answers are
many, however many features there are (Jaakkola and Haussler 1999; Keerthi et al. 2005)."""

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float32]

_MOST_STEPS = 25
_CLOSE_ENOUGH = 1e-3


def balanced(accepted: NDArray[np.bool_], strength: float) -> Floats:
    """The weight of each example's error, so that both classes, which are both present, weigh the
    same. `strength` is C: how much errors cost on average, against the squared length of the
    weights / 2."""
    share = float(accepted.mean())
    weight = np.where(accepted, 0.5 / share, 0.5 / (1 - share)).astype(np.float32)
    return weight * np.float32(strength)


def fit_dual(gram: Floats, accepted: NDArray[np.bool_], weight: Floats) -> Floats:
    """float32[n] coefficients of the n examples: the log-odds of an example x is
    sum(coefficients[i] * kernel(x, x_i)).

    gram       float32[n, n], kernel of all pairs, its constant feature included
    accepted   bool[n]
    weight     float32[n], what the error of each example costs

    Newton's method with step halving; each step is solved by conjugate gradients, n * n a step
    instead of n ** 3.
    """
    target = accepted.astype(np.float32)
    coefficients = np.zeros(len(gram), np.float32)
    odds = np.zeros(len(gram), np.float32)
    loss = _loss(odds, coefficients, target, weight)
    for _ in range(_MOST_STEPS):
        p = sigmoid(odds)
        # Newton: (K + D^-1) new = odds + D^-1 weight (target - p) with D = weight p (1 - p),
        # made symmetric and well-conditioned by u = new / root.
        root = np.sqrt(np.maximum(weight * p * (1 - p), 1e-9))
        right = root * odds + weight * (target - p) / root
        new = root * _conjugate_gradients(gram, root, right, coefficients / root)
        step = new - coefficients
        odds_step = gram @ step
        size = np.float32(1)
        while True:
            trial = _loss(odds + size * odds_step, coefficients + size * step, target, weight)
            if trial <= loss or size < 1e-3:
                break
            size = np.float32(size / 2)
        coefficients += size * step
        odds += size * odds_step
        loss = trial
        if float(np.abs(size * odds_step).max()) < _CLOSE_ENOUGH:
            break
    return coefficients


def leave_one_out(gram: Floats, coefficients: Floats, weight: Floats, most: int) -> Floats:
    """float32[m] log-odds of each of the last m = min(n, most) examples by the fit to all others,
    to a first approximation (one Newton step; Cawley and Talbot 2008). Takes time with m ** 3.

    Of more than `most` examples, each is judged as if it leaned on those m alone.
    """
    odds = gram @ coefficients
    p = sigmoid(odds)
    curvature = np.maximum(weight * p * (1 - p), 1e-6)
    # In the working response the fit is least squares, where leaving one out has a closed form;
    # its residual is coefficients / curvature.
    inverse = np.linalg.inv(gram[-most:, -most:] + np.diag(1 / curvature[-most:]))
    response = odds + coefficients / curvature
    return np.asarray(response[-most:] - coefficients[-most:] / np.diag(inverse), np.float32)


def best_cut(odds: Floats, accepted: NDArray[np.bool_]) -> float:
    """The log-odds from which to accept for the highest F1 on these examples."""
    order = np.argsort(-odds, kind="stable")
    right = np.cumsum(accepted[order])
    f1 = 2 * right / (np.arange(1, len(order) + 1) + accepted.sum())
    last = int(f1.argmax())
    after = min(last + 1, len(order) - 1)
    return float(odds[order[last]] + odds[order[after]]) / 2


def sigmoid(odds: Floats) -> Floats:
    """Probabilities of log-odds."""
    return (np.tanh(odds / 2) + np.float32(1)) / np.float32(2)


def log_odds(probabilities: Floats) -> Floats:
    """Log-odds of probabilities, at most about 14 either way."""
    clipped = np.clip(probabilities, np.float32(1e-6), np.float32(1 - 1e-6))
    result: Floats = np.log(clipped / (1 - clipped))
    return result


def _loss(odds: Floats, coefficients: Floats, target: Floats, weight: Floats) -> float:
    errors = np.logaddexp(0, odds) - target * odds
    return float(weight @ errors + coefficients @ odds / 2)


def _conjugate_gradients(gram: Floats, root: Floats, right: Floats, start: Floats) -> Floats:
    """Solves (root K root + 1) u = right; all eigenvalues are 1 or more."""
    solution = start
    residual = right - solution - root * (gram @ (root * solution))
    direction = residual
    squared = float(residual @ residual)
    enough = 1e-8 * max(float(right @ right), 1e-12)
    for _ in range(len(right)):
        if squared <= enough:
            break
        image = direction + root * (gram @ (root * direction))
        size = np.float32(squared / float(direction @ image))
        solution = solution + size * direction
        residual = residual - size * image
        new = float(residual @ residual)
        direction = residual + np.float32(new / squared) * direction
        squared = new
    return solution
