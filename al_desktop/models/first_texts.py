"""Which texts to ask about while a label has no accept: with terms, and like the label's name."""

from collections import deque
from collections.abc import Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.sampling import highest
from al_desktop.models.text_features import Floats, TextFeatures

REPELLED = 0.3
"""How much likeness to a rejected text counts against a text, beside likeness to the label."""


def first_texts(
    features: TextFeatures,
    named: Floats,
    answered: Sequence[int],
    closed: NDArray[np.int64],
    found: NDArray[np.int64],
    count: int,
) -> Iterator[int]:
    """Slots of texts found by terms and of texts that are like the label's name and unlike those
    answered, in turn; worked out about `count` at a time.

    named      float32[width], sentence vector of the label's name
    answered   slots; none was accepted
    closed     slots not to ask about
    found      slots of texts with terms
    """
    likeness = features.nearest(named[None])
    if answered:
        likeness -= np.float32(REPELLED) * features.nearest(features.vectors(answered))
    likeness[closed] = -np.inf
    found = found[~np.isin(found, closed)]
    by_terms = deque(found[np.argsort(-likeness[found], kind="stable")].tolist())
    picked: set[int] = set()
    done = 0
    wanted = count + 8
    unanswered = len(likeness) - len(closed)
    while done < unanswered:
        best = highest(likeness, min(wanted, unanswered))
        by_likeness = deque(best[done:])
        while by_likeness:
            by_name = (len(answered) + len(picked)) % 2 == 1 or not by_terms
            slot = (by_likeness if by_name else by_terms).popleft()
            if slot not in picked:
                picked.add(slot)
                yield slot
        done = len(best)
        wanted *= 4
