"""Which questions to ask next: query strategies as pure functions of the scores of a pool."""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.errors import KnownError

Scores = NDArray[np.float32] | NDArray[np.float64]

DEFAULT = "default"
UNCERTAIN = "uncertain"
LIKELY = "likely"
RANDOM = "random"
STRATEGIES = (DEFAULT, UNCERTAIN, LIKELY, RANDOM)

RANDOM_SHARE = 0.1
"""Of the default strategy: keeps the model honest about what it is wrongly sure of, at next to no
cost in learning speed."""
SHARPNESS = 60.0
"""The default strategy draws a text of probability p with weight (4 p (1 - p)) ** SHARPNESS: from
all near even odds, so that they are as various as the texts there are."""
DRAWN_FROM = 4096
"""The most uncertain; those beyond come after them by rank."""


@dataclass(frozen=True, slots=True)
class Pick:
    """A question picked from a pool.

    index         in the scores
    strategy      the rule that picked it: "uncertain", "likely" or "random"
    probability   of being picked at this place, given the picks before it; 0 < p <= 1
    """

    index: int
    strategy: str
    probability: float


def uncertainty(scores: Scores) -> Scores:
    """Higher the nearer a probability is to 0.5, at most 0 (uncertainty sampling, Lewis and
    Gale 1994; for two classes least confidence, margin and entropy give the same order)."""
    return -np.abs(scores - 0.5)


def select(scores: Scores, count: int, strategy: str, random: np.random.Generator) -> list[Pick]:
    """Up to `count` different picks, the first to ask first, from the probabilities of accept
    (each 0..1) of all questions that may be asked; NaN where there is none yet, which is asked
    only by lot, or when all others have been.

    "uncertain" and "likely" go by rank alone, "random" by lot, and "default" draws the uncertain
    ones by weight (see SHARPNESS), save that RANDOM_SHARE of its picks are by lot. Ties go to the
    lower index. The same generator state gives the same first picks whatever the count.
    Raises KnownError for any other strategy.
    """
    check_strategy(strategy)
    share = {DEFAULT: RANDOM_SHARE, RANDOM: 1.0}.get(strategy, 0.0)
    count = min(count, len(scores))
    by_rank = LIKELY if strategy == LIKELY else UNCERTAIN
    priority = scores if strategy == LIKELY else uncertainty(scores)
    known: Scores = np.where(np.isnan(priority), -np.inf, priority)
    urn = _Urn(scores, known if strategy == DEFAULT else known[:0], random)
    ranked = iter(urn.order + highest(known, count))
    best = next(ranked, -1)
    taken: set[int] = set()
    picks: list[Pick] = []
    while len(picks) < count:
        by_lot = share > 0 and random.random() < share
        index = _draw(len(scores), taken, random) if by_lot else best
        left = len(scores) - len(taken)
        by_rule = urn.chance(index) if best in urn else float(index == best)
        probability = share / left + (1 - share) * by_rule
        picks.append(Pick(index, RANDOM if by_lot else by_rank, min(probability, 1.0)))
        taken.add(index)
        urn.remove(index)
        while best in taken:
            best = next(ranked, -1)
    return picks


class _Urn:
    """Draws by weight without putting back: `order` is that of exponential races (Gumbel noise on
    the logarithms of the weights), which is the same."""

    def __init__(self, scores: Scores, known: Scores, random: np.random.Generator) -> None:
        """Of those with a known priority, the DRAWN_FROM highest are in the urn."""
        inside = np.array(highest(known, DRAWN_FROM), np.int64)
        inside = inside[np.isfinite(known[inside])]
        p = np.clip(scores[inside].astype(np.float64), 1e-12, 1 - 1e-12)
        logarithms = SHARPNESS * np.log(4 * p * (1 - p))
        # Not so far apart that a weight is 0.
        logarithms = np.maximum(logarithms - logarithms.max(initial=-np.inf), -600.0)
        race = logarithms + random.gumbel(size=len(inside))
        self.order: list[int] = inside[np.argsort(-race)].tolist()
        self._places = {index: place for place, index in enumerate(inside.tolist())}
        self._weights = np.exp(logarithms)

    def __contains__(self, index: int) -> bool:
        return index in self._places

    def chance(self, index: int) -> float:
        """That this is the next to be drawn."""
        if index not in self._places:
            return 0.0
        return float(self._weights[self._places[index]] / self._weights.sum())

    def remove(self, index: int) -> None:
        if index in self._places:
            self._weights[self._places.pop(index)] = 0.0


def highest(priority: Scores, count: int) -> list[int]:
    """Indices of the `count` highest, the highest first; ties go to the lower index."""
    count = min(count, len(priority))
    if count == 0:
        return []
    if count < len(priority):
        bound = np.partition(priority, len(priority) - count)[len(priority) - count]
        found = np.flatnonzero(priority >= bound)
    else:
        found = np.arange(len(priority))
    order = np.argsort(-priority[found], kind="stable")[:count]
    return [int(index) for index in found[order]]


def fair_turns(answers: Mapping[str, int], count: int) -> list[str]:
    """The labels of the next `count` questions, so that all labels get equally many answers:
    always the one with the fewest so far, the first given on a tie. Empty without labels.

    Asking for the most uncertain label and text of all starves the labels that are doing well.
    """
    totals = dict(answers)
    turns: list[str] = []
    while totals and len(turns) < count:
        label = min(totals, key=lambda each: totals[each])
        totals[label] += 1
        turns.append(label)
    return turns


def check_strategy(strategy: str) -> None:
    """Raises KnownError unless it is one of STRATEGIES."""
    if strategy not in STRATEGIES:
        raise KnownError(
            f'There is no strategy "{strategy}"; choose one of {", ".join(STRATEGIES)}.'
        )


def _draw(total: int, taken: set[int], random: np.random.Generator) -> int:
    """One of 0..total-1 that is not taken, all alike."""
    while True:
        index = int(random.integers(total))
        if index not in taken:
            return index
