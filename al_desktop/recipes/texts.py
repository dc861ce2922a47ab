"""Is this text about LABEL? Sentence vectors and n-grams, and a logistic regression a label."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import TextPool
from al_desktop.core.questions import Answer, Asked, Question, Selection, Span, text_key
from al_desktop.core.sampling import RANDOM, Pick, check_strategy, fair_turns, select
from al_desktop.models.encoder import WIDTH, Encoder
from al_desktop.models.logistic import fit_dual, sigmoid
from al_desktop.models.ngrams import NgramHasher
from al_desktop.models.term_scan import TermScan
from al_desktop.models.text_features import Examples, TextFeatures, Weights
from al_desktop.models.vector_cache import VectorCache, key_numbers, quantise
from al_desktop.paths import resources

STRENGTH = 10.0
"""C of the logistic regression."""

START = "start"
"""The strategy before there is a model."""

_MOST_COPIES = 1000
"""After so many picks near copies are asked after all."""
_TEXTS_FOR_RARITY = 2000
_SCANNED_AT_ONCE = 2000
_RESTORED_AT_ONCE = 256
_CHARACTERS_AT_ONCE = 3000
_TEXTS_AT_ONCE = 24


def build(configuration: Configuration, pool: TextPool, cache: Path) -> "TextLearner":
    """Loads the encoder; reads a few thousand texts of the pool.

    Raises KnownError for an unknown strategy, a wrong pattern and a damaged encoder.
    """
    encoder = Encoder.load(resources() / "encoder" / "vocab.txt")
    return TextLearner(configuration, pool, encoder, VectorCache(cache, encoder.name, WIDTH))


@dataclass(slots=True)
class _LabelState:
    """What is known about one label. `odds` are of the first texts by slot, as far as scored."""

    label: Label
    answered: dict[int, Answer] = field(default_factory=dict)
    weights: Weights | None = None
    places: NDArray[np.int64] = field(default_factory=lambda: np.empty(0, np.int64))
    odds: NDArray[np.float32] = field(default_factory=lambda: np.empty(0, np.float32))


class TextLearner:
    """A Learner of text labels. Texts get features one after the other, in `step`."""

    def __init__(
        self, configuration: Configuration, pool: TextPool, encoder: Encoder, cache: VectorCache
    ) -> None:
        check_strategy(configuration.strategy)
        self._configuration = configuration
        self._pool = pool
        self._encoder = encoder
        self._cache = cache
        self._numbers = key_numbers(pool.keys())
        self._by_key = np.argsort(self._numbers[:, 0], kind="stable")
        self._sorted_keys = self._numbers[self._by_key, 0]
        self._order = np.random.default_rng(configuration.seed).permutation(len(pool))
        self._hasher = NgramHasher(pool.contents(self._order[:_TEXTS_FOR_RARITY].tolist()))
        self._features = TextFeatures(len(pool), WIDTH)
        self._slots = np.full(len(pool), -1, np.int64)
        self._positions = np.full(len(pool), -1, np.int64)
        self._examples = Examples(self._features)
        self._states = {label.key: _LabelState(label) for label in configuration.labels}
        self._terms = TermScan(configuration.labels, configuration.language)
        self._named = {
            label.key: vector
            for label, vector in zip(
                configuration.labels,
                encoder.sentences([_described(label) for label in configuration.labels]),
                strict=True,
            )
        }
        self._model_version = 0
        self._answers = 0
        self._work = self._steps()

    @property
    def model_version(self) -> int:
        return self._model_version

    def step(self) -> Progress | None:
        return next(self._work, None)

    def learn(self, answers: Sequence[tuple[Question, Answer]]) -> None:
        by_label: dict[str, dict[int, Answer]] = {key: {} for key in self._states}
        positions = self._positions_of([question.text_key for question, _ in answers])
        for (question, answer), position in zip(answers, positions, strict=True):
            if position >= 0 and question.start is None and question.label in by_label:
                by_label[question.label][position] = answer
        self._answers = len(answers)
        self._prepare([position for position in positions if position >= 0])
        for key, state in self._states.items():
            if by_label[key] != state.answered:
                state.answered = by_label[key]
                self._fit(state)
        self._model_version += 1

    def ask(self, count: int, pinned: str | None = None) -> list[Asked]:
        states = {
            key: state for key, state in self._states.items() if pinned is None or key == pinned
        }
        turns = fair_turns({key: len(state.answered) for key, state in states.items()}, count)
        asked: dict[str, Iterator[Asked]] = {
            key: iter(self._ask_about(states[key], turns.count(key))) for key in states
        }
        in_turn = (next(asked[key], None) for key in turns)
        return [each for each in in_turn if each is not None]

    def predict(self, contents: Sequence[str]) -> list[list[Span]]:
        found: list[list[Span]] = [[] for _ in contents]
        for key, scores in self.scores(contents).items():
            for index in np.flatnonzero(scores > 0.5).tolist():
                found[index].append(Span(0, len(contents[index]), key))
        return found

    def scores(self, contents: Sequence[str]) -> dict[str, NDArray[np.float32]]:
        """float32[n] probability of accept of these texts, for each label that has a model."""
        features = TextFeatures(len(contents), WIDTH)
        encoded = self._encoded([text_key(content) for content in contents], contents)
        features.add(*encoded, self._hasher.rows(contents))
        return {
            key: sigmoid(features.odds(state.weights))
            for key, state in self._states.items()
            if state.weights is not None
        }

    # Features

    def _steps(self) -> Iterator[Progress]:
        """Texts that terms point at first, then what the cache holds, then all others by lot."""
        total = len(self._pool)
        scanned = 0
        waiting: deque[int] = deque()
        by_lot = deque(self._order.tolist())
        restored = False
        while scanned < total or not restored or by_lot or waiting:
            if scanned < total:
                stop = min(scanned + _SCANNED_AT_ONCE, total)
                positions = range(scanned, stop)
                waiting.extend(self._terms.scan(positions, self._pool.contents(positions)))
                scanned = stop
            if scanned == total and not waiting and not restored:
                for done in self._restore():
                    yield Progress("texts", done, total)
                restored = True
            self._take(waiting if waiting else by_lot)
            yield Progress("texts", len(self._features), total)

    def _restore(self) -> Iterator[int]:
        for start in range(0, len(self._pool), _RESTORED_AT_ONCE):
            part = np.arange(start, min(start + _RESTORED_AT_ONCE, len(self._pool)))
            part = part[self._slots[part] < 0]
            found, rows, scales = self._cache.get_many([self._key(p) for p in part.tolist()])
            if found.any():
                positions = part[found]
                contents = self._pool.contents(positions.tolist())
                slots = self._features.add(rows[found], scales[found], self._hasher.rows(contents))
                self._slots[positions] = slots
                self._positions[slots.start : slots.stop] = positions
            yield len(self._features)

    def _take(self, waiting: deque[int]) -> None:
        """Prepares about 100 ms worth of the texts that wait."""
        batch: list[int] = []
        while waiting and len(batch) < _TEXTS_AT_ONCE:
            position = waiting.popleft()
            if self._slots[position] < 0:
                batch.append(position)
        self._prepare(batch)

    def _prepare(self, positions: Iterable[int]) -> None:
        """Computes the features of the texts that have none yet."""
        new = [p for p in dict.fromkeys(positions) if self._slots[p] < 0]
        if not new:
            return
        contents = self._pool.contents(new)
        encoded = self._encoded([self._key(p) for p in new], contents)
        slots = self._features.add(*encoded, self._hasher.rows(contents))
        self._slots[new] = slots
        self._positions[slots.start : slots.stop] = new

    def _encoded(
        self, keys: Sequence[str], contents: Sequence[str]
    ) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
        found, rows, scales = self._cache.get_many(keys)
        missing = np.flatnonzero(~found).tolist()
        if missing:
            vectors = self._encoder.sentences([contents[i] for i in missing])
            rows[missing], scales[missing] = quantise(vectors)
            self._cache.put_many([keys[i] for i in missing], rows[missing], scales[missing])
        return rows, scales

    # Model

    def _fit(self, state: _LabelState) -> None:
        state.odds = np.empty(0, np.float32)
        state.weights = None
        decided = [p for p, answer in state.answered.items() if answer is not Answer.IGNORE]
        accepted = np.array([state.answered[p] is Answer.ACCEPT for p in decided], np.bool_)
        state.places = self._examples.places(self._slots[decided].tolist())
        if accepted.any() and not accepted.all():
            coefficients = fit_dual(self._examples.gram(state.places), accepted, STRENGTH)
            state.weights = self._examples.weights(state.places, coefficients)

    def _scores(self, state: _LabelState) -> NDArray[np.float32]:
        """float32[positions] probability of accept; NaN where there is none yet."""
        scores = np.full(len(self._pool), np.nan, np.float32)
        if state.weights is None:
            return scores
        if len(state.odds) < len(self._features):
            new = self._features.odds(state.weights, first=len(state.odds))
            state.odds = np.concatenate((state.odds, new))
        scores[self._positions[: len(state.odds)]] = sigmoid(state.odds)
        return scores

    # Questions

    def _ask_about(self, state: _LabelState, count: int) -> list[Asked]:
        """Up to `count` questions about one label; near copies of a text that is answered or
        asked about come last of all."""
        seen = [int(slot) for slot in self._slots[list(state.answered)] if slot >= 0]
        asked: list[Asked] = []
        copies: list[Asked] = []
        for pick, score in self._picks(state, count):
            slot = int(self._slots[pick.index])
            is_copy = slot >= 0 and self._features.is_near_copy(slot, seen)
            (copies if is_copy else asked).append(self._asked(state, pick, score))
            seen.append(slot)
            if len(asked) == count:
                break
        return (asked + copies)[:count]

    def _picks(self, state: _LabelState, count: int) -> Iterator[tuple[Pick, float | None]]:
        """Positions in the pool with their scores, the first to ask first: more than `count`, so
        that some can be left out."""
        strategy = self._configuration.strategy
        has_accept = Answer.ACCEPT in state.answered.values()
        if state.weights is None and not has_accept and strategy != RANDOM:
            yield from ((pick, None) for pick in self._start(state))
            return
        unanswered = np.ones(len(self._pool), np.bool_)
        unanswered[list(state.answered)] = False
        candidates = np.flatnonzero(unanswered)
        scores = self._scores(state)[candidates]
        if state.weights is None:
            # A model needs a reject too, and nearly any text of a rare label gives one.
            strategy = RANDOM
        done = 0
        wanted = count + 4
        while done < len(scores):
            seed = [self._configuration.seed, self._answers, *state.label.key.encode()]
            picks = select(scores, wanted, strategy, np.random.default_rng(seed))
            for pick in picks[done:]:
                score = float(scores[pick.index])
                position = int(candidates[pick.index])
                yield replace(pick, index=position), None if np.isnan(score) else score
            if wanted > _MOST_COPIES:
                return
            done = len(picks)
            wanted *= 4

    def _start(self, state: _LabelState) -> Iterator[Pick]:
        """Positions before the first accept: texts with terms and texts that are like the label's
        name and unlike those rejected, in turn."""
        likeness = self._features.products(self._named[state.label.key])
        if state.answered:
            rejected = self._features.vectors(self._slots[list(state.answered)])
            nearest = np.max([self._features.products(vector) for vector in rejected], axis=0)
            likeness = likeness - np.float32(0.3) * nearest
        order = self._positions[np.argsort(-likeness, kind="stable")]
        unanswered = [position for position in order.tolist() if position not in state.answered]
        hits = self._terms.hits(state.label.key)
        by_terms = deque(position for position in unanswered if position in hits)
        by_likeness = deque(unanswered)
        turn = len(state.answered)
        picked: set[int] = set()
        while by_likeness:
            position = (by_likeness if turn % 2 or not by_terms else by_terms).popleft()
            if position not in picked:
                picked.add(position)
                turn += 1
                yield Pick(position, START, 1.0)

    def _asked(self, state: _LabelState, pick: Pick, score: float | None) -> Asked:
        hits = self._terms.hits(state.label.key) if pick.strategy == START else {}
        selection = Selection(
            pick.strategy,
            pick.probability,
            score,
            self._model_version,
            reason=hits.get(pick.index, ""),
        )
        return Asked(Question(self._key(pick.index), state.label.key), selection)

    # Keys

    def _key(self, position: int) -> str:
        return bytes(self._numbers[position]).hex()

    def _positions_of(self, keys: Sequence[str]) -> list[int]:
        """Positions of texts by key; -1 for texts that are not in the pool."""
        if not len(self._numbers) or not keys:
            return [-1] * len(keys)
        wanted = key_numbers(keys)
        rank = np.searchsorted(self._sorted_keys, wanted[:, 0])
        places = self._by_key[np.minimum(rank, len(self._by_key) - 1)]
        same = (self._numbers[places] == wanted).all(axis=1)
        return [int(place) for place in np.where(same, places, -1)]


def _described(label: Label) -> str:
    name = label.name.replace("_", " ").replace("-", " ").lower()
    return f"{name}. {label.description}" if label.description else name
