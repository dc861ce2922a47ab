"""Which candidates of a label to ask about next, each with its probability of being picked."""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.sampling import DEFAULT, LIKELY, RANDOM, UNCERTAIN, Pick, uncertainty

Floats = NDArray[np.float64]

PROPOSED = 0.1
"""A candidate the model gives at least this counts as proposed."""
EXPLORE_SHARE = 0.1
EXPLORE = "explore"


@dataclass(frozen=True, slots=True)
class Askable:
    """Candidates of one label that may be asked about.

    probability  float[n], of accept
    familiar     int[n], answers given so far about the same words
    followed     bool[n], whether a rejected span overlaps: its entity may be this one
    """

    candidates: NDArray[np.int64]
    probability: Floats
    familiar: NDArray[np.int64]
    followed: NDArray[np.bool_]


def weights(askable: Askable, strategy: str) -> Floats:
    """How much each candidate deserves to be asked, for strategies that draw by lot."""
    p = askable.probability
    if strategy == RANDOM:
        proposed = p >= PROPOSED
        return proposed.astype(np.float64) if proposed.any() else np.ones_like(p)
    fresh = 0.3 ** np.minimum(askable.familiar, 8)
    follow = np.where(askable.followed & (p > 0.2), 3.0, 1.0)
    uncertain: Floats = p * (1.0 - p) * (p >= PROPOSED) * fresh * follow
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
    explore = np.sqrt(p) * (p < PROPOSED) * 0.3 ** np.minimum(askable.familiar, 8)
    return _draw(
        [(UNCERTAIN, main, 1.0 - EXPLORE_SHARE), (EXPLORE, explore, EXPLORE_SHARE)], count, random
    )


def _draw(
    mixture: list[tuple[str, Floats, float]], count: int, random: np.random.Generator
) -> list[Pick]:
    """Draws without replacement from a mixture of weightings; one with no weight left hands its
    share to the others, and when none has any, all that is left is drawn alike."""
    parts = [(name, weight.copy(), share) for name, weight, share in mixture]
    left = np.ones(len(mixture[0][1]))
    picks: list[Pick] = []
    while len(picks) < count:
        totals = [float(weight.sum()) for _, weight, _ in parts]
        shares = np.array([s if t > 0 else 0.0 for (_, _, s), t in zip(parts, totals, strict=True)])
        if not shares.any():
            parts, shares, totals = [(RANDOM, left, 1.0)], np.ones(1), [float(left.sum())]
        shares = shares / shares.sum()
        part = int(random.choice(len(parts), p=shares))
        name, weight, _ = parts[part]
        index = int(np.searchsorted(np.cumsum(weight), random.random() * totals[part], "right"))
        index = min(index, int(np.flatnonzero(weight)[-1]))
        probability = sum(
            float(share * weight[index] / total)
            for share, (_, weight, _), total in zip(shares, parts, totals, strict=True)
            if total > 0
        )
        picks.append(Pick(index, name, min(probability, 1.0)))
        for _, weight, _ in parts:
            weight[index] = 0.0
        left[index] = 0.0
    return picks
