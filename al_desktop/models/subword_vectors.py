"""Word vectors that spaCy reads without this program, of any word whatever: each is a mean of
vectors of the word and of its pieces, hashed into one table (Bojanowski et al. 2017; spaCy calls
this "floret"). The table is not learned from text but fitted to an encoder's vectors of words, so
that a pipeline knows a word it never saw by what the encoder would say of it.
"""

from collections.abc import Generator, Iterable, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.progress import Progress

if TYPE_CHECKING:
    from spacy.strings import StringStore
    from spacy.tokens import Doc
    from spacy.vectors import Vectors

Floats = NDArray[np.float32]

ROWS = 50_000
SHORTEST, LONGEST = 3, 5
"""Characters of the pieces, with a mark at either end of the word."""
DIMENSIONS = 96
PENALTY = 0.01
MOST_COUNTED = 9.0
"""A word of the pool counts once more for each time it stands there, so many times at most."""
STEPS = 15
_ROWS_AT_ONCE = 4000


def fit_vectors(
    strings: "StringStore", words: Sequence[str], counts: Floats, vectors: Floats
) -> "Generator[Progress, None, Vectors]":
    """Yields progress, then returns the table; what it says goes by words in lower case.

    words    in lower case, each once
    counts   float32[n], how often each is used
    vectors  float32[n, d], what each should come out as
    """
    from spacy.vectors import Vectors

    table = Vectors(
        strings=strings,
        data=np.zeros((ROWS, vectors.shape[1]), np.float32),
        name="words",
        mode="floret",
        minn=SHORTEST,
        maxn=LONGEST,
        hash_count=1,
        attr="LOWER",
    )
    pieces = _Pieces(table, words)
    weights = (1.0 + np.minimum(counts, MOST_COUNTED)).astype(np.float32)[:, None]
    # Conjugate gradients on the normal equations, all dimensions together.
    solution = np.zeros_like(table.data)
    residual: Floats = pieces.gather(weights * vectors)
    direction = residual.copy()
    squared = float(np.vdot(residual, residual))
    for step in range(STEPS):
        yield Progress("fitting words", step, STEPS)
        image = pieces.gather(weights * pieces.means(direction)) + np.float32(PENALTY) * direction
        size = np.float32(squared / max(float(np.vdot(direction, image)), 1e-30))
        solution += size * direction
        residual -= size * image
        new = float(np.vdot(residual, residual))
        direction = residual + np.float32(new / max(squared, 1e-30)) * direction
        squared = new
    table.data = solution
    return table


def looked_up(table: "Vectors", docs: "Iterable[Doc]") -> "Vectors":
    """The vectors of the words of these texts as a plain table: found many times faster."""
    from spacy.vectors import Vectors

    lower = {token.orth: token.lower for doc in docs for token in doc}
    data = table.get_batch(list(lower.values()))
    return Vectors(strings=table.strings, data=data, keys=list(lower), name=table.name)


def main_directions(vectors: Floats, counts: Floats) -> Floats:
    """float32[n, DIMENSIONS]: the vectors of words used so often along the directions in which
    they differ most, with a mean square of 1."""
    weights = np.sqrt(counts) + np.float32(0.05)
    share = (weights / weights.sum())[:, None]
    centred = vectors - (share * vectors).sum(axis=0)
    _, directions = np.linalg.eigh(centred.T @ (share * centred))
    turned = centred @ directions[:, ::-1][:, :DIMENSIONS]
    size = np.sqrt((share * turned**2).sum() / turned.shape[1])
    result: Floats = (turned / max(float(size), 1e-12)).astype(np.float32)
    return result


class _Pieces:
    """The matrix that turns a table into the vectors of these words, and its transpose."""

    def __init__(self, table: Any, words: Sequence[str]) -> None:
        rows = [
            [
                code % ROWS
                for piece in table._get_ngrams(word)
                for code in table._get_ngram_hashes(piece)
            ]
            for word in words
        ]
        self._row = np.array([row for each in rows for row in each], np.int32)
        lengths = [len(each) for each in rows]
        self._length = np.array(lengths, np.float32)[:, None]
        self._first = np.cumsum([0, *lengths])
        order = np.argsort(self._row, kind="stable")
        self._word = np.repeat(np.arange(len(words), dtype=np.int32), lengths)[order]
        self._used, begin = np.unique(self._row[order], return_index=True)
        self._begin = np.append(begin, len(order))

    def means(self, table: Floats) -> Floats:
        """float32[words, d]"""
        means: Floats = _sums(table, self._row, self._first) / self._length
        return means

    def gather(self, words: Floats) -> Floats:
        """float32[ROWS, d]: the transpose of `means`."""
        result = np.zeros((ROWS, words.shape[1]), np.float32)
        result[self._used] = _sums(words / self._length, self._word, self._begin)
        return result


def _sums(source: Floats, index: NDArray[np.int32], bounds: NDArray[np.int64]) -> Floats:
    """The sums of the rows source[index] from each bound to the next, a few at a time."""
    sums = np.empty((len(bounds) - 1, source.shape[1]), np.float32)
    for start in range(0, len(sums), _ROWS_AT_ONCE):
        end = min(start + _ROWS_AT_ONCE, len(sums))
        first, last = int(bounds[start]), int(bounds[end])
        np.add.reduceat(
            source[index[first:last]], bounds[start:end] - first, axis=0, out=sums[start:end]
        )
    return sums
