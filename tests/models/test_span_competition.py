"""Rivals of candidates, and a head beside them, on texts read by the real encoder."""

from pathlib import Path

import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Answer, Kind, Question, Text, text_key
from al_desktop.learner.simulate import TextList
from al_desktop.models.span_competition import strength_of_rivals
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


def test_beside_a_likelier_rival_a_candidate_loses_more_than_it_would_alone(
    tmp_path: Path,
) -> None:
    """Alone, "asthma" is accepted; within "severe asthma", which is accepted too, it is not."""
    lines = [
        *(f"Doctors said that {who} has asthma now." for who in ("he", "she", "Tom", "Ann")),
        *(f"Doctors said that {who} has severe asthma now." for who in ("he", "she", "Tom")),
    ]
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
    scorer = learner.model._scorers[0]
    assert scorer is not None
    held_out = "Doctors said that Ann has severe asthma now."
    key = text_key(held_out)
    pool = SpanPool(learner._reader.read([key], [held_out]))
    places = [held_out.index(words) for words in ("severe asthma", "asthma")]
    whole, part = (pool.candidate(key, start, held_out.index(" now")) for start in places)
    offset = np.zeros(len(pool), np.float32)
    alone = scorer.heads.alone.logits(pool, offset)
    competing = scorer.heads.logits(pool, offset)
    assert competing[whole] - competing[part] > alone[whole] - alone[part] + 0.5
