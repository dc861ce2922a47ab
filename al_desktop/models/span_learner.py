"""The learner about spans: reads texts, fits a head a label, asks about the candidates."""

from collections import deque
from collections.abc import Sequence
from functools import cached_property

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.configuration import Configuration
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import TextPool
from al_desktop.core.questions import Answer, Asked, Question, Selection, Span, text_key
from al_desktop.core.sampling import check_strategy
from al_desktop.models.span_decoding import LOWEST_PROBABILITY, decode, plug_in_threshold
from al_desktop.models.span_head import SpanHead, TrainingRows, fit_head, sigmoid
from al_desktop.models.span_order import Askable, pick
from al_desktop.models.span_pool import SpanPool
from al_desktop.models.span_reader import SpanReader, SpanText
from al_desktop.models.span_supervision import (
    BACKGROUND_ROWS,
    LabelAnswers,
    implied_rejects,
    supervision,
)

STEP_CHARACTERS = 2_000
"""Of texts read in one step: about 100 ms."""
SCAN_TEXTS = 256
"""Searched for terms and patterns in one step."""
FRONTIER_CANDIDATES = 60_000
"""Candidates kept in memory and ranked after every answer."""
FEW_TEXTS = 40
BASE_OFFSET = 4.0
"""Logit between a candidate the base pipeline is sure of and one it does not propose."""

AnsweredQuestions = Sequence[tuple[Question, Answer]]


class SpanLearner:
    """Implements core.protocols.Learner for questions about spans."""

    def __init__(self, configuration: Configuration, texts: TextPool, reader: SpanReader) -> None:
        check_strategy(configuration.strategy)
        self._configuration = configuration
        self._labels = [label.key for label in configuration.labels]
        self._texts = texts
        self._reader = reader
        order = np.random.default_rng(configuration.seed).permutation(len(texts))
        self._to_scan = deque(order.tolist() if reader.has_patterns else [])
        self._to_read = deque(order.tolist())
        self._promising: deque[int] = deque()
        self._read: dict[str, SpanText] = {}
        self._candidates_read = 0
        self._pool = SpanPool([])
        self._answers: list[tuple[Question, Answer]] = []
        self._heads: dict[str, SpanHead] = {}
        self._probabilities: dict[str, NDArray[np.float32]] = {}
        self._thresholds: dict[str, float] = {}
        self._fitted_on = 0
        self._measured: SpanPool | None = None
        self.model_version = 0

    # Reading

    def step(self) -> Progress | None:
        """Scans or reads a few texts; those that a term or pattern matches are read first."""
        full = self._candidates_read >= FRONTIER_CANDIDATES
        if full or not (self._to_read or self._promising):
            return None
        if self._to_scan and not self._promising:
            self._scan(
                [self._to_scan.popleft() for _ in range(min(SCAN_TEXTS, len(self._to_scan)))]
            )
        self._read_next()
        return Progress("texts", len(self._read), len(self._texts))

    def _scan(self, positions: list[int]) -> None:
        matching = self._reader.matching(self._texts.contents(positions))
        self._promising.extend(p for p, found in zip(positions, matching, strict=True) if found)

    def _read_next(self) -> None:
        """Promising and other texts in turn, up to STEP_CHARACTERS."""
        positions: list[int] = []
        contents: list[str] = []
        characters = 0
        while characters < STEP_CHARACTERS and (self._promising or self._to_read):
            take_promising = self._promising and (len(positions) % 2 == 0 or not self._to_read)
            position = (self._promising if take_promising else self._to_read).popleft()
            if self._keys[position] in self._read or position in positions:
                continue
            positions.append(position)
            contents += self._texts.contents([position])
            characters += len(contents[-1])
        self._take_in(self._reader.read([self._keys[p] for p in positions], contents))

    def _take_in(self, texts: Sequence[SpanText]) -> None:
        for text in texts:
            self._candidates_read += len(text.spans)
            self._read[text.key] = text

    @cached_property
    def _keys(self) -> Sequence[str]:
        return self._texts.keys()

    @cached_property
    def _positions(self) -> dict[str, int]:
        return {key: position for position, key in enumerate(self._keys)}

    def _read_asked(self, questions: Sequence[Question]) -> None:
        """Reads the texts of answered questions not read yet, or without the span asked about."""
        asked: dict[str, list[tuple[int, int]]] = {}
        for question in questions:
            if question.start is not None and question.end is not None:
                asked.setdefault(question.text_key, []).append((question.start, question.end))
        unread = [
            key
            for key, spans in asked.items()
            if key in self._positions
            and (
                key not in self._read
                or any(self._pool.candidate(key, *span) is None for span in spans)
            )
        ]
        if unread:
            contents = self._texts.contents([self._positions[key] for key in unread])
            self._take_in(self._reader.read(unread, contents, [asked[key] for key in unread]))
            self._pool = SpanPool(list(self._read.values()))

    # Learning

    def learn(self, answers: AnsweredQuestions) -> None:
        self._gather()
        known = set(self._labels)
        self._answers = [each for each in answers if each[0].label in known]
        self._read_asked([question for question, _ in self._answers])
        self._fit()

    def _gather(self) -> None:
        if len(self._pool.texts) != len(self._read):
            self._pool = SpanPool(list(self._read.values()))

    def _fit(self) -> None:
        self._by_label = self._answers_by_label()
        if not len(self._pool):
            return
        background = self._background()
        for column, label in enumerate(self._labels):
            matched = self._matched[column] if self._matched else np.empty(0, np.int64)
            rows = supervision(self._pool, self._by_label[label], column, matched, background)
            offset = self._offset(self._pool, column)
            if len(rows.candidates) and len(set(rows.target.tolist())) == 2:
                training = TrainingRows(
                    self._pool.dense(rows.candidates),
                    self._pool.lexical[rows.candidates],
                    offset[rows.candidates],
                    rows.target,
                    rows.weight,
                )
                self._heads[label] = fit_head(training, self._heads.get(label))
            else:
                self._heads.pop(label, None)
        self._fitted_on = len(self._pool)
        self.model_version += 1
        self._score()

    def _score(self) -> None:
        self._probabilities = {}
        for column, label in enumerate(self._labels):
            p = self._score_label(self._pool, column, label)
            if p is not None:
                self._probabilities[label] = p
                high = np.flatnonzero((p >= LOWEST_PROBABILITY) & self._unanswered(label))
                kept = decode(self._pool, high, p[high])
                self._thresholds[label] = plug_in_threshold(p[high][kept])

    def _unanswered(self, label: str) -> NDArray[np.bool_]:
        """Which candidates are in texts without an answer; all, if there are few such texts."""
        answers = self._by_label[label]
        answered = np.zeros(len(self._pool.texts), bool)
        given = np.array([*answers.accepted, *answers.rejected], np.int64)
        answered[self._pool.text[given]] = True
        if np.count_nonzero(~answered) < FEW_TEXTS:
            answered[:] = False
        unanswered: NDArray[np.bool_] = ~answered[self._pool.text]
        return unanswered

    def _score_label(self, pool: SpanPool, column: int, label: str) -> NDArray[np.float32] | None:
        head = self._heads.get(label)
        if head is None:
            return None
        return sigmoid(head.logits(pool, self._offset(pool, column)))

    def _offset(self, pool: SpanPool, column: int) -> NDArray[np.float32]:
        return np.float32(BASE_OFFSET) * pool.base[:, column]

    @property
    def _matched(self) -> list[NDArray[np.int64]]:
        found: list[list[int]] = [[] for _ in self._labels]
        for number, text in enumerate(self._pool.texts):
            first = int(self._pool.firsts[number])
            for candidate, column in text.matched:
                found[column].append(first + candidate)
        return [np.array(each, np.int64) for each in found]

    def _background(self) -> NDArray[np.int64]:
        size = len(self._pool)
        if size <= BACKGROUND_ROWS:
            return np.arange(size)
        # By hash, so that a growing pool changes few of them.
        mixed = (self._pool.surface_hashes * np.uint64(0x9E3779B97F4A7C15)) ^ np.arange(
            size, dtype=np.uint64
        ) * np.uint64(0xBF58476D1CE4E5B9)
        found: NDArray[np.int64] = np.sort(
            np.argpartition(mixed, BACKGROUND_ROWS)[:BACKGROUND_ROWS]
        )
        return found

    def _answers_by_label(self) -> dict[str, LabelAnswers]:
        by_label = {label: LabelAnswers() for label in self._labels}
        for question, answer in self._answers:
            if question.start is None or question.end is None:
                continue
            candidate = self._pool.candidate(question.text_key, question.start, question.end)
            if candidate is None:
                continue
            answers = by_label[question.label]
            match answer:
                case Answer.ACCEPT:
                    answers.accepted.append(candidate)
                case Answer.REJECT:
                    answers.rejected.append(candidate)
                case Answer.IGNORE:
                    answers.ignored.append(candidate)
        for label, answers in by_label.items():
            answers.implied = implied_rejects(self._pool, answers.accepted)
            if self._configuration.exclusive:
                for other in self._labels:
                    if other != label:
                        taken = by_label[other].accepted
                        answers.implied += [*taken, *implied_rejects(self._pool, taken)]
        return by_label

    # Asking

    def ask(self, count: int, pinned: str | None = None) -> list[Asked]:
        if len(self._pool.texts) != len(self._read):
            self._gather()
            self._fit()
        if not len(self._pool):
            return []
        random = np.random.default_rng(
            (self._configuration.seed, len(self._answers), self.model_version)
        )
        labels = [label for label in self._labels if pinned in (None, label)]
        queues = {label: deque(self._ask_label(label, count, random)) for label in labels}
        asked: list[Asked] = []
        turn = len(self._answers)
        while len(asked) < count and any(queues.values()):
            queue = queues[labels[turn % len(labels)]]
            turn += 1
            if queue:
                asked.append(queue.popleft())
        return asked

    def _ask_label(self, label: str, count: int, random: np.random.Generator) -> list[Asked]:
        pool, answers = self._pool, self._by_label[label]
        open_ = np.ones(len(pool), bool)
        open_[answers.closed()] = False
        candidates = np.flatnonzero(open_)
        score = self._probabilities.get(label)
        p = score if score is not None else np.full(len(pool), 0.5, np.float32)
        answered = np.array([*answers.accepted, *answers.rejected, *answers.ignored], np.int64)
        familiar = np.bincount(pool.surface[answered], minlength=int(pool.surface.max()) + 1)
        followed = np.zeros(len(pool), bool)
        followed[implied_rejects(pool, answers.rejected[-20:])] = True
        askable = Askable(
            candidates,
            p[candidates].astype(np.float64),
            familiar[pool.surface[candidates]],
            followed[candidates],
        )
        asked: list[Asked] = []
        surfaces: set[int] = set()
        spare: list[Asked] = []
        for each in pick(askable, 3 * count, self._configuration.strategy, random):
            candidate = int(candidates[each.index])
            number = int(pool.text[candidate])
            start, end = pool.characters(candidate)
            local = candidate - int(pool.firsts[number])
            question = Question(pool.texts[number].key, label, start, end)
            selection = Selection(
                each.strategy,
                each.probability,
                float(p[candidate]) if score is not None else None,
                self.model_version,
                reason=pool.texts[number].matched.get((local, self._labels.index(label)), ""),
            )
            known = int(pool.surface[candidate]) in surfaces
            surfaces.add(int(pool.surface[candidate]))
            (spare if known else asked).append(Asked(question, selection))
        return [*asked, *spare][:count]

    # Predicting

    def predict(self, contents: Sequence[str]) -> list[list[Span]]:
        keys = [text_key(content) for content in contents]
        if self._measured is None or [text.key for text in self._measured.texts] != keys:
            self._measured = SpanPool(self._reader.read(keys, contents))
        pool = self._measured
        found: list[list[Span]] = [[] for _ in contents]
        for column, label in enumerate(self._labels):
            p = self._score_label(pool, column, label)
            if p is None:
                continue
            high = np.flatnonzero(p >= self._thresholds[label])
            for position in decode(pool, high, p[high]):
                candidate = int(high[position])
                start, end = pool.characters(candidate)
                found[int(pool.text[candidate])].append(Span(start, end, label))
        return [sorted(spans, key=lambda span: span.start) for spans in found]
