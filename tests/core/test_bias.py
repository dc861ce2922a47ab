"""The bias report shows what was asked about too often, too rarely, or never."""

import pytest

from al_desktop.core.bias import bias_report

POOL = (
    ["short refund"] * 30
    + ["a much longer text about the weather, which goes on and on and on" * 2] * 60
    + ["x" * 2000] * 10
)
SOURCES = ["a.jsonl"] * 50 + ["b.jsonl"] * 50


def test_shares_add_up_and_differences_show():
    report = bias_report(POOL, SOURCES, [*range(20), 40])
    assert sum(share.pool for share in report.lengths) == pytest.approx(1.0)
    assert sum(share.labelled for share in report.lengths) == pytest.approx(1.0)
    assert [share.group for share in report.lengths] == [
        "0 to 49 characters", "100 to 199 characters", "1600 characters and more",
    ]  # fmt: skip
    assert report.never_asked == ("1600 characters and more", "b.jsonl")
    refund = next(word for word in report.words if word.word == "refund")
    assert refund.surprise > 3
    assert refund.labelled == pytest.approx(20 / 21)
    weather = next(word for word in report.words if word.word == "weather")
    assert weather.surprise < 0


@pytest.mark.parametrize("labelled", [[], list(range(100))])
def test_nothing_or_everything_labelled(labelled):
    report = bias_report(POOL, SOURCES, labelled)
    assert report.words == ()


def test_an_empty_pool():
    assert bias_report([], [], []).lengths == ()
