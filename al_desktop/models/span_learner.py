"""The learner about spans: reads texts, fits a head a label, asks about the candidates."""

from collections import deque
from collections.abc import Sequence
from operator import is_

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.configuration import Configuration
from al_desktop.core.gold import Gold
from al_desktop.core.judging import Judged
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import TextPool
from al_desktop.core.questions import Answer, Asked, Question, Selection, Span, text_key
from al_desktop.core.sampling import DEFAULT, check_strategy
from al_desktop.models.span_answers import AnsweredQuestions, GoldTexts, by_label
from al_desktop.models.span_model import SpanModel
from al_desktop.models.span_order import WANTED_ACCEPTS, Askable, pick
from al_desktop.models.span_pool import SpanPool
from al_desktop.models.span_reader import SpanReader, SpanText
from al_desktop.models.span_reading import SpanReading, Wanted
from al_desktop.models.span_supervision import LabelAnswers, implied_rejects
from al_desktop.models.span_teaching import labelled_texts, surely_labelled
from al_desktop.models.span_training import LabelledText

FEWEST_ACCEPTS = 50
LEAST_PROPOSED = 0.02
"""From this probability on a span of a text to judge counts as proposed."""

FEWEST_LONG = 3
LONG_SHARE = 0.05
"""Of a label's accepted spans, those as long as the longest word sequence or longer: from so many
on they are not enough."""
COVERED_SHARE = 0.98
MOST_LONGEST = 15
"""Word sequences get one token longer than so many of the accepted spans, up to this length: a few
very long ones are not worth the many candidates."""


class SpanLearner:
    """Implements core.protocols.Learner for questions about spans."""

    def __init__(self, configuration: Configuration, texts: TextPool, reader: SpanReader) -> None:
        check_strategy(configuration.strategy)
        self._configuration = configuration
        self._labels = [label.key for label in configuration.labels]
        self._reader = reader
        self._learned_longest = reader.longest
        """Of the word sequences fit to: a head has no opinion about longer ones."""
        self._reading = SpanReading(texts, reader, configuration.seed)
        self._pool = SpanPool([])
        self._drawn = np.zeros(0, bool)
        self._answers: list[tuple[Question, Answer]] = []
        self._gold: list[tuple[str, Gold]] = []
        self._by_label: list[LabelAnswers] = []
        self.model = SpanModel(len(self._labels))
        self._measured: SpanPool | None = None
        self._measured_for: tuple[int, list[str]] | None = None
        self._to_judge: list[SpanText] = []
        self._judged: SpanPool | None = None
        self.model_version = 0

    @property
    def candidates(self) -> int:
        """How many are in memory and ranked after each answer."""
        return len(self._pool)

    # Reading

    def step(self) -> Progress | None:
        """Reads a few texts; those that a term or pattern matches come first."""
        return self._reading.step(self._worth)

    def _worth(self, pool: SpanPool) -> NDArray[np.float32]:
        """Of each text: how uncertain the most uncertain of its candidates is, to the labels that
        have FEWEST_ACCEPTS: a model of a few terms fills the memory with what it knows already."""
        worth = np.zeros(len(pool), np.float32)
        for label, answers in enumerate(self._by_label):
            p = self.model.guess(pool, label)
            if p is not None and len(answers.accepted) >= FEWEST_ACCEPTS:
                np.maximum(worth, p * (1.0 - p), out=worth)
        of_text = np.zeros(len(pool.texts), np.float32)
        np.maximum.at(of_text, pool.text, worth)
        return of_text

    def _require_answered(self) -> None:
        """Reads the texts of answers and gold not read yet, or without the spans they name."""
        asked: Wanted = {}
        for question, _ in self._answers:
            if question.start is not None and question.end is not None:
                asked.setdefault(question.text_key, []).append((question.start, question.end))
        for key, gold in self._gold:
            asked.setdefault(key, []).extend((span.start, span.end) for span in gold.spans)
        self._reading.require(asked)

    def _gather(self) -> bool:
        """Whether the texts in memory have changed."""
        held = list(self._reading.held.values())
        same = len(held) == len(self._pool.texts) and all(map(is_, held, self._pool.texts))
        if not same:
            self._pool = SpanPool(held)
            drawn = self._reading.drawn()
            self._drawn = np.array([text.key in drawn for text in held], bool)
        return not same

    # Learning

    def learn(self, answers: AnsweredQuestions, gold: GoldTexts = ()) -> None:
        known = set(self._labels)
        self._answers = [each for each in answers if each[0].label in known]
        self._gold = list(gold)
        self._require_answered()
        self._reading.sweep(len(self._answers))
        self._gather()
        self._fit()
        self._widen()

    def _widen(self) -> None:
        """Where accepted spans come up against the length of the longest word sequences, longer
        ones are proposed from now on."""
        for answers in self._by_label:
            accepted = np.array(answers.accepted, np.int64)
            lengths = self._pool.end[accepted] - self._pool.start[accepted]
            long = lengths[lengths >= self._reader.longest]
            if len(long) >= max(FEWEST_LONG, LONG_SHARE * len(lengths)):
                wanted = min(int(np.quantile(lengths, COVERED_SHARE)) + 1, MOST_LONGEST)
                if wanted > self._reader.longest:
                    self._reader.longest = wanted
                    self._reading.widen()

    def _fit(self) -> None:
        self._by_label = by_label(
            self._pool, self._labels, self._answers, self._gold, self._configuration.exclusive
        )
        if len(self._pool):
            self.model.fit(self._pool, self._by_label, self._drawn)
            self.model_version += 1
        if not self._reading.widening:
            self._learned_longest = self._reader.longest

    # Asking

    def ask(self, count: int, pinned: str | None = None) -> list[Asked]:
        if self._gather():
            self._fit()
        while not self._has_open(pinned) and self._reading.refill():
            self._gather()
            self._fit()
        if not len(self._pool):
            return []
        random = np.random.default_rng(
            (self._configuration.seed, len(self._answers) + len(self._gold), self.model_version)
        )
        labels = [label for label in self._labels if pinned in (None, label)]
        queues = {
            label: deque(self._ask_label(self._labels.index(label), count, random))
            for label in labels
        }
        asked: list[Asked] = []
        turn = len(self._answers)
        while len(asked) < count and any(queues.values()):
            queue = queues[labels[turn % len(labels)]]
            turn += 1
            if queue:
                asked.append(queue.popleft())
        return asked

    def _has_open(self, pinned: str | None) -> bool:
        """Whether there is anything to ask; no text read yet is no reason to hurry."""
        if not len(self._pool):
            return True
        for label, answers in zip(self._labels, self._by_label, strict=True):
            if pinned in (None, label) and len(set(answers.closed())) < len(self._pool):
                return True
        return False

    def _ask_label(self, label: int, count: int, random: np.random.Generator) -> list[Asked]:
        pool, answers = self._pool, self._by_label[label]
        open_ = np.ones(len(pool), bool)
        open_[answers.closed()] = False
        candidates = np.flatnonzero(open_)
        score = self.model.probabilities(label)
        p = score if score is not None else np.full(len(pool), 0.5, np.float32)
        explores = self._configuration.strategy == DEFAULT
        context = self.model.context(label) if explores else np.zeros_like(p)
        answered = np.array([*answers.accepted, *answers.rejected, *answers.ignored], np.int64)
        familiar = np.bincount(pool.surface[answered], minlength=pool.surfaces)
        alike = np.bincount(pool.shape[answered], minlength=int(pool.shape.max(initial=0)) + 1)
        followed = np.zeros(len(pool), bool)
        followed[implied_rejects(pool, answers.rejected[-20:])] = True
        askable = Askable(
            candidates,
            p[candidates].astype(np.float64),
            context[candidates].astype(np.float64),
            familiar[pool.surface[candidates]],
            alike[pool.shape[candidates]],
            followed[candidates],
            # As if ten answers had been given before, as many accepted as wanted.
            (len(answers.accepted) + 10 * WANTED_ACCEPTS) / (len(answered) + 10),
            len(answered),
        )
        asked: list[Asked] = []
        surfaces: set[int] = set()
        spare: list[Asked] = []
        for each in pick(askable, 3 * count, self._configuration.strategy, random):
            candidate = int(candidates[each.index])
            number = int(pool.text[candidate])
            start, end = pool.characters(candidate)
            local = candidate - int(pool.firsts[number])
            question = Question(pool.texts[number].key, self._labels[label], start, end)
            selection = Selection(
                each.strategy,
                each.probability,
                float(p[candidate]) if score is not None else None,
                self.model_version,
                reason=pool.texts[number].matched.get((local, label), ""),
            )
            known = int(pool.surface[candidate]) in surfaces
            surfaces.add(int(pool.surface[candidate]))
            (spare if known else asked).append(Asked(question, selection))
        return [*asked, *spare][:count]

    # Predicting

    def predict(self, contents: Sequence[str]) -> list[list[Span]]:
        keys = [text_key(content) for content in contents]
        wanted = (self._learned_longest, keys)
        if self._measured is None or self._measured_for != wanted:
            read = self._reader.read(keys, contents, longest=self._learned_longest)
            self._measured = SpanPool(read)
            self._measured_for = wanted
        pool = self._measured
        return [
            [Span(*pool.characters(candidate), self._labels[label]) for candidate, label in found]
            for found in self.model.spans(pool, self._configuration.exclusive)
        ]

    # Teaching

    def labelled(self) -> list[LabelledText]:
        """The texts read so far as the model and the answers see them, to train from."""
        contents = self._reading.contents([text.key for text in self._pool.texts])
        names = [label.name for label in self._configuration.labels]
        return labelled_texts(self._pool, contents, self.model, self._by_label, names)

    def label(self, contents: Sequence[str]) -> list[LabelledText]:
        """Made-up texts as the model sees them."""
        keys = [text_key(content) for content in contents]
        read = self._reader.read(keys, contents, longest=self._learned_longest, cached=False)
        pool = SpanPool(read)
        names = [label.name for label in self._configuration.labels]
        return surely_labelled(pool, contents, self.model, names)

    def word_vectors(self, words: Sequence[str]) -> NDArray[np.float32]:
        """float32[n, width]: what the encoder makes of each word alone."""
        return self._reader.word_vectors(words)

    # Being judged

    def judge(self, keys: Sequence[str], contents: Sequence[str]) -> None:
        """Takes in further texts to judge."""
        self._to_judge += self._reader.read(keys, contents, longest=self._learned_longest)
        self._judged = None

    def judged(self) -> dict[str, Judged]:
        """The spans that each label's head proposes or accepts in the texts to judge."""
        if self._judged is None:
            self._judged = SpanPool(self._to_judge)
        pool = self._judged
        accepted = np.zeros((len(self._labels), len(pool)), np.bool_)
        for spans in self.model.spans(pool, self._configuration.exclusive):
            for candidate, column in spans:
                accepted[column, candidate] = True
        found: dict[str, Judged] = {}
        for column, label in enumerate(self._labels):
            p = self.model.score(pool, column)
            if p is not None:
                kept = np.flatnonzero((p >= LEAST_PROPOSED) | accepted[column])
                places = np.array([pool.characters(each) for each in kept.tolist()], np.int64)
                start, end = places.reshape(-1, 2).T
                found[label] = Judged(pool.text[kept], p[kept], accepted[column, kept], start, end)
        return found
