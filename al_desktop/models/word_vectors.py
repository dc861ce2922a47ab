"""What words mean: the mean of the encoder's vectors of a word in the texts where it stands.

Averaged over a text, these come near to the text's own vector (word embeddings "decontextualised"
from a contextual encoder: Bommasani et al. 2020), nearer than vectors of the words alone.
"""

from collections.abc import Callable, Generator, Iterator, Sequence

import numpy as np

from al_desktop.core.progress import Progress
from al_desktop.models.pipelines import blank_pipeline
from al_desktop.models.text_features import Floats

_TEXTS_AT_ONCE = 8
_WORDS_AT_ONCE = 64


Alone = Callable[[Sequence[str]], Floats]
"""float32[n, width]: vectors of words as if each were a text, of length 1."""
InContext = Callable[[Sequence[str], Sequence[Sequence[int]]], list[Floats]]
"""float32[words, width] for each text: vectors of the words that start at these characters; zeros
for words that were not read."""


class WordVectors:
    """Words are in lower case."""

    def __init__(self, alone: Alone) -> None:
        self._alone = alone
        self._sums: dict[str, Floats] = {}
        self._counts: dict[str, int] = {}

    def read(
        self, in_context: InContext, language: str, contents: Sequence[str]
    ) -> Iterator[Progress]:
        """Reads texts for what their words mean."""
        nlp = blank_pipeline(language)
        for start in range(0, len(contents), _TEXTS_AT_ONCE):
            part = contents[start : start + _TEXTS_AT_ONCE]
            docs = [nlp.make_doc(content) for content in part]
            found = in_context(part, [[token.idx for token in doc] for doc in docs])
            for doc, vectors in zip(docs, found, strict=True):
                for token, vector in zip(doc, vectors, strict=True):
                    self._add(token.lower_, vector)
            yield Progress("encoding words", start + len(part), len(contents))

    def of(self, words: Sequence[str]) -> Generator[Progress, None, Floats]:
        """Yields progress, then returns float32[words, width]: the vector of the word alone counts
        as much as one place in a text."""
        parts = []
        for start in range(0, len(words), _WORDS_AT_ONCE):
            parts.append(self._alone(words[start : start + _WORDS_AT_ONCE]))
            yield Progress("encoding words", start, len(words))
        vectors = np.concatenate(parts) * np.float32(self._mean_length())
        for row, word in enumerate(words):
            if word in self._sums:
                vectors[row] = (vectors[row] + self._sums[word]) / (1 + self._counts[word])
        return vectors

    def _add(self, word: str, vector: Floats) -> None:
        if vector.any():
            self._sums[word] = self._sums.get(word, np.float32(0)) + vector
            self._counts[word] = self._counts.get(word, 0) + 1

    def _mean_length(self) -> float:
        """Of the vectors in texts, as far as the means of words tell; 1 if none was read."""
        if not self._sums:
            return 1.0
        lengths = [np.linalg.norm(total) for total in self._sums.values()]
        return float(sum(lengths)) / sum(self._counts.values())
