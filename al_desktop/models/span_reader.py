"""Reads texts into what is needed to ask about their spans and to score them."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray
from spacy.tokens import Doc

from al_desktop.core.configuration import Configuration
from al_desktop.models.encoder import PieceEncoder
from al_desktop.models.patterns import PatternMatcher
from al_desktop.models.pipelines import BaseProposer, Proposal, blank_pipeline, load_pipeline
from al_desktop.models.span_candidates import in_order, token_places, tokens_of, word_sequences
from al_desktop.models.span_features import (
    TokenScale,
    dequantise,
    lexical_features,
    name_feature,
    token_vectors,
    token_words,
)
from al_desktop.models.token_cache import TokenCache

WORDS_AT_ONCE = 64
"""Single words encoded in one run."""


@dataclass(frozen=True, slots=True)
class SpanText:
    """A text with its candidates.

    places     int32[t, 2], characters of the tokens
    vectors    int8[t, 384], standardised layer-3 vectors of the tokens
    spans      int32[c, 2], token start and end (exclusive) of the candidates, in order
    surfaces   uint64[c], a hash of each candidate's words without regard to case
    lexical    uint32[c, k], hash table indices
    base       float32[c, labels], the base pipeline's probability that the candidate has each
               label; 0 where it doesn't propose it
    matched    words on the term or pattern that matches, by candidate and label
    """

    key: str
    places: NDArray[np.int32]
    vectors: NDArray[np.int8]
    spans: NDArray[np.int32]
    surfaces: NDArray[np.uint64]
    lexical: NDArray[np.uint32]
    base: NDArray[np.float32]
    matched: dict[tuple[int, int], str]

    def characters(self, candidate: int) -> tuple[int, int]:
        start, end = self.spans[candidate]
        return int(self.places[start, 0]), int(self.places[end - 1, 1])


class SpanReader:
    """Tokenises, matches, proposes and encodes, all with frozen models."""

    def __init__(
        self,
        configuration: Configuration,
        encoder: PieceEncoder,
        scale: TokenScale,
        cache: TokenCache,
    ) -> None:
        """Loads the project's pipelines. Raises KnownError where one or a pattern is unfit."""
        self._proposer = (
            BaseProposer(load_pipeline(configuration.base)) if configuration.base else None
        )
        self.nlp = self._proposer.nlp if self._proposer else blank_pipeline(configuration.language)
        self.longest = configuration.longest_span
        """Of word sequences, in tokens; may be raised. Texts read before keep what they have."""
        self._matcher = PatternMatcher(self.nlp, configuration.labels)
        self._encoder = encoder
        self._scale = scale
        self._cache = cache
        self._label_columns = {label.key: i for i, label in enumerate(configuration.labels)}
        # A base's label is the project's label of the same name, whatever the case.
        self._base_columns = {
            label.name.casefold(): i for i, label in enumerate(configuration.labels)
        }

    @property
    def has_base(self) -> bool:
        return self._proposer is not None

    @property
    def has_patterns(self) -> bool:
        return len(self._matcher) > 0

    def matching(self, contents: Sequence[str]) -> list[bool]:
        """Whether a term or pattern matches each text; much faster than reading it."""
        return [bool(self._matcher.matches(self.nlp.make_doc(content))) for content in contents]

    def read(
        self,
        keys: Sequence[str],
        contents: Sequence[str],
        also: Sequence[Sequence[tuple[int, int]]] | None = None,
        longest: int | None = None,
        cached: bool = True,
    ) -> list[SpanText]:
        """Each text with its candidates; those given in `also`, in characters, among them.

        longest  tokens of a word sequence, if not the reader's own
        cached   whether the vectors are kept for the next time
        """
        longest = longest or self.longest
        docs = [self.nlp.make_doc(content) for content in contents]
        proposals = self._proposer.propose(docs) if self._proposer else [[] for _ in docs]
        places = [token_places(doc) for doc in docs]
        vectors = (
            self._vectors(keys, contents, places) if cached else self._encoded(contents, places)
        )
        matches = [self._matches(doc, place) for doc, place in zip(docs, places, strict=True)]
        spans = [
            self._candidates(
                doc,
                [*match, *_known(tokens_of(place, also[i] if also else ()))],
                proposed,
                longest,
            )
            for i, (doc, place, match, proposed) in enumerate(
                zip(docs, places, matches, proposals, strict=True)
            )
        ]
        words, firsts = token_words(docs)
        rows = np.concatenate(
            [span.astype(np.int64) + first for span, first in zip(spans, firsts, strict=True)]
            or [np.empty((0, 2), np.int64)]
        )
        lexical, surfaces = lexical_features(words, rows[:, 0], rows[:, 1], longest)
        texts, begin = [], 0
        for i, key in enumerate(keys):
            end = begin + len(spans[i])
            number = {(int(s), int(e)): c for c, (s, e) in enumerate(spans[i])}
            texts.append(
                SpanText(
                    key,
                    places[i],
                    vectors[i],
                    spans[i],
                    surfaces[begin:end],
                    np.concatenate(
                        [lexical[begin:end], _said_by_base(number, proposals[i])], axis=1
                    ),
                    self._base(number, proposals[i]),
                    {
                        (number[span], column): said
                        for span, found in matches[i].items()
                        for column, said in found.items()
                    },
                )
            )
            begin = end
        return texts

    def word_vectors(self, words: Sequence[str]) -> NDArray[np.float32]:
        """float32[n, 384]: what the encoder makes of each word alone, standardised."""
        means = [
            token_vectors(text.pieces, text.offsets, np.array([[0, len(word)]], np.int32))
            for word, text in zip(words, self._encoder.encode(words, WORDS_AT_ONCE), strict=True)
        ]
        return dequantise(self._scale.quantise(np.concatenate(means)))

    def _candidates(
        self,
        doc: Doc,
        given: Sequence[tuple[int, int]],
        proposals: Sequence[Proposal],
        longest: int,
    ) -> NDArray[np.int32]:
        named = [*given, *((proposal.start, proposal.end) for proposal in proposals)]
        sequences = word_sequences(doc, longest)
        if not named:
            return sequences
        return in_order(np.concatenate([sequences, np.array(named, np.int32)]))

    def _matches(
        self, doc: Doc, places: NDArray[np.int32]
    ) -> dict[tuple[int, int], dict[int, str]]:
        found: dict[tuple[int, int], dict[int, str]] = {}
        matches = self._matcher.matches(doc)
        tokens = tokens_of(places, [(span.start, span.end) for span, _ in matches])
        for (span, words), place in zip(matches, tokens, strict=True):
            if place is not None:
                found.setdefault(place, {})[self._label_columns[span.label]] = words
        return found

    def _base(
        self, number: dict[tuple[int, int], int], proposals: Sequence[Proposal]
    ) -> NDArray[np.float32]:
        base = np.zeros((len(number), len(self._label_columns)), np.float32)
        for proposal in proposals:
            column = self._base_columns.get(proposal.label.casefold())
            if column is not None:
                base[number[proposal.start, proposal.end], column] = proposal.probability
        return base

    def _vectors(
        self,
        keys: Sequence[str],
        contents: Sequence[str],
        places: Sequence[NDArray[np.int32]],
    ) -> list[NDArray[np.int8]]:
        cached = self._cache.get_many(keys)
        missing = [
            i for i, rows in enumerate(cached) if rows is None or len(rows) != len(places[i])
        ]
        encoded = self._encoded([contents[i] for i in missing], [places[i] for i in missing])
        fresh = dict(zip(missing, encoded, strict=True))
        self._cache.put_many([keys[i] for i in missing], list(fresh.values()))
        return [fresh[i] if i in fresh else _present(rows) for i, rows in enumerate(cached)]

    def _encoded(
        self, contents: Sequence[str], places: Sequence[NDArray[np.int32]]
    ) -> list[NDArray[np.int8]]:
        """int8[t, 384] of the tokens of each text."""
        return [
            self._scale.quantise(token_vectors(text.pieces, text.offsets, each))
            for text, each in zip(self._encoder.encode(contents), places, strict=True)
        ]


def _said_by_base(
    number: dict[tuple[int, int], int], proposals: Sequence[Proposal]
) -> NDArray[np.uint32]:
    """uint32[c, 1]: the table index of the label a base gives a candidate most likely, and how
    sure it is of it. A base's own labels tell other labels' spans from the rest, too."""
    best: dict[int, Proposal] = {}
    for proposal in proposals:
        candidate = number[proposal.start, proposal.end]
        if candidate not in best or best[candidate].probability < proposal.probability:
            best[candidate] = proposal
    said = np.zeros((len(number), 1), np.uint32)
    for candidate, proposal in best.items():
        said[candidate] = name_feature(f"{proposal.label} {proposal.probability >= 0.5}")
    return said


def _known(tokens: Sequence[tuple[int, int] | None]) -> list[tuple[int, int]]:
    return [span for span in tokens if span is not None]


def _present(rows: NDArray[np.int8] | None) -> NDArray[np.int8]:
    assert rows is not None
    return rows
