"""What is known of the texts of a pool: sentence vectors and n-grams, in a few hundred bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.ngrams import BUCKETS, Ngrams

Floats = NDArray[np.float32]

NGRAM_WEIGHT = 0.5
"""Of the product of n-grams in the kernel, beside 1 for that of the sentence vectors."""
BIAS = 1.0
"""The constant part of the kernel: a penalised bias."""

ALIKE = 0.95
"""Cosine of the sentence vectors of texts that say the same ..."""
COPIED = 0.75
"""... and of their n-grams where they also say it in the same words."""

_BLOCK = 8192
"""Rows turned into floats at once: small enough to stay in the processor's cache."""


@dataclass(frozen=True, slots=True)
class Weights:
    """A linear model over all features; log-odds = vector @ dense + ngrams @ sparse + bias."""

    dense: Floats
    sparse: Floats
    bias: float


class TextFeatures:
    """Features of up to `capacity` texts by slot, in the order they were added."""

    def __init__(self, capacity: int, width: int) -> None:
        # Pages that are not written to yet take no memory.
        self._rows = np.zeros((capacity, width), np.int8)
        self._scales = np.zeros(capacity, np.float32)
        self._starts = np.zeros(capacity + 1, np.int64)
        self._buckets = np.empty(1024, np.uint32)
        self._values = np.empty(1024, np.float32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    def add(self, rows: NDArray[np.int8], scales: Floats, ngrams: Ngrams) -> range:
        """Adds texts and returns their slots."""
        slots = range(self._count, self._count + len(rows))
        self._rows[slots.start : slots.stop] = rows
        self._scales[slots.start : slots.stop] = scales
        used = int(self._starts[self._count])
        needed = used + len(ngrams.buckets)
        if needed > len(self._buckets):
            room = max(needed, len(self._buckets) * 3 // 2)
            self._buckets = np.resize(self._buckets, room)
            self._values = np.resize(self._values, room)
        self._buckets[used:needed] = ngrams.buckets
        self._values[used:needed] = ngrams.values
        self._starts[slots.start + 1 : slots.stop + 1] = used + ngrams.starts[1:]
        self._count = slots.stop
        return slots

    def vectors(self, slots: Sequence[int] | NDArray[np.int64]) -> Floats:
        """float32[n, width] sentence vectors."""
        return self._rows[slots] * self._scales[slots][:, None]

    def ngrams(self, slot: int) -> tuple[NDArray[np.uint32], Floats]:
        part = slice(self._starts[slot], self._starts[slot + 1])
        return self._buckets[part], self._values[part]

    def is_near_copy(self, slot: int, others: Sequence[int]) -> bool:
        """Whether one of the other texts is this one but for a few letters or a number."""
        if len(others) == 0:
            return False
        alike = self.vectors(others) @ self.vectors([slot])[0] > ALIKE
        buckets, values = self.ngrams(slot)
        for other in np.asarray(others)[alike]:
            of_other, weights = self.ngrams(int(other))
            shared = np.searchsorted(of_other, buckets).clip(max=len(of_other) - 1)
            same = of_other[shared] == buckets
            if float(values[same] @ weights[shared[same]]) > COPIED:
                return True
        return False

    def odds(self, weights: Weights, first: int = 0) -> Floats:
        """float32[n] log-odds of all texts from slot `first` on."""
        result = self.products(weights.dense, first)
        if first < self._count:
            starts = self._starts[first : self._count]
            part = slice(starts[0], self._starts[self._count])
            parts = weights.sparse[self._buckets[part]] * self._values[part]
            result += np.add.reduceat(parts, starts - starts[0])
        return result + np.float32(weights.bias)

    def products(self, vector: Floats, first: int = 0) -> Floats:
        """float32[n] products of the sentence vectors from slot `first` on with a vector."""
        result = np.empty(self._count - first, np.float32)
        for start in range(first, self._count, _BLOCK):
            stop = min(start + _BLOCK, self._count)
            result[start - first : stop - first] = (
                self._rows[start:stop].astype(np.float32) @ vector
            )
        return result * self._scales[first : self._count]


class Examples:
    """The answered texts, with the kernel of all pairs: a row and a column more for each."""

    def __init__(self, features: TextFeatures) -> None:
        self._features = features
        self._places: dict[int, int] = {}
        self._vectors = np.empty((16, features.vectors([]).shape[1]), np.float32)
        self._gram = np.empty((16, 16), np.float32)
        self._sparse: list[tuple[NDArray[np.uint32], Floats]] = []

    def places(self, slots: Sequence[int]) -> NDArray[np.int64]:
        """Where these slots are among the examples; those that are new are added."""
        for slot in slots:
            if slot not in self._places:
                self._add(slot)
        return np.array([self._places[slot] for slot in slots], np.int64)

    def gram(self, places: NDArray[np.int64]) -> Floats:
        """float32[n, n]: the kernel of all pairs of these examples."""
        return self._gram[places[:, None], places]

    def vectors(self, places: NDArray[np.int64]) -> Floats:
        return self._vectors[places]

    def weights(self, places: NDArray[np.int64], coefficients: Floats) -> Weights:
        """The linear model that a combination of examples stands for."""
        dense = coefficients @ self._vectors[places]
        sparse = np.zeros(BUCKETS, np.float32)
        for place, coefficient in zip(places, coefficients, strict=True):
            buckets, values = self._sparse[place]
            sparse[buckets] += np.float32(NGRAM_WEIGHT) * coefficient * values
        return Weights(dense, sparse, float(coefficients.sum()) * BIAS)

    def _add(self, slot: int) -> None:
        place = len(self._places)
        if place == len(self._vectors):
            self._vectors = _doubled(self._vectors, axes=(0,))
            self._gram = _doubled(self._gram, axes=(0, 1))
        vector = self._features.vectors([slot])[0]
        buckets, values = self._features.ngrams(slot)
        self._places[slot] = place
        self._vectors[place] = vector
        self._sparse.append((buckets.copy(), values.copy()))
        literal = np.zeros(BUCKETS, np.float32)
        literal[buckets] = values
        shared = np.array([literal[other] @ weight for other, weight in self._sparse], np.float32)
        row = self._vectors[: place + 1] @ vector + np.float32(NGRAM_WEIGHT) * shared
        self._gram[place, : place + 1] = row + np.float32(BIAS)
        self._gram[: place + 1, place] = self._gram[place, : place + 1]


def _doubled(array: Floats, axes: tuple[int, ...]) -> Floats:
    shape = [size * 2 if axis in axes else size for axis, size in enumerate(array.shape)]
    larger = np.empty(shape, np.float32)
    larger[tuple(slice(size) for size in array.shape)] = array
    return larger
