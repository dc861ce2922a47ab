from collections import Counter

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from al_desktop.core.errors import KnownError
from al_desktop.core.sampling import STRATEGIES, fair_turns, highest, select

scores_of_pools = st.lists(st.floats(0, 1), max_size=30).map(np.array)


def random(seed=0):
    return np.random.default_rng(seed)


@given(scores_of_pools, st.integers(0, 40), st.sampled_from(STRATEGIES), st.integers(0, 9))
def test_picks_differ_and_have_a_probability(scores, count, strategy, seed):
    picks = select(scores, count, strategy, random(seed))
    assert len({pick.index for pick in picks}) == len(picks) == min(count, len(scores))
    assert all(0 < pick.probability <= 1 for pick in picks)
    assert picks == select(scores, count, strategy, random(seed))


@given(scores_of_pools.filter(len), st.integers(1, 30))
def test_highest_agrees_with_sorting(priority, count):
    expected = sorted(range(len(priority)), key=lambda i: (-priority[i], i))[:count]
    assert highest(priority, count) == expected


def test_uncertain_and_likely_go_by_rank():
    scores = np.array([0.9, 0.4, 0.52, 0.1])
    assert [p.index for p in select(scores, 4, "uncertain", random())] == [2, 1, 0, 3]
    assert [p.index for p in select(scores, 4, "likely", random())] == [0, 2, 1, 3]
    assert {p.probability for p in select(scores, 4, "likely", random())} == {1.0}


@pytest.mark.parametrize("strategy", ["default", "random"])
def test_probabilities_are_the_frequencies(strategy):
    scores = np.array([0.5, 0.9, 0.8, 0.95])
    draws = 4000
    generator = random(1)
    firsts = [select(scores, 1, strategy, generator)[0] for _ in range(draws)]
    counts = Counter(pick.index for pick in firsts)
    for pick in set(firsts):
        assert counts[pick.index] / draws == pytest.approx(pick.probability, abs=0.03)
    assert sum({p.index: p.probability for p in firsts}.values()) == pytest.approx(1)


def test_default_draws_from_all_near_even_odds_and_knows_the_chances():
    scores = np.r_[np.full(20, 0.5), np.full(20, 0.9), 0.51, 0.02]
    drawn = [select(scores, 12, "default", random(seed)) for seed in range(200)]
    uncertain = [[p.index for p in picks if p.strategy == "uncertain"] for picks in drawn]
    assert len({picks[0] for picks in uncertain}) > 10
    assert {index for picks in uncertain for index in picks} <= {*range(20), 40}
    assert [p.index for p in select(scores, 42, "default", random(3))][:4] == [
        p.index for p in select(scores, 4, "default", random(3))
    ]
    first = drawn[0][0]
    assert first.probability == pytest.approx(0.1 / 42 + 0.9 / 21, rel=0.01)


def test_far_from_even_odds_default_still_prefers_the_nearest():
    scores = np.array([0.01, 0.001, 0.002])
    picks = [select(scores, 1, "default", random(seed))[0] for seed in range(50)]
    assert {p.index for p in picks if p.strategy == "uncertain"} == {0}


def test_what_has_no_score_yet_is_asked_last_or_by_lot():
    scores = np.array([np.nan, 0.9, np.nan, 0.6])
    assert [p.index for p in select(scores, 4, "uncertain", random())] == [3, 1, 0, 2]
    drawn = {select(scores, 1, "random", random(seed))[0].index for seed in range(40)}
    assert drawn == {0, 1, 2, 3}


def test_an_unknown_strategy_is_named():
    with pytest.raises(KnownError, match="greedy"):
        select(np.array([0.5]), 1, "greedy", random())


def test_labels_take_turns_until_all_have_as_many():
    assert fair_turns({"A": 3, "B": 1, "C": 2}, 5) == ["B", "B", "C", "A", "B"]
    assert fair_turns({}, 3) == []
