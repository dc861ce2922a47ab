"""Intervals hold what they promise, on made-up models whose truth is known."""

from dataclasses import replace

import numpy as np
import pytest

from al_desktop.core.audit import draw, importance
from al_desktop.core.calibration import calibrate, log_odds
from al_desktop.core.estimation import DRAWS, Audit, calibration, draws, estimate, with_missed
from al_desktop.core.quality import Interval

NOTHING = np.empty(0)


def model(random, size=1000, rare=3.0):
    """Scores of a model whose probabilities are too high, and the truth."""
    odds = random.normal(-rare, 2.5, size)
    true = random.random(size) < 1 / (1 + np.exp(-(1.3 * odds - 0.5)))
    return odds, true


def audited(random, odds, true, count):
    audit = Audit(odds, odds > 0, NOTHING.astype(int), NOTHING.astype(bool), NOTHING, 10**9)
    open_ = np.ones(len(odds), bool)
    while (asked := len(audit.asked)) < count:
        chances = importance(calibration(audit).probabilities(odds), audit.predicted)
        drawn = draw(chances, open_, 10, random)
        index = np.concatenate([audit.asked, [each for each, _ in drawn]]).astype(int)
        open_[index[asked:]] = False
        chance = np.concatenate([audit.probability, [p for _, p in drawn]])
        audit = replace(audit, asked=index, accepted=true[index], probability=chance)
    return audit


def f1(odds, true):
    return 2 * (true & (odds > 0)).sum() / (true.sum() + (odds > 0).sum())


@pytest.mark.parametrize("count", [30, 100])
def test_most_intervals_cover_the_truth(count):
    random = np.random.default_rng(5)
    everything = model(random, 200_000)
    true = f1(*everything)
    covered = 0
    for _ in range(60):
        some = random.permutation(200_000)[:1000]
        audit = audited(random, everything[0][some], everything[1][some], count)
        found = estimate(audit, random).f1
        covered += found.low <= true <= found.high
    assert covered >= 52  # 95 % of 60, less two standard deviations and a half


def test_everything_asked_leaves_only_the_noise_of_the_reserve_itself():
    random = np.random.default_rng(2)
    odds, true = model(random, 300, rare=1.0)
    known = replace(audited(random, odds, true, 300), population=300)
    found = estimate(known)
    assert found.f1.value == pytest.approx(f1(odds, true), abs=0.02)
    assert found.f1.half_width < 0.03
    assert estimate(replace(known, population=10**6)).f1.half_width > 0.03


def test_the_same_answers_give_the_same_figures():
    random = np.random.default_rng(3)
    audit = audited(random, *model(random), 40)
    assert estimate(audit) == estimate(audit)


def test_more_answers_narrow_the_interval_and_few_are_not_shown():
    random = np.random.default_rng(4)
    odds, true = model(random, 2000)
    few = estimate(audited(random, odds, true, 10))
    many = estimate(audited(random, odds, true, 200))
    assert many.f1.half_width < few.f1.half_width
    assert not few.means_something
    assert many.means_something


def test_a_model_that_finds_nothing_right_may_have_an_f1_of_zero():
    random = np.random.default_rng(6)
    odds = random.normal(-4.0, 1.0, 1000)
    odds[:5] = 1.0
    found = estimate(audited(random, odds, np.zeros(1000, bool), 60))
    assert found.f1.low == 0.0
    assert found.precision.low == 0.0


@pytest.mark.parametrize("predicted", [True, False])
def test_all_or_nothing_predicted(predicted):
    size = 50
    audit = Audit(
        np.linspace(-2, 2, size),
        np.full(size, predicted),
        np.arange(10),
        np.arange(10) % 2 == 0,
        np.full(10, 1 / size),
        size,
    )
    found = estimate(audit)
    for figure in (found.f1, found.precision, found.recall, found.prevalence):
        assert 0.0 <= figure.low <= figure.high <= 1.0


def test_missed_spans_lower_recall_alone():
    random = np.random.default_rng(8)
    found = draws(audited(random, *model(random), 60))
    with_some = with_missed(found, np.array([0, 1, 1, 1, 0] * 8), texts=200)
    assert len(with_some.false_negatives) == DRAWS
    added = with_some.false_negatives - found.false_negatives
    assert np.mean(added) == pytest.approx(200 * 0.6, rel=0.15)
    assert (with_some.true_positives == found.true_positives).all()
    none = with_missed(found, np.zeros(5, int), texts=200)
    expected = 0.15 * np.mean(found.true_positives + found.false_negatives)
    assert 0 < np.mean(none.false_negatives - found.false_negatives) < expected


def test_calibration_follows_the_answers():
    random = np.random.default_rng(9)
    odds, true = model(random, 400, rare=0.0)
    curve = calibrate(odds, true, np.ones(400))
    assert curve.slope == pytest.approx(1.3, abs=0.3)
    assert curve.shift == pytest.approx(-0.5, abs=0.4)
    assert curve.probabilities(odds).mean() == pytest.approx(true.mean(), abs=0.03)
    before = calibrate(NOTHING, NOTHING.astype(bool), NOTHING)
    assert before.posterior.sum() == pytest.approx(1.0)


def test_log_odds_of_certainty_are_finite():
    assert np.isfinite(log_odds(np.array([0.0, 0.5, 1.0]))).all()


def test_an_interval_in_words():
    assert str(Interval(0.841, 0.88, 0.9)) == "0.84 to 0.90"
