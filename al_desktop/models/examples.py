"""The texts that one label has answers about, and the products of all pairs of them."""

from collections.abc import Sequence
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.ngrams import BUCKETS, MOST_NGRAMS
from al_desktop.models.text_features import Floats, TextFeatures, Weights

NGRAM_WEIGHT = 1.0
"""Of the product of n-grams in the kernel, beside 1 for that of the sentence vectors."""
BIAS = 1.0
"""The constant part of the kernel: a penalised bias."""

_SPARE = 256
"""Examples no longer asked for that are kept, in case an undo is undone."""


class Examples:
    """A row and a column are worked out for each new example; known ones are looked up."""

    def __init__(self, features: TextFeatures) -> None:
        self._features = features
        self._places: dict[int, int] = {}
        self._vectors = np.empty((16, features.width), np.float32)
        self._buckets = np.empty((16, MOST_NGRAMS), np.uint32)
        self._values = np.empty((16, MOST_NGRAMS), np.float32)
        self._gram = np.empty((16, 16), np.float32)

    def places(self, slots: Sequence[int]) -> NDArray[np.int64]:
        """Where the texts in these slots are among the examples; new ones are added."""
        if len(self._places.keys() - set(slots)) > _SPARE:
            self._keep(set(slots))
        for slot in slots:
            if slot not in self._places:
                self._add(slot)
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

    def _add(self, slot: int) -> None:
        place = len(self._places)
        if place == len(self._vectors):
            self._grow()
        self._places[slot] = place
        ngrams = self._features.ngrams([slot])
        self._vectors[place] = self._features.vectors([slot])[0]
        self._buckets[place] = ngrams.buckets[0]
        self._values[place] = ngrams.values[0]
        literal = np.zeros(BUCKETS, np.float32)
        np.maximum.at(literal, ngrams.buckets[0], ngrams.values[0])
        known = slice(place + 1)
        shared = (literal[self._buckets[known]] * self._values[known]).sum(axis=1)
        row = self._vectors[known] @ self._vectors[place] + np.float32(NGRAM_WEIGHT) * shared
        self._gram[place, known] = self._gram[known, place] = row + np.float32(BIAS)

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
