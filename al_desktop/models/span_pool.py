"""The candidates of many texts as columns, so that all of them are scored at once."""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.span_features import LAST_SHAPE, PLACES, STEP, dequantise
from al_desktop.models.span_reader import SpanText

Floats = NDArray[np.float32]
Rows = NDArray[np.int64]

_BLOCK = 8192
_T = TypeVar("_T", bound=np.generic)


@dataclass(frozen=True, slots=True)
class Overlaps:
    """Which candidates overlap each of n, as counts in two orders: those that have begun before
    it ends, less those that have ended before it begins.

    by_start, by_end  int64[n], candidates in order of start and of end
    begun, ended      int64[n], how many in that order start before its end, end by its start
    """

    by_start: Rows
    by_end: Rows
    begun: Rows
    ended: Rows


class SpanPool:
    """Candidates 0..n-1 of texts 0..m-1, in the order of the texts. Immutable.

    Token rows count from 1: row 0 of all token arrays stands for the edge of a text.
    """

    def __init__(self, texts: Sequence[SpanText]) -> None:
        self.texts = list(texts)
        self._by_place: dict[int, dict[tuple[int, int], int]] = {}
        self._overlapping: dict[int, Rows] = {}
        self.numbers = {text.key: number for number, text in enumerate(self.texts)}
        tokens = np.array([len(text.places) for text in self.texts], np.int64)
        counts = np.array([len(text.spans) for text in self.texts], np.int64)
        self.firsts = np.concatenate([[0], np.cumsum(counts)])
        """int64[m + 1]: the first candidate of each text, and n."""
        token_firsts = 1 + np.cumsum(tokens) - tokens
        self.text = np.repeat(np.arange(len(self.texts)), counts)
        """int64[n]: the text of each candidate."""
        spans = _stacked([text.spans for text in self.texts], (0, 2), np.int32).astype(np.int64)
        shift = token_firsts[self.text]
        self.start = spans[:, 0] + shift
        self.end = spans[:, 1] + shift
        """int64[n]: token rows, `end` exclusive."""
        self._before = np.where(spans[:, 0] > 0, self.start - 1, 0)
        self._after = np.where(spans[:, 1] < tokens[self.text], self.end, 0)

    def __len__(self) -> int:
        return int(self.firsts[-1])

    @cached_property
    def base(self) -> Floats:
        """float32[n, labels]"""
        return _stacked([text.base for text in self.texts], (0, 0), np.float32)

    @cached_property
    def lexical(self) -> NDArray[np.uint32]:
        """uint32[n, k], each column in one piece, since all candidates are scored by column; what
        was read for shorter sequences is filled up with "no feature"."""
        most = max((text.lexical.shape[1] for text in self.texts), default=0)
        found = np.zeros((len(self), most), np.uint32, order="F")
        for first, text in zip(self.firsts.tolist(), self.texts, strict=False):
            count, width = text.lexical.shape
            found[first : first + count, :width] = text.lexical
        return found

    @cached_property
    def surface_hashes(self) -> NDArray[np.uint64]:
        return _stacked([text.surfaces for text in self.texts], (0,), np.uint64)

    @cached_property
    def unique_surfaces(self) -> NDArray[np.uint64]:
        """uint64[s], in order."""
        return np.unique(self.surface_hashes)

    @cached_property
    def surface(self) -> Rows:
        """int64[n]: candidates with the same words have the same number, from 0."""
        return np.searchsorted(self.unique_surfaces, self.surface_hashes)

    @cached_property
    def shape(self) -> Rows:
        """int64[n]: candidates whose last word has the same shape (upper and lower case, digits,
        length) have the same number, from 0."""
        if not len(self):
            return np.empty(0, np.int64)
        return np.unique(self.lexical[:, LAST_SHAPE], return_inverse=True)[1]

    @cached_property
    def vectors(self) -> NDArray[np.int8]:
        """int8[t + 1, 384]"""
        edge = np.zeros((1, 384), np.int8)
        return np.concatenate([edge, *(text.vectors for text in self.texts)])

    @cached_property
    def overlaps(self) -> Overlaps:
        by_start, by_end = (np.argsort(ends, kind="stable") for ends in (self.start, self.end))
        begun = np.searchsorted(self.start[by_start], self.end, side="left")
        ended = np.searchsorted(self.end[by_end], self.start, side="right")
        return Overlaps(by_start, by_end, begun, ended)

    def matched(self, label: int) -> Rows:
        """The candidates that a term or pattern of this label matches."""
        return self._matched.get(label, np.empty(0, np.int64))

    @cached_property
    def _matched(self) -> dict[int, Rows]:
        found: dict[int, list[int]] = {}
        for first, text in zip(self.firsts.tolist(), self.texts, strict=False):
            for candidate, label in text.matched:
                found.setdefault(label, []).append(first + candidate)
        return {label: np.array(candidates, np.int64) for label, candidates in found.items()}

    @cached_property
    def by_surface(self) -> tuple[Rows, Rows]:
        """Candidates ordered by surface number, and where each number's begin in that order."""
        order = np.argsort(self.surface, kind="stable")
        return order, np.searchsorted(self.surface[order], np.arange(self.surfaces + 1))

    @cached_property
    def surfaces(self) -> int:
        """How many different surfaces there are."""
        return len(self.unique_surfaces)

    def candidate(self, text_key: str, start: int, end: int) -> int | None:
        """The candidate at these characters of this text; None where there is none."""
        number = self.numbers.get(text_key)
        return None if number is None else self._places_of(number).get((start, end))

    def _places_of(self, number: int) -> dict[tuple[int, int], int]:
        if number not in self._by_place:
            text, first = self.texts[number], int(self.firsts[number])
            starts = text.places[text.spans[:, 0], 0].tolist()
            ends = text.places[text.spans[:, 1] - 1, 1].tolist()
            self._by_place[number] = {
                place: first + i for i, place in enumerate(zip(starts, ends, strict=True))
            }
        return self._by_place[number]

    def characters(self, candidate: int) -> tuple[int, int]:
        number = int(self.text[candidate])
        return self.texts[number].characters(candidate - int(self.firsts[number]))

    def overlapping(self, candidate: int) -> Rows:
        """The candidates that share a token with this one, itself left out; those that differ by
        the fewest tokens first."""
        if candidate not in self._overlapping:
            number = self.text[candidate]
            near = np.arange(self.firsts[number], self.firsts[number + 1])
            start, end = self.start[candidate], self.end[candidate]
            shares = (self.start[near] < end) & (self.end[near] > start)
            near = near[shares & (near != candidate)]
            differ = np.abs(self.start[near] - start) + np.abs(self.end[near] - end)
            self._overlapping[candidate] = near[np.argsort(differ, kind="stable")]
        return self._overlapping[candidate]

    def dense(self, candidates: Rows) -> Floats:
        """float32[c, 5 * 384]: vectors of first and last token, their mean, before and after."""
        vectors = self.vectors
        start, end = self.start[candidates], self.end[candidates]
        length = end - start
        mean = dequantise(vectors[start])
        for place in range(1, int(length.max(initial=0))):
            inside = np.flatnonzero(place < length)
            mean[inside] += dequantise(vectors[start[inside] + place])
        mean /= length[:, None]
        before, after = self._before[candidates], self._after[candidates]
        around = [dequantise(vectors[row]) for row in (start, end - 1, before, after)]
        return np.concatenate([around[0], around[1], mean, around[2], around[3]], axis=1)

    def dense_scores(self, weights: Floats) -> Floats:
        """float32[n]: dense features of all candidates times weights float32[5 * 384]."""
        by_place = np.ascontiguousarray(weights.reshape(PLACES, -1).T) * np.float32(STEP)
        product = np.empty((len(self.vectors), PLACES), np.float32)
        for begin in range(0, len(product), _BLOCK):
            block = self.vectors[begin : begin + _BLOCK]
            product[begin : begin + _BLOCK] = block.astype(np.float32) @ by_place
        product[0] = 0.0
        sums = np.concatenate([[0.0], np.cumsum(product[:, 2], dtype=np.float64)])
        mean = (sums[self.end] - sums[self.start]) / (self.end - self.start)
        scores: Floats = (
            product[self.start, 0]
            + product[self.end - 1, 1]
            + mean.astype(np.float32)
            + product[self._before, 3]
            + product[self._after, 4]
        )
        return scores


def _stacked(parts: Sequence[NDArray[_T]], empty: tuple[int, ...], dtype: type[_T]) -> NDArray[_T]:
    return np.concatenate(parts) if parts else np.empty(empty, dtype)
