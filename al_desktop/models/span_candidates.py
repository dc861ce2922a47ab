"""Candidates: runs of tokens that might be what is looked for."""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc

_Flags = NDArray[np.bool_]


def word_sequences(doc: "Doc", longest: int) -> NDArray[np.int32]:
    """int32[c, 2]: token start and end (exclusive) of all sequences of 1 to `longest` tokens
    that begin and end like a phrase and hold no line break; ordered by start, then end.

    No phrase begins or ends with punctuation ("#" may begin one), a link or a lower-case stop
    word, unless that word is a number.
    """
    begins, ends, breaks = _edges(doc)
    total = len(doc)
    found = []
    broken = np.concatenate([[0], np.cumsum(breaks)])
    for length in range(1, min(longest, total) + 1):
        start = np.arange(total - length + 1)
        end = start + length
        fits = begins[start] & ends[end - 1] & (broken[end] == broken[start])
        found.append(np.stack([start[fits], end[fits]], axis=1))
    return in_order(np.concatenate(found)) if found else np.empty((0, 2), np.int32)


def in_order(spans: "NDArray[np.int64] | NDArray[np.int32]") -> NDArray[np.int32]:
    """Unique spans by start, then end."""
    return np.unique(spans.astype(np.int32), axis=0) if len(spans) else np.empty((0, 2), np.int32)


def token_places(doc: "Doc") -> NDArray[np.int32]:
    """int32[t, 2]: first and last (exclusive) character of each token."""
    from spacy.attrs import LENGTH

    starts = np.fromiter((token.idx for token in doc), np.int32, len(doc))
    lengths = doc.to_array([LENGTH]).reshape(-1).astype(np.int32)
    return np.stack([starts, starts + lengths], axis=1)


def tokens_of(
    places: NDArray[np.int32], characters: Sequence[tuple[int, int]]
) -> list[tuple[int, int] | None]:
    """Token start and end of each character span; None where it cuts through a token."""
    starts = {int(start): token for token, start in enumerate(places[:, 0])}
    ends = {int(end): token + 1 for token, end in enumerate(places[:, 1])}
    found: list[tuple[int, int] | None] = []
    for first, last in characters:
        start, end = starts.get(first), ends.get(last)
        fits = start is not None and end is not None and start < end
        found.append((start, end) if fits and start is not None and end is not None else None)
    return found


def _edges(doc: "Doc") -> tuple[_Flags, _Flags, _Flags]:
    """Which tokens may begin a phrase, may end one, and may not be within one."""
    from spacy.attrs import IS_LOWER, IS_STOP, LIKE_NUM, LIKE_URL

    stop, is_lower, number, link = (
        doc.to_array([IS_STOP, IS_LOWER, LIKE_NUM, LIKE_URL]).reshape(-1, 4).astype(bool).T
    )
    texts = [token.text for token in doc]
    word = np.fromiter((any(map(str.isalnum, text)) for text in texts), bool, len(texts))
    hash_sign = np.fromiter((text == "#" for text in texts), bool, len(texts))
    line_break = np.fromiter(("\n" in text for text in texts), bool, len(texts))
    fits = word & ~link & ~(stop & is_lower & ~number)
    return fits | hash_sign, fits, line_break
