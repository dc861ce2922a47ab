"""Texts that are another text but for a few letters or a number: nobody wants them asked twice."""

from collections.abc import Sequence

import numpy as np

from al_desktop.models.text_features import TextFeatures

ALIKE = 0.95
"""Cosine of the sentence vectors of texts that say the same ..."""
COPIED = 0.75
"""... and of their n-grams where they also say it in the same words."""


class NearCopies:
    """Remembers texts by slot and knows a near copy of one of them."""

    def __init__(self, features: TextFeatures, slots: Sequence[int]) -> None:
        self._features = features
        self._slots = list(slots)
        self._vectors = features.vectors(self._slots)

    def add(self, slot: int) -> bool:
        """Remembers one more text; whether it is a near copy of one remembered before."""
        vector = self._features.vectors([slot])
        alike = np.flatnonzero(self._vectors @ vector[0] > ALIKE)
        copied = len(alike) > 0 and self._shares_words(slot, [self._slots[i] for i in alike])
        self._slots.append(slot)
        self._vectors = np.concatenate((self._vectors, vector))
        return copied

    def _shares_words(self, slot: int, others: Sequence[int]) -> bool:
        mine = self._features.ngrams([slot])
        theirs = self._features.ngrams(others)
        known = dict(zip(mine.buckets[0].tolist(), mine.values[0].tolist(), strict=True))
        rows = zip(theirs.buckets.tolist(), theirs.values.tolist(), strict=True)
        return any(
            sum(known.get(bucket, 0.0) * value for bucket, value in zip(*row, strict=True)) > COPIED
            for row in rows
        )
