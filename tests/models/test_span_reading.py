from pathlib import Path

import numpy as np
import pytest
from numpy.typing import NDArray

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Kind, Text, text_key
from al_desktop.learner.simulate import TextList
from al_desktop.models import span_reading
from al_desktop.models.encoder import WIDTH, PieceEncoder
from al_desktop.models.span_features import TokenScale
from al_desktop.models.span_pool import SpanPool
from al_desktop.models.span_reader import SpanReader
from al_desktop.models.span_reading import SpanReading
from al_desktop.models.token_cache import TokenCache
from al_desktop.paths import resources

CONTENTS = [f"Number {i} is a {word} text." for i in range(60) for word in ("dull", "fine")]


@pytest.fixture
def reading(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> SpanReading:
    monkeypatch.setattr(span_reading, "CAPACITY", 300)
    monkeypatch.setattr(span_reading, "EXCHANGED", 60)
    monkeypatch.setattr(span_reading, "STEP_CHARACTERS", 200)
    folder = resources() / "encoder"
    reader = SpanReader(
        Configuration(Kind.SPANS, (Label("L", "L", terms=("number 7",)),)),
        PieceEncoder.load(folder / "vocab.txt"),
        TokenScale(folder / "token_scale.npy"),
        TokenCache(tmp_path, "tokens", WIDTH),
    )
    pool = TextList([Text(text_key(content), content) for content in CONTENTS])
    return SpanReading(pool, reader, seed=3)


def fine_ones(pool: SpanPool) -> NDArray[np.float32]:
    fine = {text_key(content) for content in CONTENTS if "fine" in content}
    return np.array([text.key in fine for text in pool.texts], np.float32)


def held_candidates(reading: SpanReading) -> int:
    return sum(len(text.spans) for text in reading.held.values())


def test_memory_stays_bounded_and_the_promising_texts_stay(reading: SpanReading) -> None:
    seen = []
    while (progress := reading.step(fine_ones)) is not None:
        seen.append(progress.done)
        assert held_candidates(reading) < 300 + 60
    assert seen == sorted(seen)
    assert seen[-1] == len(CONTENTS)
    fine = fine_ones(SpanPool(list(reading.held.values())))
    assert fine.mean() > 0.6
    assert 0.0 < fine.mean() < 1.0


def test_texts_that_a_term_matches_are_read_first(reading: SpanReading) -> None:
    reading.step(fine_ones)
    matched = [text.key for text in reading.held.values() if text.matched]
    assert matched == [key for key in matched if key in {text_key(c) for c in CONTENTS[14:16]}]
    assert len(matched) == 2


def test_dropped_texts_come_back_when_nothing_else_is_left(reading: SpanReading) -> None:
    while reading.step(fine_ones) is not None:
        pass
    before = len(reading.held)
    while reading.refill():
        pass
    assert before < len(reading.held) == len(CONTENTS)


def test_answers_begin_another_sweep_that_finds_what_looks_promising_now(
    reading: SpanReading,
) -> None:
    def dull_ones(pool: SpanPool) -> NDArray[np.float32]:
        return 1.0 - fine_ones(pool)

    reading.sweep(1000)  # not while texts are left to read
    while reading.step(fine_ones) is not None:
        pass
    drawn = reading.drawn()
    reading.sweep(span_reading.SWEEP_AFTER - 1)
    assert reading.step(dull_ones) is None
    reading.sweep(span_reading.SWEEP_AFTER)
    while reading.step(dull_ones) is not None:
        pass
    assert dull_ones(SpanPool(list(reading.held.values()))).mean() > 0.6
    assert held_candidates(reading) < 300 + 60
    # What chance chose stays, so that it still speaks for all texts.
    assert len(drawn) > 10
    assert len(reading.drawn() & drawn) > 10
    reading.sweep(span_reading.SWEEP_AFTER + 1)
    assert reading.step(dull_ones) is None


def test_texts_with_answers_stay_and_have_the_spans_asked_about(reading: SpanReading) -> None:
    content = CONTENTS[0]
    reading.require({text_key(content): [(9, 13)], "0" * 32: [(0, 1)]})
    while reading.step(lambda pool: -fine_ones(pool)) is not None:
        pass
    text = reading.held[text_key(content)]
    assert (9, 13) in [text.characters(candidate) for candidate in range(len(text.spans))]
