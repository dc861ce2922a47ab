"""Which candidates of a label to ask about next, each with its probability of being picked."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.sampling import DEFAULT, LIKELY, RANDOM, UNCERTAIN, Pick, uncertainty

Floats = NDArray[np.float64]

PROPOSED = 0.1
"""A candidate the model gives at least this counts as proposed."""
MOST_LEAN = 4.0
SHARPNESS = 3
"""How much more a candidate near 0.5 is worth: its variance to this power. Drawn by lot, not by
rank, so that questions that follow each other differ."""
WANTED_ACCEPTS = 0.3
"""With fewer accepts among the answers, likelier candidates are asked: a model that starts from a
base pipeline of another domain is unsure of a great deal that is nothing at all."""
ALIKE_FADES = 0.5
"""A span weighs less the more answers there are about others that look like it, by this power: the
questions then spread over names, plain words and acronyms."""
EXPLORE_SHARE = 0.12
CONTEXT_SHARPNESS = 3
"""What is not proposed is asked about where its neighbours alone say accept, by this power of their
probability: spans of another kind than those accepted so far are found that way."""
EXPLORE = "explore"
_LEAST_WEIGHT = 1e-250
"""What is less can't be divided by."""
FIRST_ANSWERS = 5
"""Before so many answers about a label nothing is explored: first questions should make sense to
whoever is asked them."""


@dataclass(frozen=True, slots=True)
class Askable:
    """Candidates of one label that may be asked about.

    probability  float[n], of accept
    context      float[n], of accept, going by what stands before and after alone
    familiar     int[n], answers given so far about the same words
    alike        int[n], answers given so far about spans whose last word has the same shape
    followed     bool[n], whether a rejected span overlaps: its entity may be this one
    accept_rate  of the answers so far
    answers      given so far about the label
    """

    candidates: NDArray[np.int64]
    probability: Floats
    context: Floats
    familiar: NDArray[np.int64]
    alike: NDArray[np.int64]
    followed: NDArray[np.bool_]
    accept_rate: float = WANTED_ACCEPTS
    answers: int = FIRST_ANSWERS


def weights(askable: Askable, strategy: str) -> Floats:
    """How much each candidate deserves to be asked, for strategies that draw by lot."""
    p = askable.probability
    if strategy == RANDOM:
        proposed = p >= PROPOSED
        return proposed.astype(np.float64) if proposed.any() else np.ones_like(p)
    fresh = 0.3 ** np.minimum(askable.familiar, 8)
    unlike = (1.0 + askable.alike) ** -ALIKE_FADES
    follow = np.where(askable.followed & (p > 0.2), 3.0, 1.0)
    lean = np.clip(WANTED_ACCEPTS / max(askable.accept_rate, 0.01), 1.0, MOST_LEAN)
    peaked = (p**lean * (1.0 - p)) ** SHARPNESS
    uncertain: Floats = peaked * (p >= PROPOSED) * fresh * unlike * follow
    return uncertain


def pick(askable: Askable, count: int, strategy: str, random: np.random.Generator) -> list[Pick]:
    """Up to `count` different picks, `index` in askable.candidates, the first to ask first."""
    count = min(count, len(askable.candidates))
    if strategy in (UNCERTAIN, LIKELY):
        p = askable.probability
        fresh = 0.3 ** np.minimum(askable.familiar, 8)
        priority = p * fresh if strategy == LIKELY else (0.5 + uncertainty(p)) * fresh
        order = np.argsort(-priority, kind="stable")[:count]
        return [Pick(int(index), strategy, 1.0) for index in order]
    main = weights(askable, strategy)
    if strategy != DEFAULT:
        return _draw([(RANDOM, main, 1.0)], count, random)
    p = askable.probability
    unproposed = (p < PROPOSED) * 0.3 ** np.minimum(askable.familiar, 8)
    explore = askable.context**CONTEXT_SHARPNESS * unproposed
    share = EXPLORE_SHARE if askable.answers >= FIRST_ANSWERS else 0.0
    return _draw([(UNCERTAIN, main, 1.0 - share), (EXPLORE, explore, share)], count, random)


def _draw(
    mixture: list[tuple[str, Floats, float]], count: int, random: np.random.Generator
) -> list[Pick]:
    """Draws without replacement from a mixture of weightings. One with no weight left hands its
    share to the others; when none has any, all that is left is drawn alike.

    Each weighting's own order comes from exponential keys (Efraimidis and Spirakis 2006).
    """
    size = len(mixture[0][1])
    mixture = [*mixture, (RANDOM, np.ones(size), 1e-9)]
    totals = [float(weight.sum()) for _, weight, _ in mixture]
    orders = [iter(_order(weight, 2 * count, random)) for _, weight, _ in mixture]
    heads = [next(order, -1) for order in orders]
    taken: set[int] = set()
    picks: list[Pick] = []
    while len(picks) < count:
        shares = np.array(
            [0.0 if head < 0 else part[2] for head, part in zip(heads, mixture, strict=True)]
        )
        shares /= shares.sum()
        part = int(random.choice(len(mixture), p=shares))
        index = heads[part]
        probability = sum(
            float(share * weight[index]) / total
            for share, (_, weight, _), total in zip(shares, mixture, totals, strict=True)
            if share > 0
        )
        picks.append(Pick(index, mixture[part][0], min(max(probability, 1e-12), 1.0)))
        taken.add(index)
        for i, (_, weight, _) in enumerate(mixture):
            totals[i] = max(totals[i] - float(weight[index]), 1e-12)
            while heads[i] in taken:
                heads[i] = next(orders[i], -1)
    return picks


def _order(weight: Floats, count: int, random: np.random.Generator) -> list[int]:
    """Up to `count` indices of positive weight, as drawn one after the other by weight."""
    positive = np.flatnonzero(weight > _LEAST_WEIGHT)
    keys = random.standard_exponential(len(positive)) / weight[positive]
    if len(keys) > count:
        near = np.argpartition(keys, count)[:count]
        positive, keys = positive[near], keys[near]
    return [int(index) for index in positive[np.argsort(keys)]]
