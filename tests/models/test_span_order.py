import numpy as np
import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from al_desktop.core.sampling import STRATEGIES
from al_desktop.models.span_order import Askable, pick


def askable(probabilities: list[float], familiar: int = 0) -> Askable:
    size = len(probabilities)
    return Askable(
        np.arange(size),
        np.array(probabilities, np.float64),
        np.array(probabilities, np.float64),
        np.full(size, familiar),
        np.zeros(size, np.int64),
        np.zeros(size, bool),
    )


@settings(deadline=None)
@example([1e-107, 0.2], 2, "default", 0)
@given(
    st.lists(st.floats(0.0, 1.0), max_size=30),
    st.integers(0, 40),
    st.sampled_from(STRATEGIES),
    st.integers(0, 3),
)
def test_picks_differ_and_have_their_probability(
    probabilities: list[float], count: int, strategy: str, familiar: int
) -> None:
    found = pick(askable(probabilities, familiar), count, strategy, np.random.default_rng(1))
    assert len(found) == min(count, len(probabilities))
    assert len({each.index for each in found}) == len(found)
    assert all(0.0 < each.probability <= 1.0 for each in found)


def test_the_stated_probability_is_how_often_a_candidate_is_picked_first() -> None:
    questions = askable([0.5, 0.3, 0.15, 0.05, 0.6])
    firsts = [pick(questions, 1, "default", np.random.default_rng(seed))[0] for seed in range(4000)]
    for index in range(5):
        stated = {each.probability for each in firsts if each.index == index}
        often = sum(each.index == index for each in firsts) / len(firsts)
        assert len(stated) == 1
        assert often == pytest.approx(stated.pop(), abs=0.03)


def test_strategies_go_by_what_they_say() -> None:
    questions = askable([0.9, 0.52, 0.2, 0.01])
    random = np.random.default_rng(0)
    assert [each.index for each in pick(questions, 4, "likely", random)] == [0, 1, 2, 3]
    assert pick(questions, 1, "uncertain", random)[0].index == 1
    assert pick(questions, 1, "random", random)[0].probability == pytest.approx(1 / 3)


def test_words_answered_often_come_last() -> None:
    familiar = askable([0.5, 0.4])
    familiar.familiar[0] = 4
    assert pick(familiar, 1, "uncertain", np.random.default_rng(0))[0].index == 1


def test_spans_unlike_those_answered_come_sooner() -> None:
    """Ninety-nine acronyms asked about leave more for a span of another shape, as likely."""
    questions = askable([0.5, 0.5])
    questions.alike[0] = 99
    firsts = [pick(questions, 1, "default", np.random.default_rng(seed))[0] for seed in range(300)]
    (stated,) = {each.probability for each in firsts if each.index == 1}
    assert stated == pytest.approx(10 / 11, abs=1e-6)


def test_the_first_questions_explore_nothing() -> None:
    probabilities = np.r_[np.full(60, 0.4), np.full(400, 0.01)]
    nobody = np.zeros(len(probabilities), np.int64)
    places = np.arange(len(probabilities))
    first = Askable(
        places, probabilities, probabilities, nobody, nobody, nobody.astype(bool), answers=0
    )
    later = Askable(
        places, probabilities, probabilities, nobody, nobody, nobody.astype(bool), answers=5
    )
    found = [pick(each, 30, "default", np.random.default_rng(0)) for each in (first, later)]
    assert {each.strategy for each in found[0]} == {"uncertain"}
    assert "explore" in {each.strategy for each in found[1]}
