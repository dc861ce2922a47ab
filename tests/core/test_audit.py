"""Audit questions are drawn as they say, and their weights undo how they were drawn."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from al_desktop.core.audit import UNIFORM_SHARE, draw, expected_f1, importance, weights

probabilities = st.lists(st.floats(0.0, 1.0), min_size=1, max_size=40)


@given(probabilities, st.floats(0.0, 1.0))
def test_every_question_has_its_share_of_the_uniform_draw(accept, threshold):
    p = np.array(accept)
    chances = importance(p, p >= threshold)
    assert chances.sum() == pytest.approx(1.0)
    assert (chances >= UNIFORM_SHARE / len(p) * (1 - 1e-9)).all()


def test_importance_is_where_f1_is_decided():
    p = np.array([0.999, 0.6, 0.3, 0.001])
    chances = importance(p, p >= 0.5)
    assert chances[1] > chances[3]
    assert chances[2] > chances[3]


def test_expected_f1():
    assert expected_f1(np.array([1.0, 1.0, 0.0]), np.array([True, True, False])) == 1.0
    assert expected_f1(np.zeros(3), np.zeros(3, bool)) == 0.0


def test_draws_are_different_open_ones_with_the_chance_they_had():
    chances = np.array([0.5, 0.25, 0.125, 0.125])
    open_ = np.array([True, False, True, True])
    drawn = draw(chances, open_, 9, np.random.default_rng(1))
    assert sorted(index for index, _ in drawn) == [0, 2, 3]
    left = np.where(open_, chances, 0.0)
    for index, probability in drawn:
        assert probability == pytest.approx(left[index] / left.sum())
        left[index] = 0.0


@pytest.mark.parametrize("answers", [1, 5, 11, 12])
def test_the_weighted_mean_is_unbiased_even_when_the_chances_change(answers):
    values = np.array([0.0, 0.0, 1.0, 0.0, 1.0, 0.0, 0.0, 1.0, 0.0, 0.0, 0.0, 0.0])
    first = np.linspace(1.0, 6.0, 12) / np.linspace(1.0, 6.0, 12).sum()
    random = np.random.default_rng(7)
    means = []
    for _ in range(4000):
        open_ = np.ones(12, bool)
        drawn = []
        for number in range(answers):
            chances = first if number < 4 else first[::-1]
            [each] = draw(chances, open_, 1, random)
            drawn.append(each)
            open_[each[0]] = False
        weight = weights(np.array([probability for _, probability in drawn]), 12)
        means.append(float(weight @ values[[index for index, _ in drawn]]) / answers)
    error = np.std(means) / np.sqrt(len(means))
    assert abs(np.mean(means) - values.mean()) < 4 * error + 1e-9


def test_all_answered_weigh_the_same():
    drawn = draw(np.array([0.7, 0.2, 0.1]), np.ones(3, bool), 3, np.random.default_rng(0))
    assert weights(np.array([probability for _, probability in drawn]), 3) == pytest.approx(1.0)
