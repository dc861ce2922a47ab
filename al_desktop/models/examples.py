"""The texts that one label has answers about, and the products of all pairs of them."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.ngrams import BUCKETS, MOST_NGRAMS, NgramRows
from al_desktop.models.text_features import Floats, TextFeatures, Weights

NGRAM_WEIGHT = 1.0
"""Of the product of n-grams in the kernel, beside 1 for that of the sentence vectors."""
BIAS = 1.0
"""The constant part of the kernel: a penalised bias."""

_SPARE = 256
"""Examples no longer asked for that are kept, in case an undo is undone."""
_ADDED_AT_ONCE = 64
_ROWS = 64
"""Examples whose n-grams are looked up at once: what is found stays in the processor's cache."""


class Examples:
    """Rows and columns are worked out for new examples, some at once; known ones are looked up."""

    def __init__(self, features: TextFeatures) -> None:
        self._features = features
        self._places: dict[int, int] = {}
        self._vectors = np.empty((_ADDED_AT_ONCE, features.width), np.float32)
        self._buckets = np.empty((_ADDED_AT_ONCE, MOST_NGRAMS), np.uint32)
        self._values = np.empty((_ADDED_AT_ONCE, MOST_NGRAMS), np.float32)
        self._gram = np.empty((_ADDED_AT_ONCE, _ADDED_AT_ONCE), np.float32)

    def places(self, slots: Sequence[int]) -> NDArray[np.int64]:
        """Where the texts in these slots are among the examples; new ones are added."""
        if len(self._places.keys() - set(slots)) > _SPARE:
            self._keep(set(slots))
        new = [slot for slot in dict.fromkeys(slots) if slot not in self._places]
        for start in range(0, len(new), _ADDED_AT_ONCE):
            self._add(new[start : start + _ADDED_AT_ONCE])
        return np.array([self._places[slot] for slot in slots], np.int64)

    def gram(self, places: NDArray[np.int64]) -> Floats:
        """float32[n, n]: the kernel of all pairs of these examples."""
        return self._gram[places[:, None], places]

    def weights(self, places: NDArray[np.int64], coefficients: Floats) -> Weights:
        """The linear model that a combination of examples stands for."""
        dense = coefficients @ self._vectors[places]
        parts = self._values[places] * (NGRAM_WEIGHT * coefficients)[:, None]
        sparse = np.bincount(self._buckets[places].ravel(), parts.ravel(), BUCKETS)
        return Weights(dense, sparse.astype(np.float32), float(coefficients.sum()) * BIAS)

    def _add(self, slots: Sequence[int]) -> None:
        """Adds a few new examples."""
        count = len(self._places)
        new = slice(count, count + len(slots))
        if new.stop > len(self._vectors):
            self._grow()
        self._places.update(zip(slots, range(new.start, new.stop), strict=True))
        ngrams = self._features.ngrams(slots)
        self._vectors[new] = self._features.vectors(slots)
        self._buckets[new] = ngrams.buckets
        self._values[new] = ngrams.values
        rows = self._vectors[: new.stop] @ self._vectors[new].T + np.float32(BIAS)
        rows += np.float32(NGRAM_WEIGHT) * self._shared(ngrams, new.stop)
        self._gram[: new.stop, new] = rows
        self._gram[new, : new.stop] = rows.T

    def _shared(self, ngrams: NgramRows, count: int) -> Floats:
        """float32[count, n]: the products of the n-grams of the first `count` examples and of n
        texts."""
        # A table of these texts' values, of no more buckets than they have; its first row is of
        # all other buckets.
        buckets = np.unique(ngrams.buckets)
        rank = np.zeros(BUCKETS, np.uint16)  # _ADDED_AT_ONCE * MOST_NGRAMS at most
        rank[buckets] = np.arange(1, len(buckets) + 1)
        table = np.zeros((len(buckets) + 1, len(ngrams)), np.float32)
        np.maximum.at(table, (rank[ngrams.buckets], np.arange(len(ngrams))[:, None]), ngrams.values)
        shared = np.empty((count, len(ngrams)), np.float32)
        for start in range(0, count, _ROWS):
            part = slice(start, min(start + _ROWS, count))
            ranks = rank.take(self._buckets[part], mode="clip")  # "clip" is faster than checks
            found = table.take(ranks, axis=0, mode="clip")
            shared[part] = (self._values[part, None] @ found)[:, 0]
        return shared

    def _grow(self) -> None:
        room = len(self._vectors) * 2
        self._vectors = _enlarged(self._vectors, (room, self._vectors.shape[1]))
        self._buckets = _enlarged(self._buckets, (room, MOST_NGRAMS))
        self._values = _enlarged(self._values, (room, MOST_NGRAMS))
        self._gram = _enlarged(self._gram, (room, room))

    def _keep(self, slots: set[int]) -> None:
        kept = [place for slot, place in self._places.items() if slot in slots]
        count = len(kept)
        self._gram[:count, :count] = self._gram[np.ix_(kept, kept)]
        for rows in (self._vectors, self._buckets, self._values):
            rows[:count] = rows[kept]
        known = [slot for slot in self._places if slot in slots]
        self._places = {slot: place for place, slot in enumerate(known)}


Array = TypeVar("Array", NDArray[np.float32], NDArray[np.uint32])


def _enlarged(array: Array, shape: tuple[int, int]) -> Array:
    larger = np.empty(shape, array.dtype)
    larger[: array.shape[0], : array.shape[1]] = array
    return larger
