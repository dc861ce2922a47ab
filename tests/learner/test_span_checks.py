"""What a model doesn't even propose counts once reserved texts are marked in full."""

from collections.abc import Sequence

import numpy as np
import pytest

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.events import AnswerLog
from al_desktop.core.gold import gold
from al_desktop.core.judging import Judged
from al_desktop.core.questions import Kind, Question, Span, Text, text_key
from al_desktop.core.queue import Queue
from al_desktop.core.session import Session
from al_desktop.learner.auditing import TO_HIGHLIGHT, Auditor
from al_desktop.learner.simulate import MemoryStore, TextList

CONFIGURATION = Configuration(Kind.SPANS, (Label("A", "A"),))
TEXTS = 60


class FirstWord:
    """Proposes the first word of each text, and is sure of it."""

    def __init__(self) -> None:
        self._texts = 0

    def judge(self, keys: Sequence[str], contents: Sequence[str]) -> None:
        self._texts += len(contents)

    def judged(self) -> dict[str, Judged]:
        n = self._texts
        ends = np.full(n, 4)
        score = np.full(n, 0.9, np.float32)
        return {"A": Judged(np.arange(n), score, score > 0.5, np.zeros(n, np.int64), ends)}


class Room:
    def __init__(self) -> None:
        texts = [Text(text_key(f"text {n} with more"), f"text {n} with more") for n in range(TEXTS)]
        self.auditor = Auditor(CONFIGURATION, TextList(texts), 5 * TEXTS, FirstWord())
        while self.auditor.step() is not None:
            pass
        self.log = AnswerLog()
        queue = Queue(self.log.is_closed)
        self.session = Session(self.log, MemoryStore(), queue, "me")

    def estimated(self):
        return self.auditor.refresh(self.log, 1, {})


def test_texts_to_mark_are_drawn_by_lot_each_with_its_probability() -> None:
    room = Room()
    drawn = room.estimated().to_highlight
    assert len({asked.question.text_key for asked in drawn}) == TO_HIGHLIGHT
    assert [asked.selection.probability for asked in drawn] == pytest.approx(
        [1 / (TEXTS - number) for number in range(TO_HIGHLIGHT)]
    )
    assert all(asked.selection.audit for asked in drawn)
    room.session.highlight(drawn[0].question.text_key, gold(["A"], []), 1.0, drawn[0].selection)
    after = room.estimated().to_highlight
    assert [asked.question for asked in after[:-1]] == [asked.question for asked in drawn[1:]]
    assert after[0].selection == drawn[1].selection


def test_spans_that_were_missed_lower_recall() -> None:
    room = Room()
    [quality] = room.estimated().labels
    assert not quality.complete
    for asked in room.estimated().to_highlight:
        # The first word, which is proposed, and another, which is not.
        found = gold(["A"], [Span(0, 4, "A"), Span(5, 6, "A")])
        room.session.highlight(asked.question.text_key, found, 1.0, asked.selection)
    [after] = room.estimated().labels
    assert after.complete
    assert after.estimate.recall.high < quality.estimate.recall.value
    assert after.estimate.precision.value == pytest.approx(
        quality.estimate.precision.value, abs=0.02
    )


def test_texts_that_the_annotator_chose_say_nothing_about_the_rest() -> None:
    room = Room()
    key = room.estimated().to_highlight[0].question.text_key
    room.session.highlight(key, gold(["A"], [Span(5, 6, "A")]), 1.0)
    [quality] = room.estimated().labels
    assert not quality.complete
    drawn = room.auditor.mix([], room.log, 0, block=TEXTS)
    assert len(drawn) == TEXTS - 1, "what is marked already is not asked"
    assert Question(key, "A", 0, 4) not in [asked.question for asked in drawn]
