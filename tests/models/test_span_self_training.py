import numpy as np
from hypothesis import given, settings
from hypothesis import strategies as st

from al_desktop.models.span_pool import SpanPool
from al_desktop.models.span_reader import SpanText
from al_desktop.models.span_self_training import Sample, own_rows
from al_desktop.models.span_supervision import LabelAnswers, Weighted


def _pool(texts: int, spans: int) -> SpanPool:
    """Texts of single tokens, each a candidate."""
    places = np.stack([np.arange(spans), np.arange(spans) + 1], axis=1).astype(np.int32)
    return SpanPool(
        [
            SpanText(
                str(number),
                places,
                np.zeros((spans, 384), np.int8),
                places,
                np.arange(spans, dtype=np.uint64),
                np.zeros((spans, 1), np.uint32),
                np.zeros((spans, 1), np.float32),
                {},
            )
            for number in range(texts)
        ]
    )


@settings(deadline=None)
@given(st.integers(0, 2**32), st.floats(0.1, 0.6), st.integers(0, 12))
def test_as_many_spans_are_found_as_before(seed: int, threshold: float, answered: int) -> None:
    pool = _pool(20, 30)
    random = np.random.default_rng(seed)
    before = random.random(len(pool), np.float32)
    sharper = (before**0.3).astype(np.float32)
    answers = LabelAnswers(accepted=list(range(0, 30 * answered, 30)))
    sample = Sample(pool, answers, np.ones(20, bool))
    found = sharper >= sample.same_threshold(sharper, before, threshold)
    # Two counts are matched, that of all texts and that of those without answers.
    assert abs(int(found.sum()) - int((before >= threshold).sum())) <= 30


def test_own_rows_leave_answers_as_they_are() -> None:
    pool = _pool(4, 10)
    p = np.full(len(pool), 0.3, np.float32)
    p[:10] = 0.9
    told = Weighted(np.array([0, 12]), np.array([0.0, 1.0], np.float32), np.ones(2, np.float32))
    answers = LabelAnswers(accepted=[12], rejected=[0], ignored=[1])
    rows = own_rows(pool, answers, told, p, 0.5)
    assert not set(rows.candidates.tolist()) & {0, 1, 12}
    np.testing.assert_array_equal(rows.target, rows.candidates < 10)
    np.testing.assert_allclose(rows.weight, np.where(rows.candidates < 10, 0.4, 0.2), atol=1e-6)
