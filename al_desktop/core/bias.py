"""How what was labelled differs from the texts it was taken from."""

import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from math import log, sqrt

_WORD = re.compile(r"\w{3,}")
_LENGTHS = (50, 100, 200, 400, 800, 1600)
_MOST_WORDS = 20
_FEWEST_TEXTS = 5


@dataclass(frozen=True, slots=True)
class Share:
    """Of one group of texts, such as a length or a source: its share, 0..1, among the labelled
    texts and among all."""

    group: str
    labelled: float
    pool: float


@dataclass(frozen=True, slots=True)
class Word:
    """A word and the share of labelled and of all texts that hold it. `surprise` is the signed
    root of its log-likelihood ratio (Dunning 1993): beyond 3 is no chance; below 0 the word is
    rarer in what was labelled."""

    word: str
    labelled: float
    pool: float
    surprise: float


@dataclass(frozen=True, slots=True)
class BiasReport:
    """never_asked   groups of the pool, lengths and sources, of which no text was asked about"""

    lengths: tuple[Share, ...]
    sources: tuple[Share, ...]
    words: tuple[Word, ...]
    never_asked: tuple[str, ...]


def bias_report(
    pool: Sequence[str],
    sources: Sequence[str],
    labelled: Sequence[int],
) -> BiasReport:
    """Compares labelled texts with all.

    pool       contents of the texts, or of a random part of them that holds the labelled ones
    sources    of the same texts
    labelled   positions in `pool`, each once
    """
    lengths = [_length(content) for content in pool]
    by_length = _shares(lengths, labelled, [_length("x" * size) for size in (0, *_LENGTHS)])
    by_source = _shares(list(sources), labelled, sorted(set(sources)))
    never = [
        share.group
        for share in (*by_length, *by_source)
        if share.labelled == 0 and share.pool * len(pool) >= _FEWEST_TEXTS
    ]
    return BiasReport(by_length, by_source, _words(pool, labelled), tuple(never))


def _length(content: str) -> str:
    bound = bisect_right(_LENGTHS, len(content))
    low = _LENGTHS[bound - 1] if bound else 0
    if bound == len(_LENGTHS):
        return f"{low} characters and more"
    return f"{low} to {_LENGTHS[bound] - 1} characters"


def _shares(
    groups: Sequence[str], labelled: Sequence[int], order: Sequence[str]
) -> tuple[Share, ...]:
    everywhere = Counter(groups)
    here = Counter(groups[position] for position in labelled)
    return tuple(
        Share(
            group,
            here[group] / max(len(labelled), 1),
            everywhere[group] / max(len(groups), 1),
        )
        for group in order
        if everywhere[group]
    )


def _words(pool: Sequence[str], labelled: Sequence[int]) -> tuple[Word, ...]:
    holding = [set(_WORD.findall(content.lower())) for content in pool]
    everywhere = Counter(word for words in holding for word in words)
    here = Counter(word for position in labelled for word in holding[position])
    asked, texts = len(labelled), len(pool)
    if not 0 < asked < texts:
        return ()
    found = [
        Word(
            word,
            here[word] / asked,
            count / texts,
            _surprise(here[word], asked, count - here[word], texts - asked),
        )
        for word, count in everywhere.items()
        if count >= _FEWEST_TEXTS
    ]
    found.sort(key=lambda word: (-abs(word.surprise), word.word))
    return tuple(found[:_MOST_WORDS])


def _surprise(here: int, asked: int, elsewhere: int, others: int) -> float:
    def likelihood(count: int, total: int, share: float) -> float:
        terms = ((count, share), (total - count, 1.0 - share))
        return sum(number * log(part) for number, part in terms if number)

    together = (here + elsewhere) / (asked + others)
    ratio = 2.0 * (
        likelihood(here, asked, here / asked)
        + likelihood(elsewhere, others, elsewhere / others)
        - likelihood(here, asked, together)
        - likelihood(elsewhere, others, together)
    )
    root = sqrt(max(ratio, 0.0))
    return root if here / asked >= together else -root
