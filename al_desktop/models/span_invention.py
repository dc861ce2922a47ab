"""Sentences made up from those of the pool, with words exchanged for like ones and misspelt ones.

The scorer says what they hold, so a recogniser distilled from few texts learns what it makes of
words that none of them had.
"""

from collections.abc import Sequence
from typing import TYPE_CHECKING

import numpy as np
from numpy.typing import NDArray

if TYPE_CHECKING:
    from spacy.tokens import Doc, Span

    from al_desktop.models.span_training import LabelledText

Floats = NDArray[np.float32]

MOST_TOKENS = 30_000
"""Made up in all; never more than the texts have."""
LIKE = 20
"""A word is exchanged for one of so many."""
INSIDE, OUTSIDE, STOP_WORD = 0.6, 0.15, 0.3
"""Share of the words exchanged inside of spans and outside; of stop words so much of that."""
MISSPELT = 0.3
FEWEST_TOKENS = 3
_WITH_SPAN, _WITH_DOUBT, _WITHOUT = 3.0, 2.0, 0.5
"""How often a sentence is taken: for a span, and for a second one as often again."""
_ENDS = frozenset(".!?。！？؟")
_AT_ONCE = 256
_Like = dict[str, list[str]]


def invent(
    texts: "Sequence[LabelledText]",
    docs: "Sequence[Doc]",
    words: Sequence[str],
    vectors: Floats,
    random: np.random.Generator,
) -> list[str]:
    """Each once; none where no sentence has a word that is like others.

    docs     of the texts
    words    in lower case, with float32[n, d] vectors
    """
    like = _like({t.lower_ for doc in docs for t in doc if t.is_alpha}, words, vectors)
    if not like:
        return []
    sentences = [
        (text, doc[start:end])
        for text, doc in zip(texts, docs, strict=True)
        for start, end in _sentences(doc)
    ]
    weights = np.array([_weight(text, part.start_char, part.end_char) for text, part in sentences])
    wanted = min(sum(map(len, docs)), MOST_TOKENS)
    seen = {part.text.strip() for _, part in sentences}
    made: list[str] = []
    tokens = 0
    for number in random.choice(len(sentences), wanted, p=weights / weights.sum()).tolist():
        text, part = sentences[number]
        content = _exchanged(text, part, like, random)
        if content and content not in seen:
            seen.add(content)
            made.append(content)
            tokens += len(part)
            if tokens >= wanted:
                break
    return made


def _sentences(doc: "Doc") -> list[tuple[int, int]]:
    """Where they start and end, the rest of the text among them; short ones go with the next."""
    found = []
    start = 0
    for token in doc:
        end = token.i + 1
        ends = token.text in _ENDS or "\n" in token.text
        if end == len(doc) or (ends and end - start >= FEWEST_TOKENS):
            found.append((start, end))
            start = end
    return found


def _weight(text: "LabelledText", start: int, end: int) -> float:
    spans = sum(first < end and start < last for first, last, _ in text.spans)
    if spans:
        return _WITH_SPAN * min(spans, 2)
    doubt = any(first < end and start < last for first, last in text.unsure)
    return _WITH_DOUBT if doubt else _WITHOUT


def _exchanged(text: "LabelledText", part: "Span", like: _Like, random: np.random.Generator) -> str:
    marked = [*((start, end) for start, end, _ in text.spans), *text.unsure]
    made = ""
    for token in part:
        inside = any(start <= token.idx < end for start, end in marked)
        share = (INSIDE if inside else OUTSIDE) * (STOP_WORD if token.is_stop else 1.0)
        others = like.get(token.lower_)
        word = token.text
        if others and random.random() < share:
            word = others[int(random.integers(len(others)))]
            if random.random() < MISSPELT:
                word = _misspelt(word, others, random)
            if token.is_upper and len(token) > 1:
                word = word.upper()
            elif token.is_title:
                word = word.capitalize()
        made += word + token.whitespace_
    return made.strip()


def _misspelt(word: str, others: Sequence[str], random: np.random.Generator) -> str:
    """With the end of another word, or a letter missing, twice or wrong."""
    if len(word) <= FEWEST_TOKENS:
        return word
    cut = int(random.integers(1, len(word) - 1))
    other = others[int(random.integers(len(others)))]
    ends = (
        word[: cut + 1] + other[len(other) // 2 :],
        word[:cut] + word[cut + 1 :],
        word[:cut] + word[cut] + word[cut:],
        word[:cut] + other[0] + word[cut + 1 :],
    )
    return ends[int(random.choice(4, p=(0.6, 0.15, 0.15, 0.1)))]


def _like(wanted: set[str], words: Sequence[str], vectors: Floats) -> _Like:
    """For each wanted word, those whose vectors point the most in the same direction."""
    known = [i for i, word in enumerate(words) if word.isalpha()]
    names = [words[i] for i in known]
    size = np.linalg.norm(vectors[known], axis=1, keepdims=True)
    directions = vectors[known] / np.maximum(size, 1e-12)
    rows = [row for row, name in enumerate(names) if name in wanted]
    count = min(LIKE, len(names) - 1)
    found: _Like = {}
    for start in range(0, len(rows) if count > 0 else 0, _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        alike = directions[some] @ directions.T
        alike[np.arange(len(some)), some] = -np.inf
        nearest = np.argpartition(-alike, count - 1, axis=1)[:, :count]
        for row, others in zip(some, nearest.tolist(), strict=True):
            found[names[row]] = [names[other] for other in others]
    return found
