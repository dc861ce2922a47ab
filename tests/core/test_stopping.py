"""Advice comes from signals and never without the quality."""

import pytest

from al_desktop.core.quality import Advice, Estimate, Interval
from al_desktop.core.stopping import Signals, advice, agreement, margin

STABLE = Signals(accepts=40, margin=0.35, agreement=(0.9, 0.99, 1.0, 0.98))


def estimate(low, value, high, answers=60):
    f1 = Interval(low, value, high)
    return Estimate(f1, f1, f1, Interval(0.05, 0.06, 0.07), answers)


GOOD = estimate(0.84, 0.88, 0.91)
POOR = estimate(0.40, 0.48, 0.55)


def test_good_and_learned_out():
    assert advice(STABLE, GOOD) is Advice.ENOUGH


def test_learned_out_but_not_good():
    assert advice(STABLE, POOR) is Advice.STUCK


def test_unsure_for_good_is_said_too():
    unsure = Signals(accepts=40, margin=0.01, agreement=(0.9, 0.88, 0.9))
    assert advice(unsure, POOR) is Advice.STUCK
    assert advice(unsure, GOOD) is Advice.NONE


@pytest.mark.parametrize(
    "signals",
    [
        Signals(9, 0.35, STABLE.agreement),
        Signals(40, 0.2, STABLE.agreement),
        Signals(40, 0.35, (0.99, 0.99)),
        Signals(40, 0.35, (0.99, 0.99, 0.94)),
    ],
)
def test_still_learning(signals):
    assert advice(signals, GOOD) is Advice.NONE


@pytest.mark.parametrize("found", [None, estimate(0.2, 0.5, 0.8), estimate(0.7, 0.9, 1.0, 19)])
def test_nothing_is_said_before_the_quality_is_known(found):
    assert advice(STABLE, found) is Advice.NONE


def test_agreement_is_cohens_kappa():
    assert agreement({"a", "b"}, {"a", "b"}, 10) == 1.0
    assert agreement(set(), set(), 10) == 1.0
    assert agreement(set(), set(), 0) == 1.0
    # By hand: agree on 8 of 10, chance is 0.2 * 0.2 + 0.8 * 0.8.
    assert agreement({"a", "b"}, {"b", "c"}, 10) == pytest.approx((0.8 - 0.68) / 0.32)


def test_margin():
    assert margin([]) == 0.0
    assert margin([0.5, 0.9]) == pytest.approx(0.2)
    assert margin([0.5] * 10 + [0.0] * 10) == 0.0
