"""What a model sees of a span: the vectors of its tokens and words around, and hashed words.

A candidate is a run of tokens. Its dense features are the vectors of five places: first token,
last token, mean of all, the token before and the token after. Its lexical features are indices
of a hash table: words, shapes, endings and neighbours (Weinberger et al. 2009).
"""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING
from zlib import crc32

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc

PLACES = 5
"""First, last, mean, before, after."""
AROUND = [4, 5, 6, 7, 11, 12]
"""The columns of lexical features that are of the words before and after alone."""
LAST_SHAPE = 10
"""The column of lexical features that says what shape the last word has."""
TABLE_BITS = 20
TABLE_SIZE = 1 << TABLE_BITS
"""Entries of the lexical hash table; entry 0 stands for "no feature" and always weighs 0."""

# Deviations beyond are clipped: single dimensions of rare word pieces reach far out.
_CLIP = 4.0
_SCALE = 127.0 / _CLIP
STEP = 1.0 / _SCALE
"""Of stored vectors, in standard deviations."""

_Words = NDArray[np.uint64]


class TokenScale:
    """Standardises layer-3 token vectors by fixed statistics and stores them as int8.

    The statistics are of English text once and for all, so a token's vector depends on its text
    alone and never on which texts were seen before.
    """

    def __init__(self, path: Path) -> None:
        """`path` holds float32[2, 384] (.npy): mean and standard deviation per dimension."""
        self._mean, self._deviation = np.load(path)

    def quantise(self, vectors: NDArray[np.float32]) -> NDArray[np.int8]:
        standard = np.clip((vectors - self._mean) / self._deviation, -_CLIP, _CLIP)
        quantised: NDArray[np.int8] = np.rint(standard * _SCALE).astype(np.int8)
        return quantised


def dequantise(vectors: NDArray[np.int8]) -> NDArray[np.float32]:
    """Standard deviations from the mean, -4 to 4."""
    return vectors.astype(np.float32) * np.float32(STEP)


def token_vectors(
    pieces: NDArray[np.float32], offsets: NDArray[np.int32], places: NDArray[np.int32]
) -> NDArray[np.float32]:
    """Mean over the word pieces that overlap each token.

    pieces   float32[p, 384]
    offsets  int32[p, 2], characters of the pieces, in order
    places   int32[t, 2], characters of the tokens, in order
    Returns float32[t, 384]; the mean of all pieces where none overlaps, such as white space.
    """
    width = pieces.shape[1]
    if not len(pieces):
        return np.zeros((len(places), width), np.float32)
    first = np.searchsorted(offsets[:, 1], places[:, 0], side="right")
    last = np.searchsorted(offsets[:, 0], places[:, 1], side="left")
    sums = np.zeros((len(pieces) + 1, width), np.float32)
    np.cumsum(pieces, axis=0, out=sums[1:])
    missing = last <= first
    first, last = np.where(missing, 0, first), np.where(missing, len(pieces), last)
    means: NDArray[np.float32] = (sums[last] - sums[first]) / (last - first)[:, None]
    return means


@dataclass(frozen=True, slots=True)
class TokenWords:
    """Hashes of the words of several documents, two empty places between documents.

    A token's row in these arrays is its place in all documents plus the document's `offset`.
    """

    lower: _Words
    shape: _Words
    ending: _Words
    beginning: _Words

    GAP = 2


def token_words(docs: Sequence["Doc"]) -> tuple[TokenWords, list[int]]:
    """The hashes, and each document's first row in them. Stable over runs and machines."""
    from spacy.attrs import LOWER, PREFIX, SHAPE, SUFFIX

    gap = np.zeros((TokenWords.GAP, 4), np.uint64)
    parts: list[NDArray[np.uint64]] = [gap]
    firsts, row = [], TokenWords.GAP
    for doc in docs:
        firsts.append(row)
        attributes = doc.to_array([LOWER, SHAPE, SUFFIX, PREFIX]).reshape(-1, 4)
        parts += [attributes.astype(np.uint64), gap]
        row += len(doc) + TokenWords.GAP
    lower, shape, ending, beginning = np.concatenate(parts).T
    return TokenWords(lower, shape, ending, beginning), firsts


def lexical_features(
    words: TokenWords, starts: NDArray[np.int64], ends: NDArray[np.int64], longest: int
) -> tuple[NDArray[np.uint32], _Words]:
    """Hash table indices uint32[c, k] of candidates given by rows `starts` to `ends` (exclusive)
    in `words`, and a hash uint64[c] of each one's surface without regard to case.

    k depends on `longest` alone: longer candidates show their first `longest` words.
    """
    length = ends - starts
    surface = _run_hash(words.lower, starts, ends)
    before, after, last = starts - 1, ends, ends - 1
    lower, shape = words.lower, words.shape
    columns = [
        surface,
        _run_hash(shape, starts, ends),
        lower[starts],
        lower[last],
        lower[before],
        lower[after],
        _mix(lower[before], lower[before - 1]),
        _mix(lower[after], lower[after + 1]),
        np.minimum(length, 12).astype(np.uint64),
        shape[starts],
        shape[last],
        shape[before],
        shape[after],
        words.ending[last],
        words.ending[starts],
        words.beginning[starts],
        _mix(lower[before], shape[starts]),
        _mix(lower[after], shape[last]),
    ]
    features = [_index(column, slot) for slot, column in enumerate(columns, start=1)]
    # Words within share one name wherever they stand.
    for place in range(longest):
        inside = place < length
        row = np.where(inside, starts + place, starts)
        features.append(np.where(inside, _index(lower[row], 0), 0).astype(np.uint32))
    return np.stack(features, axis=1), surface


def name_feature(name: str) -> int:
    """The table index of a feature known by a name of its own."""
    return crc32(name.encode()) % (TABLE_SIZE - 1) + 1


def _run_hash(hashes: _Words, starts: NDArray[np.int64], ends: NDArray[np.int64]) -> _Words:
    """One hash for the sequence of words of each candidate."""
    total = (ends - starts).astype(np.uint64)
    for place in range(int((ends - starts).max(initial=0))):
        inside = starts + place < ends
        row = np.where(inside, starts + place, starts)
        total = np.where(inside, _mix(total, hashes[row]), total)
    return total


def _mix(left: _Words, right: _Words) -> _Words:
    """Combines two hashes; order matters. Multiplication wraps, as is meant."""
    return (left * np.uint64(0x9E3779B97F4A7C15) + right) ^ (left >> np.uint64(29))


def _index(hashes: _Words, slot: int) -> NDArray[np.uint32]:
    """Table indices 1..TABLE_SIZE-1 for hashes under the name `slot` (splitmix64's finaliser)."""
    mixed = hashes + np.uint64(slot * 0x9E3779B97F4A7C15 % 2**64)
    mixed = (mixed ^ (mixed >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    mixed = (mixed ^ (mixed >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    mixed ^= mixed >> np.uint64(31)
    return (mixed % np.uint64(TABLE_SIZE - 1)).astype(np.uint32) + np.uint32(1)
