import numpy as np
import pytest

from al_desktop.models.span_decoding import LOWEST_THRESHOLD, plug_in_threshold


def test_the_threshold_lies_below_half_of_the_best_f1() -> None:
    sure = np.array([0.99] * 50 + [0.01] * 50, np.float32)
    doubtful = np.array([0.3] * 50 + [0.02] * 50, np.float32)
    assert plug_in_threshold(sure) == pytest.approx(0.42, abs=0.03)
    assert LOWEST_THRESHOLD <= plug_in_threshold(doubtful) < 0.3
    assert plug_in_threshold(np.empty(0, np.float32)) == 0.5
