"""Is this text about LABEL? Asked where a model of the label, fit to all answers, is in doubt."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.gold import Gold
from al_desktop.core.judging import Judged
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import TextPool
from al_desktop.core.questions import Answer, Asked, Question, Selection, Span
from al_desktop.core.sampling import RANDOM, Pick, check_strategy, fair_turns, highest, select
from al_desktop.models.answered_texts import AnsweredTexts, told
from al_desktop.models.encoder import Encoder
from al_desktop.models.first_texts import first_texts
from al_desktop.models.logistic import log_odds, sigmoid
from al_desktop.models.multilingual import MultilingualEncoder
from al_desktop.models.near_copies import NearCopies
from al_desktop.models.open_model import OpenModel
from al_desktop.models.term_scan import TermScan
from al_desktop.models.text_features import EXACT, TextFeatures
from al_desktop.models.text_model import TextModel
from al_desktop.models.text_pool import PoolFeatures, SentenceEncoder
from al_desktop.models.vector_cache import VectorCache
from al_desktop.paths import resources

START = "start"
"""The strategy before there is a model."""
MOST_COPIES = 1000
"""After so many picks near copies are asked after all."""
MOST_IMPLIED = 200
"""Rejects of a label that follow from accepts of labels it excludes."""


def build(
    configuration: Configuration,
    pool: TextPool,
    cache: Path,
    encoder: SentenceEncoder | None = None,
) -> "TextLearner":
    """Loads the encoder, where none is given; reads a few thousand texts of the pool.

    Raises KnownError for an unknown strategy, a wrong pattern and a damaged encoder.
    """
    check_strategy(configuration.strategy)
    terms = TermScan(configuration.labels, configuration.language)
    encoder = encoder or sentence_encoder(configuration.language)
    vectors = VectorCache(cache, encoder.name, encoder.width)
    texts = PoolFeatures(pool, encoder, vectors, terms, configuration.seed)
    named = encoder.sentences([_described(label) for label in configuration.labels])
    return TextLearner(configuration, texts, terms, named)


def sentence_encoder(language: str) -> SentenceEncoder:
    """The best there is for a language. Raises KnownError when its files are damaged."""
    if MultilingualEncoder.serves(language):
        return MultilingualEncoder()
    return Encoder.load(resources() / "encoder" / "vocab.txt")


class TextLearner:
    """A Learner of text labels. Texts get features one after the other, in `step`."""

    def __init__(
        self,
        configuration: Configuration,
        texts: PoolFeatures,
        terms: TermScan,
        named: NDArray[np.float32],
    ) -> None:
        """`named` holds a sentence vector of each label's name and description."""
        self._configuration = configuration
        self._texts = texts
        self._terms = terms
        keys = [label.key for label in configuration.labels]
        self._named = dict(zip(keys, named, strict=True))
        self._models = {key: TextModel(texts.features) for key in keys}
        self._answered = AnsweredTexts(texts, keys)
        self._to_judge: list[TextFeatures] = []
        self._model_version = 0
        self._answers = 0
        self._work = texts.steps()

    @property
    def model_version(self) -> int:
        return self._model_version

    def step(self) -> Progress | None:
        """Answered texts first of all: what is fit to more of them is a better model at once."""
        if not self._answered.is_waiting:
            return next(self._work, None)
        if self._answered.prepare_some():
            self._fit()
        return self._texts.progress()

    def learn(
        self, answers: Sequence[tuple[Question, Answer]], gold: Sequence[tuple[str, Gold]] = ()
    ) -> None:
        answers = [*told(gold), *answers]  # of two about the same question the latter counts
        positions = self._texts.positions_of([question.text_key for question, _ in answers])
        by_label: dict[str, dict[int, Answer]] = {key: {} for key in self._models}
        for (question, answer), position in zip(answers, positions, strict=True):
            if position >= 0 and question.start is None and question.label in by_label:
                by_label[question.label][position] = answer
        self._answered.take(by_label)
        self._answers = len(answers)
        self._fit()

    def ask(self, count: int, pinned: str | None = None) -> list[Asked]:
        answers = {
            key: self._answered.count(key)
            for key in self._models
            if pinned is None or key == pinned
        }
        turns = fair_turns(answers, count)
        by_label = {
            key: iter(self._ask_about(key, turns.count(key))) for key in dict.fromkeys(turns)
        }
        in_turn = (next(by_label[key], None) for key in turns)
        return [asked for asked in in_turn if asked is not None]

    def predict(self, contents: Sequence[str]) -> list[list[Span]]:
        self._learn_from_all()
        found: list[list[Span]] = [[] for _ in contents]
        keys = list(self.cuts())
        if not keys or not contents:
            return found
        shifted = self.shifted(contents)
        accepted = shifted >= 0.5
        if self._configuration.exclusive:
            accepted &= shifted == shifted.max(axis=1, keepdims=True)
        for row, column in np.argwhere(accepted).tolist():
            found[row].append(Span(0, len(contents[row]), keys[column]))
        return found

    def scores(self, contents: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """float32[n] probability of accept of these texts, for each label that has a model."""
        fits = {key: model.fit for key, model in self._models.items() if model.fit is not None}
        parts: dict[str, list[NDArray[np.float32]]] = {key: [] for key in fits}
        for start in range(0, len(contents), EXACT):
            features = self._texts.features_of(contents[start : start + EXACT])
            for key, fit in fits.items():
                parts[key].append(sigmoid(features.odds(fit.weights)))
        return {key: np.concatenate(found) for key, found in parts.items() if found}

    def positions_of(self, keys: Sequence[str]) -> list[int]:
        """Positions of texts in the pool by key; -1 for those that are not in it."""
        return self._texts.positions_of(keys)

    def cuts(self) -> dict[str, float]:
        """The log-odds from which a text is given a label, for each label that has a model."""
        return {key: model.cut() for key, model in self._models.items() if model.fit is not None}

    def shifted(self, contents: Sequence[str]) -> NDArray[np.float32]:
        """float32[texts, labels that have a model] probabilities, shifted so that a text is given
        a label from 0.5 on."""
        scores = self.scores(contents)
        columns = [
            sigmoid(log_odds(scores[key]) - np.float32(cut)) for key, cut in self.cuts().items()
        ]
        return np.stack(columns, axis=1)

    def word_vectors(self, words: Sequence[str]) -> NDArray[np.float32]:
        """float32[n, width]: what the encoder makes of each word alone."""
        return self._texts.vectors_of(words)

    def worth_teaching(self, most: int, likely: int, seed: int) -> list[int]:
        """Positions of up to `most` texts to train another model on: those answered, for each
        label the `likely` likeliest to have it, and others by lot."""
        chosen: dict[int, None] = {}
        for model in self._models.values():
            slots = list(model.answers)
            if model.fit is not None:
                slots += highest(model.scores(), likely)
            chosen.update(dict.fromkeys(self._texts.positions[slots].tolist()))
        by_lot = np.random.default_rng(seed).permutation(len(self._texts))[:most]
        chosen.update(dict.fromkeys(by_lot.tolist()))
        return list(chosen)[:most]

    def open_model(self, names: Sequence[str]) -> OpenModel:
        """The models of the labels that have one, under these names."""
        fits = [model.fit for model in self._models.values() if model.fit is not None]
        return OpenModel(
            names, [fit.weights for fit in fits], list(self.cuts().values()), self._texts.idf
        )

    def judge(self, keys: Sequence[str], contents: Sequence[str]) -> None:
        """Takes in further texts to judge."""
        self._to_judge.append(self._texts.features_of(contents))

    def judged(self) -> dict[str, Judged]:
        """What the models of the labels that have one say about all texts to judge; nothing while
        there are answers that they could not learn from yet."""
        if self._answered.is_waiting:
            return {}
        found: dict[str, Judged] = {}
        for key, model in self._models.items():
            if model.fit is not None and self._to_judge:
                weights = model.fit.weights
                odds = np.concatenate([features.odds(weights) for features in self._to_judge])
                scores = sigmoid(odds)
                found[key] = Judged(np.arange(len(odds)), scores, scores >= model.threshold())
        return found

    def _fit(self) -> None:
        for key, model in self._models.items():
            exclusive = self._configuration.exclusive
            implied = self._answered.accepted_elsewhere(key, MOST_IMPLIED) if exclusive else []
            model.learn(self._answered.by_slot(key), implied)
        self._model_version += 1

    def _learn_from_all(self) -> None:
        while self._answered.is_waiting:
            self.step()

    def _ask_about(self, label: str, count: int) -> list[Asked]:
        """Up to `count` questions about one label; near copies of a text that is answered or
        asked about come last of all."""
        seen = NearCopies(self._texts.features, list(self._models[label].answers))
        asked: list[Asked] = []
        copies: list[Asked] = []
        for pick, score in self._picks(label, count):
            slot = int(self._texts.slots[pick.index])
            is_copy = slot >= 0 and seen.add(slot)
            (copies if is_copy else asked).append(self._asked(label, pick, score))
            if len(asked) == count or len(asked) + len(copies) >= count + MOST_COPIES:
                break
        return (asked + copies)[:count]

    def _picks(self, label: str, count: int) -> Iterator[tuple[Pick, float | None]]:
        """All positions that may be asked with their scores, the first to ask first; worked out
        a few at a time."""
        model = self._models[label]
        strategy = self._configuration.strategy
        if model.fit is None and not model.has_accept and strategy != RANDOM:
            yield from ((pick, None) for pick in self._start(label, count))
            return
        if model.fit is None:
            # A model needs a reject too, and nearly any text of a rare label gives one.
            strategy = RANDOM
        scores = np.full(len(self._texts), np.nan, np.float32)
        scores[self._texts.positions] = model.scores()
        unanswered = np.ones(len(scores), np.bool_)
        unanswered[self._answered.closed(label, self._configuration.exclusive)] = False
        candidates = np.flatnonzero(unanswered)
        scores = scores[candidates]
        seed = [self._configuration.seed, self._answers, *label.encode()]
        done = 0
        wanted = count + 8
        while done < len(scores):
            # The same seed gives the same first picks, however many are wanted.
            picks = select(scores, wanted, strategy, np.random.default_rng(seed))
            for pick in picks[done:]:
                score = float(scores[pick.index])
                at = replace(pick, index=int(candidates[pick.index]))
                yield at, None if np.isnan(score) else score
            done = len(picks)
            wanted *= 4

    def _start(self, label: str, count: int) -> Iterator[Pick]:
        """Positions before the first accept."""
        answered = list(self._models[label].answers)
        closed = self._texts.slots[self._answered.closed(label, self._configuration.exclusive)]
        found = self._texts.slots[list(self._terms.hits(label))]
        for slot in first_texts(
            self._texts.features,
            self._named[label],
            answered,
            closed[closed >= 0],
            found[found >= 0],
            count,
        ):
            yield Pick(int(self._texts.positions[slot]), START, 1.0)

    def _asked(self, label: str, pick: Pick, score: float | None) -> Asked:
        hits = self._terms.hits(label) if pick.strategy == START else {}
        selection = Selection(
            pick.strategy,
            pick.probability,
            score,
            self._model_version,
            reason=hits.get(pick.index, ""),
        )
        return Asked(Question(self._texts.key(pick.index), label), selection)


def _described(label: Label) -> str:
    name = label.name.replace("_", " ").replace("-", " ").lower()
    return f"{name}. {label.description}" if label.description else name
