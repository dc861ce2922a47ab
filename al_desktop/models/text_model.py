"""One label's model: what was answered about it, the fit to that, and where to accept from."""

from dataclasses import dataclass, field

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.questions import Answer
from al_desktop.models.examples import Examples
from al_desktop.models.logistic import balanced, fit_dual, leave_one_out, sigmoid
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
IMPLIED_WEIGHT = 0.1
"""Of a reject that follows from another label's accept, beside 1 of one that was asked for: it is
seldom a doubtful text."""


@dataclass(frozen=True, slots=True)
class Fit:
    """Coefficients of the examples in `places`, and the linear model that they make. The last
    `asked` of them were answered, those before are implied; `costs` are of their errors."""

    places: NDArray[np.int64]
    asked: int
    accepted: NDArray[np.bool_]
    costs: Floats
    coefficients: Floats
    weights: Weights


@dataclass(slots=True)
class TextModel:
    """A function of what was last given to `learn`; fit when it is first looked at."""

    features: TextFeatures
    answers: dict[int, Answer] = field(default_factory=dict)
    """By slot of the text."""
    _implied: list[int] = field(default_factory=list)
    _examples: Examples = field(init=False)
    _fit: Fit | None = field(init=False, default=None)
    _is_fit: bool = field(init=False, default=True)
    _odds: Floats = field(init=False)
    _cut: float | None = field(init=False, default=None)

    def __post_init__(self) -> None:
        self._examples = Examples(self.features)
        self._odds = np.empty(0, np.float32)

    @property
    def has_accept(self) -> bool:
        return Answer.ACCEPT in self.answers.values()

    @property
    def fit(self) -> Fit | None:
        """None before the first accept and the first reject."""
        if not self._is_fit:
            self._fit = self._fitted()
            self._is_fit = True
        return self._fit

    def learn(self, answers: dict[int, Answer], implied: list[int]) -> None:
        """`implied` are slots of texts that are rejects because they have another label."""
        if answers == self.answers and implied == self._implied:
            return
        self.answers = answers
        self._implied = implied
        self._is_fit = False
        self._odds = np.empty(0, np.float32)
        self._cut = None

    def scores(self) -> Floats:
        """float32[slots] probability of accept of all texts that have features; NaN without a
        fit."""
        fit = self.fit
        if fit is None:
            return np.full(len(self.features), np.nan, np.float32)
        return sigmoid(self._odds_by(fit))

    def threshold(self) -> float:
        """The probability from which a text is given the label; 1 without a fit."""
        return float(sigmoid(np.array([self.cut()], np.float32))[0]) if self.fit else 1.0

    def cut(self) -> float:
        """The log-odds from which a text is given the label; even odds without a fit."""
        if self._cut is None:
            self._cut = self._cut_by(self.fit) if self.fit else 0.0
        return self._cut

    def _cut_by(self, fit: Fit) -> float:
        accepted = fit.accepted[-min(fit.asked, MOST_FOR_THRESHOLD) :]
        if accepted.all() or not accepted.any():
            return 0.0
        gram = self._examples.gram(fit.places)
        left_out = leave_one_out(gram, fit.coefficients, fit.costs, MOST_FOR_THRESHOLD)
        odds = self._odds_by(fit)
        spread = np.linspace(0, len(odds) - 1, min(len(odds), POOL_FOR_THRESHOLD))
        pool = odds[spread.astype(np.int64)]
        return blended_cut(left_out[-len(accepted) :], accepted, pool, len(self.answers))

    def _odds_by(self, fit: Fit) -> Floats:
        """float32[slots] of all texts that have features."""
        if len(self._odds) < len(self.features):
            self._odds = self.features.odds(fit.weights)
        return self._odds

    def _fitted(self) -> Fit | None:
        slots = self._decided()
        accepted = np.array([self.answers[slot] is Answer.ACCEPT for slot in slots], np.bool_)
        if not accepted.any() or accepted.all():
            return None
        costs = balanced(accepted, STRENGTH)
        implied = np.full(len(self._implied), IMPLIED_WEIGHT * costs[~accepted][0], np.float32)
        costs = np.concatenate((implied, costs))
        accepted = np.concatenate((np.zeros(len(implied), np.bool_), accepted))
        places = self._examples.places([*self._implied, *slots])
        coefficients = fit_dual(self._examples.gram(places), accepted, costs)
        weights = self._examples.weights(places, coefficients)
        return Fit(places, len(slots), accepted, costs, coefficients, weights)

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
