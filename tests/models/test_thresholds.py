"""Cuts of made-up odds whose best cut is known."""

import numpy as np
import pytest

from al_desktop.models.logistic import sigmoid
from al_desktop.models.thresholds import (
    blended_cut,
    calibration,
    expected_best_cut,
    separation,
)


def answered(odds: np.ndarray, slope: float, shift: float, seed: int = 0) -> np.ndarray:
    p = sigmoid((slope * odds + shift).astype(np.float32))
    return np.asarray(np.random.default_rng(seed).random(len(odds)) < p)


def normal(count: int, spread: float = 1.0) -> np.ndarray:
    return (spread * np.random.default_rng(1).normal(size=count)).astype(np.float32)


def test_calibration_finds_slope_and_shift() -> None:
    odds = normal(5000)
    slope, shift = calibration(odds, answered(odds, 2.0, -1.0))
    assert slope == pytest.approx(2.0, abs=0.2)
    assert shift == pytest.approx(-1.0, abs=0.15)


def test_few_answers_hardly_move_the_prior() -> None:
    slope, _ = calibration(np.array([0.1, -0.1], np.float32), np.array([True, False]))
    assert slope == pytest.approx(1.0, abs=0.1)


def test_separation_is_the_share_of_pairs_in_order() -> None:
    odds = np.array([3, 2, 1, 0], np.float32)
    assert separation(odds, np.array([True, False, True, False])) == 0.75


def test_expected_best_cut_gives_the_f1_that_the_best_cut_gives() -> None:
    odds = normal(4000, 1.5)
    accepted = answered(odds, 0.5, -1.5)

    def f1(cut: float) -> float:
        found = odds >= cut
        return 2 * int((found & accepted).sum()) / int(found.sum() + accepted.sum())

    best = max(f1(cut) for cut in np.linspace(-3, 3, 61))
    assert f1(expected_best_cut(odds[:400], accepted[:400], odds)) > best - 0.02


def test_where_answers_are_told_apart_the_pool_does_not_count() -> None:
    odds = np.array([2, 1.5, -1, -2], np.float32)
    accepted = np.array([True, True, False, False])
    one, other = (blended_cut(odds, accepted, normal(50) + shift, 4) for shift in (-3, 3))
    assert one == other == pytest.approx(0.25 / 2, abs=0.01)


def test_where_they_are_not_the_cut_of_hard_common_labels_is_low() -> None:
    odds = normal(100, 0.3)
    accepted = answered(odds, 1.0, 0.0)
    assert blended_cut(odds, accepted, normal(1000, 0.3) - 0.3, 100) < -0.1
