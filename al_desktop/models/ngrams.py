"""Words, pairs of words and pieces of words, hashed: what a text says literally.

All digits count as the same. Weights are tf-idf with logarithmic term frequency; rows have
length 1. No vocabulary is kept, so any language written in letters works and memory doesn't grow
with the pool.
"""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

BUCKETS = 1 << 18
MOST_NGRAMS = 128
"""Kept of a text; those that weigh least are left out."""
SHORTEST, LONGEST = 3, 5
"""Characters of the pieces of words; a word's piece may include the space before or behind it."""

_WORD = re.compile(r"\w+|[^\w\s]")
_DIGIT = re.compile(r"\d")
_MIX = np.uint64(0x9E3779B97F4A7C15)
_SPACE = ord(" ")


@dataclass(frozen=True, slots=True)
class NgramRows:
    """The n-grams of texts that weigh most, in rows of MOST_NGRAMS, the weightiest first.

    buckets   uint32[n, MOST_NGRAMS], below BUCKETS; 0 where a text has fewer
    values    float32[n, MOST_NGRAMS], each row of length 1; 0 where a text has fewer
    """

    buckets: NDArray[np.uint32]
    values: NDArray[np.float32]

    def __len__(self) -> int:
        return len(self.buckets)


class NgramHasher:
    """Rare n-grams weigh more: how rare is estimated once, from a few thousand texts."""

    def __init__(self, contents: Sequence[str]) -> None:
        counts = np.zeros(BUCKETS, np.float32)
        _, buckets, _ = _counted(contents)
        np.add.at(counts, buckets, 1)
        self.idf = (np.log((1 + len(contents)) / (1 + counts)) + 1).astype(np.float32)

    def rows(self, contents: Sequence[str]) -> NgramRows:
        texts, buckets, counts = _counted(contents)
        values = (1 + np.log(counts)).astype(np.float32) * self.idf[buckets]
        order = np.lexsort((-values, texts))
        starts = np.searchsorted(texts, np.arange(len(contents)))
        ranks = np.arange(len(texts)) - starts[texts]
        kept = ranks < MOST_NGRAMS
        place = texts[kept], ranks[kept]
        rows = NgramRows(
            np.zeros((len(contents), MOST_NGRAMS), np.uint32),
            np.zeros((len(contents), MOST_NGRAMS), np.float32),
        )
        rows.buckets[place] = buckets[order][kept]
        rows.values[place] = values[order][kept]
        rows.values[:] /= np.linalg.norm(rows.values, axis=1, keepdims=True)
        return rows


def _counted(
    contents: Sequence[str],
) -> tuple[NDArray[np.int64], NDArray[np.uint32], NDArray[np.int64]]:
    """Text number, bucket and count of all different n-grams, by text and bucket."""
    found: list[NDArray[np.uint64]] = []
    for number, content in enumerate(contents):
        text = _DIGIT.sub("0", unicodedata.normalize("NFKC", content).lower())
        hashes = np.concatenate((_pieces(text), _words(text), _ONE))
        found.append(hashes % np.uint64(BUCKETS) | np.uint64(number << 32))
    if not found:
        return np.empty(0, np.int64), np.empty(0, np.uint32), np.empty(0, np.int64)
    both, counts = np.unique(np.concatenate(found), return_counts=True)
    return (
        (both >> np.uint64(32)).astype(np.int64),
        (both & np.uint64(0xFFFFFFFF)).astype(np.uint32),
        counts,
    )


# Every text has this n-gram, so that no row is without length.
_ONE = np.ones(1, np.uint64)


def _code_points(text: str) -> NDArray[np.uint64]:
    return np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32).astype(np.uint64)


def _pieces(text: str) -> NDArray[np.uint64]:
    """Hashes of all pieces of words: windows with no space but at their ends."""
    points = _code_points(f" {' '.join(text.split())} ")
    spaces = np.concatenate(([0], np.cumsum(points == _SPACE)))
    hashes = points
    found: list[NDArray[np.uint64]] = []
    for length in range(2, LONGEST + 1):
        hashes = _mixed(hashes[:-1]) + points[length - 1 :]
        if length >= SHORTEST and len(hashes):
            inner = spaces[length - 1 : len(points)] - spaces[1 : len(points) - length + 2]
            found.append(_mixed(hashes[inner == 0] + np.uint64(length)))
    return np.concatenate(found) if found else np.empty(0, np.uint64)


def _words(text: str) -> NDArray[np.uint64]:
    """Hashes of all words and signs and of all pairs of neighbours."""
    words = _WORD.findall(text)
    if not words:
        return np.empty(0, np.uint64)
    points = _code_points("".join(words))
    lengths = np.fromiter(map(len, words), np.int64, len(words))
    starts = np.concatenate(([0], np.cumsum(lengths)[:-1]))
    place = (np.arange(len(points)) - np.repeat(starts, lengths)).astype(np.uint64)
    single = _mixed(np.add.reduceat(_mixed(points + _mixed(place + np.uint64(1))), starts))
    return np.concatenate((single, _mixed(_mixed(single[:-1]) + single[1:])))


def _mixed(values: NDArray[np.uint64]) -> NDArray[np.uint64]:
    """Spreads the bits of each value (multiplication modulo 2**64, high bits folded down)."""
    product = values * _MIX
    return product ^ (product >> np.uint64(29))
