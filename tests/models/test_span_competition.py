"""Rivals of candidates, and a head beside them, on texts read by the real encoder."""

from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Answer, Kind, Question, Text, text_key
from al_desktop.learner.simulate import TextList
from al_desktop.models.span_competition import strength_of_rivals
from al_desktop.models.span_learner import SpanLearner
from al_desktop.models.span_pool import SpanPool
from al_desktop.models.span_reader import SpanText
from al_desktop.recipes import spans

_ROWS = st.lists(st.tuples(st.integers(0, 7), st.integers(1, 4), st.floats(-9, 9)), max_size=12)


def _text(number: int, places: list[tuple[int, int]]) -> SpanText:
    tokens = 12
    return SpanText(
        str(number),
        np.stack([np.arange(tokens), np.arange(tokens) + 1], axis=1).astype(np.int32),
        np.zeros((tokens, 384), np.int8),
        np.array(places, np.int32).reshape(-1, 2),
        np.zeros(len(places), np.uint64),
        np.zeros((len(places), 1), np.uint32),
        np.zeros((len(places), 1), np.float32),
        {},
    )


@settings(deadline=None)
@given(st.lists(_ROWS, max_size=4))
def test_rivals_are_the_overlapping_candidates_of_the_same_text(
    texts: list[list[tuple[int, int, float]]],
) -> None:
    unique = [sorted({(a, a + n): z for a, n, z in rows}.items()) for rows in texts]
    pool = SpanPool([_text(i, [place for place, _ in rows]) for i, rows in enumerate(unique)])
    logits = np.array([z for rows in unique for _, z in rows], np.float32)
    expected = [
        np.log1p(sum(np.exp(logits[other]) for other in pool.overlapping(candidate)))
        for candidate in range(len(pool))
    ]
    np.testing.assert_allclose(strength_of_rivals(pool, logits), expected, atol=1e-3)


def test_part_of_a_likely_span_is_refused_without_answers_about_it(tmp_path: Path) -> None:
    """Alone, "asthma" is accepted; within "severe asthma", which is accepted too, it is not."""
    lines = [
        *(f"Doctors said that {who} has asthma now." for who in ("he", "she", "Tom", "Ann")),
        *(f"Doctors said that {who} has severe asthma now." for who in ("he", "she", "Tom")),
    ]
    held_out = "Doctors said that Ann has severe asthma now."
    texts = [Text(text_key(line), line) for line in lines]
    configuration = Configuration(Kind.SPANS, (Label("DISEASE", "DISEASE"),))
    learner = spans.build(configuration, TextList(texts), tmp_path)
    while learner.step() is not None:
        pass
    answers = []
    for line in lines:
        words = "severe asthma" if "severe" in line else "asthma"
        start = line.index(words)
        question = Question(text_key(line), "DISEASE", start, start + len(words))
        answers.append((question, Answer.ACCEPT))
    learner.learn(answers)
    assert _p(learner, held_out, "severe asthma") > 2 * _p(learner, held_out, "asthma")
    assert _p(learner, lines[0], "asthma") > 0.5


def _p(learner: SpanLearner, line: str, words: str) -> float:
    read = learner._reader.read([text_key(line)], [line])
    pool = SpanPool(read)
    found = learner.model.guess(pool, 0)
    candidate = pool.candidate(text_key(line), line.index(words), line.index(words) + len(words))
    assert found is not None
    assert candidate is not None
    return float(found[candidate])
