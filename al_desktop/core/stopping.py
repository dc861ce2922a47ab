"""Whether to go on labelling: advice from signals whose regret was measured (docs/trust.md)."""

from collections.abc import Sequence, Set
from dataclasses import dataclass

import numpy as np

from al_desktop.core.quality import Advice, Estimate

STABLE_CHECKS = 3
ANSWERS_BETWEEN_CHECKS = 20
_FEW_ACCEPTS = 10
_CERTAIN = 0.25
_STABLE = 0.95
_SETTLED = 0.85
_GOOD = 0.8
_NEXT_QUESTIONS = 10


@dataclass(frozen=True, slots=True)
class Signals:
    """What tells whether a label's model still learns.

    accepts     training answers that accept
    margin      mean distance from 0.5 of the scores of the most uncertain questions left, 0..0.5
    agreement   how far predictions on the reserved texts agreed (Cohen's kappa) with those of 20
                answers earlier, at the last checks, the latest last
    """

    accepts: int
    margin: float
    agreement: tuple[float, ...]

    @property
    def learned_out(self) -> bool:
        """Few uncertain questions left, and predictions stable over 60 answers."""
        return self.margin >= _CERTAIN and self._agreed(_STABLE)

    @property
    def settled(self) -> bool:
        """Predictions change little, whether or not the model is sure of them."""
        return self._agreed(_SETTLED)

    def _agreed(self, least: float) -> bool:
        return (
            self.accepts >= _FEW_ACCEPTS
            and len(self.agreement) >= STABLE_CHECKS
            and min(self.agreement[-STABLE_CHECKS:]) >= least
        )


def margin(scores: Sequence[float]) -> float:
    """Of the questions that would be asked next for being uncertain, the first ones first; 0
    where there are none."""
    first = np.asarray(scores[:_NEXT_QUESTIONS], np.float64)
    return float(np.abs(first - 0.5).mean()) if len(first) else 0.0


def agreement(before: Set[object], now: Set[object], questions: int) -> float:
    """Cohen's kappa (1960) of two sets of accepted questions out of so many."""
    if not questions:
        return 1.0
    shares = len(before) / questions, len(now) / questions
    same = 1.0 - len(before ^ now) / questions
    by_chance = shares[0] * shares[1] + (1.0 - shares[0]) * (1.0 - shares[1])
    return 1.0 if by_chance >= 1.0 else (same - by_chance) / (1.0 - by_chance)


def advice(signals: Signals, estimate: Estimate | None) -> Advice:
    """Never without a quality that can be told; NONE where there is nothing to say yet. Going on
    is never blocked."""
    if estimate is None or not estimate.means_something:
        return Advice.NONE
    if signals.learned_out and estimate.f1.value >= _GOOD:
        return Advice.ENOUGH
    if signals.settled and estimate.f1.high < _GOOD:
        return Advice.STUCK
    return Advice.NONE
