"""One label's model: what was answered about it, the fit to that, and where to accept from."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.questions import Answer
from al_desktop.models.examples import Examples
from al_desktop.models.logistic import fit_dual, leave_one_out, sigmoid
from al_desktop.models.text_features import Floats, TextFeatures, Weights
from al_desktop.models.thresholds import blended_cut

STRENGTH = 3.0
"""C of the logistic regression."""
MOST_EXAMPLES = 3000
"""Of one label; beyond, its oldest rejects are left out first, then its oldest accepts."""
MOST_FOR_THRESHOLD = 1000
"""Examples that the threshold is set by: those added last."""
POOL_FOR_THRESHOLD = 10_000
"""Texts of the pool that it is set by as well."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients of the examples in `places`, and the linear model that they make."""

    places: NDArray[np.int64]
    accepted: NDArray[np.bool_]
    coefficients: Floats
    weights: Weights


@dataclass(slots=True)
class TextModel:
    """A function of the answers (by slot of the text) last given to `learn`."""

    features: TextFeatures
    answers: dict[int, Answer] = field(default_factory=dict)
    fit: Fit | None = None
    """None before the first accept and the first reject."""
    _examples: Examples = field(init=False)
    _odds: Floats = field(init=False)
    _cut: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._examples = Examples(self.features)
        self._odds = np.empty(0, np.float32)

    @property
    def has_accept(self) -> bool:
        return Answer.ACCEPT in self.answers.values()

    def learn(self, answers: dict[int, Answer]) -> bool:
        """Fits anew if the answers are others than before; whether they were."""
        if answers == self.answers:
            return False
        self.answers = answers
        self.fit = self._fitted()
        self._odds = np.empty(0, np.float32)
        self._cut = None
        return True

    def scores(self) -> Floats:
        """float32[slots] probability of accept of all texts that have features; NaN without a
        fit."""
        if self.fit is None:
            return np.full(len(self.features), np.nan, np.float32)
        return sigmoid(self._odds_by(self.fit))

    def threshold(self) -> float:
        """The probability from which a text is given the label; 1 without a fit."""
        return float(sigmoid(np.array([self.cut()], np.float32))[0]) if self.fit else 1.0

    def cut(self) -> float:
        """The log-odds from which a text is given the label; even odds without a fit."""
        if self._cut is None:
            self._cut = self._cut_by(self.fit) if self.fit else 0.0
        return self._cut

    def _cut_by(self, fit: Fit) -> float:
        last = fit.accepted[-MOST_FOR_THRESHOLD:]
        if last.all() or not last.any():
            return 0.0
        gram = self._examples.gram(fit.places)
        left_out = leave_one_out(gram, fit.coefficients, fit.accepted, STRENGTH, MOST_FOR_THRESHOLD)
        odds = self._odds_by(fit)
        spread = np.linspace(0, len(odds) - 1, min(len(odds), POOL_FOR_THRESHOLD))
        return blended_cut(left_out, last, odds[spread.astype(np.int64)], len(self.answers))

    def _odds_by(self, fit: Fit) -> Floats:
        """float32[slots] of all texts that have features."""
        if len(self._odds) < len(self.features):
            self._odds = self.features.odds(fit.weights)
        return self._odds

    def _fitted(self) -> Fit | None:
        slots = self._decided()
        accepted = np.array([self.answers[slot] is Answer.ACCEPT for slot in slots], np.bool_)
        places = self._examples.places(slots)
        if not accepted.any() or accepted.all():
            return None
        coefficients = fit_dual(self._examples.gram(places), accepted, STRENGTH)
        return Fit(places, accepted, coefficients, self._examples.weights(places, coefficients))

    def _decided(self) -> list[int]:
        """The slots to learn from, in the order of the answers."""
        slots = [slot for slot, answer in self.answers.items() if answer is not Answer.IGNORE]
        too_many = len(slots) - MOST_EXAMPLES
        if too_many <= 0:
            return slots
        oldest_rejects_first = sorted(
            range(len(slots)), key=lambda i: (self.answers[slots[i]] is Answer.ACCEPT, i)
        )
        left_out = set(oldest_rejects_first[:too_many])
        return [slot for i, slot in enumerate(slots) if i not in left_out]
