"""Estimates in words and in JSON: no bare number, nothing before it means something."""

from al_desktop.core.quality import Estimate, Interval, estimate_to_json


def estimate(answers, width=0.1):
    f1 = Interval(0.5 - width / 2, 0.5, 0.5 + width / 2)
    return Estimate(f1, f1, f1, Interval(0.01, 0.02, 0.03), answers)


def test_few_answers_give_no_figure():
    assert estimate_to_json(estimate(19)) == {"audit_answers": 19, "shown": False}
    assert "f1" not in estimate_to_json(estimate(40, width=0.6))


def test_figures_come_with_their_interval():
    record = estimate_to_json(estimate(40), complete=False)
    assert record["f1"] == {"low": 0.45, "value": 0.5, "high": 0.55}
    assert record["prevalence"]["high"] == 0.03
    assert record["measured_spans_not_proposed"] is False
