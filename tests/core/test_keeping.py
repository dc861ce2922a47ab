"""When models are kept, and which of them is the better one."""

from dataclasses import replace

import pytest

from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.identifiers import uuid7
from al_desktop.core.keeping import best, is_worse, reason_to_keep
from al_desktop.core.quality import Estimate, Interval
from al_desktop.core.snapshots import ADVICE, ANSWERS, KEPT, Snapshot, about_model


def estimate(low: float, value: float, high: float, answers: int = 60) -> Estimate:
    interval = Interval(low, value, high)
    return Estimate(interval, interval, interval, interval, answers)


def kept(answers: int, overall: Estimate | None = None, reason: str = KEPT) -> Event:
    snapshot = Snapshot(reason, answers, (), (), overall)
    return Event(uuid7(), EventKind.SNAPSHOT, about_model(), "ann", 0, snapshot=snapshot)


GOOD = estimate(0.8, 0.85, 0.9)


@pytest.mark.parametrize(
    ("snapshots", "answers", "advises", "reason"),
    [
        ([], 99, False, None),
        ([], 100, False, ANSWERS),
        ([kept(100)], 199, False, None),
        ([kept(100)], 200, False, ANSWERS),
        ([kept(2000)], 2150, False, None),
        ([kept(2000)], 2230, False, ANSWERS),
        ([kept(100)], 120, True, ADVICE),
        ([kept(130), kept(120, reason=ADVICE)], 140, True, None),
    ],
)
def test_models_are_kept_now_and_then(
    snapshots: list[Event], answers: int, advises: bool, reason: str | None
) -> None:
    assert reason_to_keep(snapshots, answers, GOOD, advises) == reason


@pytest.mark.parametrize("overall", [None, replace(GOOD, answers=5), estimate(0.1, 0.5, 0.9)])
def test_nothing_is_kept_before_its_quality_means_something(overall: Estimate | None) -> None:
    assert reason_to_keep([], 500, overall, True) is None


def test_the_best_is_the_one_with_the_highest_f1_that_is_known() -> None:
    poor, good = kept(100, estimate(0.5, 0.6, 0.7)), kept(200, GOOD)
    unknown, vague = kept(300), kept(400, estimate(0.3, 0.99, 1.0))
    assert best(AnswerLog([poor, good, unknown, vague])) == good
    assert best(AnswerLog([unknown])) is None


def test_worse_is_below_the_interval() -> None:
    assert is_worse(estimate(0.7, 0.79, 0.9), GOOD)
    assert not is_worse(estimate(0.7, 0.81, 0.9), GOOD)
    assert not is_worse(estimate(0.1, 0.5, 0.9), GOOD), "that is no estimate yet"
