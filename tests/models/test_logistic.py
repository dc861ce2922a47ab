import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from al_desktop.models.logistic import balanced, best_cut, fit_dual, leave_one_out, sigmoid


def problem(count, accepts, seed):
    random = np.random.default_rng(seed)
    points = random.normal(size=(count, 5)).astype(np.float32)
    accepted = np.arange(count) < accepts
    points[accepted] += 1
    return points @ points.T + 1, accepted


@settings(deadline=None)
@given(st.integers(2, 60), st.data(), st.integers(0, 99))
def test_the_fit_is_a_minimum(count, data, seed):
    gram, accepted = problem(count, data.draw(st.integers(1, count - 1)), seed)
    strength = 10.0
    coefficients = fit_dual(gram, accepted, balanced(accepted, strength))
    weight = balanced(accepted, strength)
    # At the minimum each coefficient is its example's weighted error.
    error = weight * (accepted - sigmoid(gram @ coefficients))
    assert np.abs(coefficients - error).max() < 0.02 * weight.max()


@pytest.mark.parametrize("accepts", [1, 199])
def test_classes_weigh_the_same_however_rare(accepts):
    gram, accepted = problem(200, accepts, 3)
    scores = sigmoid(gram @ fit_dual(gram, accepted, balanced(accepted, 10.0)))
    assert scores[accepted].mean() > 0.6 > 0.4 > scores[~accepted].mean()


def test_extreme_odds_are_probabilities():
    scores = sigmoid(np.array([-1e4, 0, 1e4], np.float32))
    assert scores.tolist() == [0, 0.5, 1]


@pytest.mark.parametrize("most", [1000, 20])
def test_leaving_one_out_comes_near_to_fitting_without_it(most):
    gram, accepted = problem(40, 15, 5)
    order = np.random.default_rng(0).permutation(40)
    gram, accepted = gram[np.ix_(order, order)], accepted[order]
    weight = balanced(accepted, 1.0)
    coefficients = fit_dual(gram, accepted, weight)
    quick = leave_one_out(gram, coefficients, weight, most)
    exact = []
    for i in range(40)[-most:]:
        others = np.arange(40) != i
        apart = balanced(accepted[others], 1.0)
        exact.append(gram[i, others] @ fit_dual(gram[others][:, others], accepted[others], apart))
    assert len(quick) == len(exact)
    assert np.corrcoef(quick, exact)[0, 1] > 0.95
    assert np.abs(quick - np.array(exact)).mean() < 0.6


def test_the_best_cut_has_the_highest_f1():
    odds = np.array([3.0, 2.0, 1.0, 0.5, -1.0, -2.0], np.float32)
    accepted = np.array([True, True, False, True, False, False])
    assert 0.5 > best_cut(odds, accepted) > -1.0
    assert best_cut(odds, odds > 1.5) == pytest.approx(1.5)
