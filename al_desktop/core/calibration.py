"""From a model's log-odds to probabilities that mean what they say (Platt 1999).

The two parameters are known only as well as the audit answers tell, so a whole distribution over
them is kept: shown probabilities use its mean, intervals draw from it.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]

TEMPER = 0.75
"""What an answer counts for. Scores never follow Platt's curve exactly, and a posterior that
believes they do is too sure of itself (power posterior, Holmes and Walker 2017). Chosen so that
95 % intervals cover 95 to 98 %; see docs/trust.md."""

# The prior: what curves fitted to all answers looked like for models of 20 to 400 answers.
_SHIFT_MEAN, _SHIFT_DEVIATION = -0.2, 1.0
_LOG_SLOPE_MEAN, _LOG_SLOPE_DEVIATION = 0.7, 0.7
_SHIFTS = np.linspace(_SHIFT_MEAN - 3.5, _SHIFT_MEAN + 3.5, 25)
_SLOPES = np.exp(_LOG_SLOPE_MEAN + _LOG_SLOPE_DEVIATION * np.linspace(-2.5, 2.5, 17))
_GRID_SHIFT, _GRID_SLOPE = (each.ravel() for each in np.meshgrid(_SHIFTS, _SLOPES))
_LOG_PRIOR = (
    -0.5 * ((_GRID_SHIFT - _SHIFT_MEAN) / _SHIFT_DEVIATION) ** 2
    - 0.5 * ((np.log(_GRID_SLOPE) - _LOG_SLOPE_MEAN) / _LOG_SLOPE_DEVIATION) ** 2
)


@dataclass(frozen=True, slots=True)
class Calibration:
    """P(accept) = sigmoid(shift + slope * log-odds), its parameters on a grid.

    posterior   float[g], sums to 1
    """

    posterior: Floats

    @property
    def shift(self) -> float:
        return float(self.posterior @ _GRID_SHIFT)

    @property
    def slope(self) -> float:
        return float(np.exp(self.posterior @ np.log(_GRID_SLOPE)))

    def probabilities(self, log_odds: Floats) -> Floats:
        """float[n] of the mean parameters."""
        return sigmoid(self.shift + self.slope * log_odds)

    def draws(
        self, log_odds: Floats, count: int, random: np.random.Generator
    ) -> tuple[Floats, NDArray[np.int64]]:
        """Probabilities float[d, n] of the d different grid points drawn, and for each of `count`
        draws which of them it was, int[count]."""
        drawn = random.choice(len(self.posterior), size=count, p=self.posterior)
        points, which = np.unique(drawn, return_inverse=True)
        shift, slope = _GRID_SHIFT[points, None], _GRID_SLOPE[points, None]
        return sigmoid(shift + slope * log_odds[None, :]), which


def calibrate(log_odds: Floats, accepted: NDArray[np.bool_], weight: Floats) -> Calibration:
    """From n audit answers, which may be none.

    log_odds   float[n] of the model to calibrate
    weight     float[n], importance weights; they count for the effective number of answers
    """
    likelihood = np.zeros(len(_GRID_SHIFT))
    if len(log_odds):
        scale = TEMPER * weight.sum() / np.square(weight).sum()
        curve = _GRID_SHIFT[:, None] + _GRID_SLOPE[:, None] * log_odds[None, :]
        sign = np.where(accepted, 1.0, -1.0)
        likelihood = -np.logaddexp(0.0, -sign * curve) @ (weight * scale)
    log_posterior = _LOG_PRIOR + likelihood
    posterior = np.exp(log_posterior - log_posterior.max())
    return Calibration(posterior / posterior.sum())


def sigmoid(log_odds: Floats) -> Floats:
    return (1.0 + np.tanh(log_odds / 2.0)) / 2.0


def log_odds(probabilities: Floats) -> Floats:
    """float[n]; certainty is taken for one in ten million."""
    clipped = np.clip(probabilities, 1e-7, 1.0 - 1e-7)
    return np.log(clipped) - np.log1p(-clipped)
