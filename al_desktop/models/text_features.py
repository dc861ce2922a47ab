"""What is known of texts: a sentence vector and n-grams each, in about a thousand bytes."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.ngrams import MOST_NGRAMS, NgramRows

Floats = NDArray[np.float32]
Slots = Sequence[int] | NDArray[np.int64]

MOST_WITH_NGRAMS = 200_000
"""Texts that n-grams are kept of; of those that come later only the sentence vector is."""
EXACT = 8192
"""Texts whose n-grams count each time; of more texts only those that matter most now."""

_BLOCK = 2048
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
        self.width = width
        # Pages that are not written to yet take no memory.
        self._rows = np.zeros((capacity, width), np.int8)
        self._scales = np.zeros(capacity, np.float32)
        with_ngrams = min(capacity, MOST_WITH_NGRAMS)
        self._buckets = np.zeros((with_ngrams, MOST_NGRAMS), np.uint32)
        self._values = np.zeros((with_ngrams, MOST_NGRAMS), np.uint8)
        self._value_scales = np.zeros(with_ngrams, np.float32)
        self._count = 0

    def __len__(self) -> int:
        return self._count

    @property
    def room_for_ngrams(self) -> int:
        """How many more texts n-grams will be kept of."""
        return max(0, len(self._buckets) - self._count)

    def add(self, rows: NDArray[np.int8], scales: Floats, ngrams: NgramRows) -> range:
        """Adds texts and returns their slots; `ngrams` may be of the first texts only, as far as
        there is room for them."""
        slots = range(self._count, self._count + len(rows))
        self._rows[slots.start : slots.stop] = rows
        self._scales[slots.start : slots.stop] = scales
        count = min(len(ngrams), self.room_for_ngrams)
        part = slice(slots.start, slots.start + count)
        scales_of_values = ngrams.values[:count].max(axis=1, initial=0.0) / 255
        self._buckets[part] = ngrams.buckets[:count]
        self._values[part] = np.rint(ngrams.values[:count] / scales_of_values[:, None])
        self._value_scales[part] = scales_of_values
        self._count = slots.stop
        return slots

    def vectors(self, slots: Slots) -> Floats:
        """float32[n, width] sentence vectors."""
        return self._rows[slots] * self._scales[slots][:, None]

    def ngrams(self, slots: Slots) -> NgramRows:
        """All zeros for slots from MOST_WITH_NGRAMS on."""
        wanted = np.asarray(slots, np.int64)
        known = wanted < len(self._buckets)
        buckets = np.zeros((len(wanted), MOST_NGRAMS), np.uint32)
        values = np.zeros((len(wanted), MOST_NGRAMS), np.float32)
        buckets[known] = self._buckets[wanted[known]]
        scales = self._value_scales[wanted[known]]
        values[known] = self._values[wanted[known]] * scales[:, None]
        return NgramRows(buckets, values)

    def nearest(self, vectors: Floats) -> Floats:
        """float32[count]: the highest product of each sentence vector with one of
        float32[k, width] vectors, k > 0."""
        result = np.empty(self._count, np.float32)
        for part in self._blocks():
            block = self._rows[part].astype(np.float32)
            result[part] = block @ vectors[0] if len(vectors) == 1 else (block @ vectors.T).max(1)
        return result * self._scales[: self._count]

    def odds(self, weights: Weights) -> Floats:
        """float32[count] log-odds of all texts.

        Where there are more than EXACT, n-grams count for those nearest to even odds and those
        of the highest odds by the sentence vector; the others get what n-grams add on average.
        """
        result = self.nearest(weights.dense[None]) + np.float32(weights.bias)
        if self._count <= EXACT:
            return result + self._from_ngrams(np.arange(self._count), weights)
        spread = np.linspace(0, min(self._count, len(self._buckets)) - 1, 512).astype(np.int64)
        average = self._from_ngrams(spread, weights).mean()
        result += average
        half = EXACT // 2
        exact = np.union1d(
            np.argpartition(np.abs(result), half)[:half], np.argpartition(-result, half)[:half]
        )
        exact = exact[exact < len(self._buckets)]
        result[exact] += self._from_ngrams(exact, weights) - average
        return result

    def _from_ngrams(self, slots: NDArray[np.int64], weights: Weights) -> Floats:
        result = np.empty(len(slots), np.float32)
        for start in range(0, len(slots), _BLOCK):
            part = slots[start : start + _BLOCK]
            products = weights.sparse[self._buckets[part]] * self._values[part]
            result[start : start + _BLOCK] = products.sum(axis=1) * self._value_scales[part]
        return result

    def _blocks(self) -> list[slice]:
        return [
            slice(start, min(start + _BLOCK, self._count))
            for start in range(0, self._count, _BLOCK)
        ]
