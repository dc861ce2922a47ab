"""How good a model is, as far as is known. What the windows show; light to import."""

from dataclasses import asdict, dataclass
from enum import StrEnum
from math import exp, log
from typing import Any

ENOUGH_ANSWERS = 20
WIDEST = 0.5
QUALITY = "quality"
"""Name of the state in a project file: by label name, `estimate_to_json` as last known."""


class Advice(StrEnum):
    """Whether to go on labelling. ENOUGH: more answers would add next to nothing. STUCK: the
    model has nearly stopped learning but is not good."""

    NONE = ""
    ENOUGH = "enough"
    STUCK = "stuck"


@dataclass(frozen=True, slots=True)
class Interval:
    """A share from 0 to 1: the best guess and where it lies with 95 % certainty."""

    low: float
    value: float
    high: float

    def __str__(self) -> str:
        """Such as "0.84 to 0.91"."""
        return f"{self.low:.2f} to {self.high:.2f}"

    @property
    def half_width(self) -> float:
        return (self.high - self.low) / 2.0


def corrected(score: float, curve: tuple[float, float]) -> float:
    """The probability that a model's score stands for; `curve` is shift and slope of log-odds."""
    certain = min(max(score, 1e-7), 1.0 - 1e-7)
    log_odds = curve[0] + curve[1] * log(certain / (1.0 - certain))
    return 1.0 / (1.0 + exp(-log_odds))


@dataclass(frozen=True, slots=True)
class Estimate:
    """A model's quality on texts it has not learned from.

    answers   audit answers, accept or reject, it rests on
    """

    precision: Interval
    recall: Interval
    f1: Interval
    prevalence: Interval
    answers: int

    @property
    def means_something(self) -> bool:
        """Whether it should be shown: an interval wider than half the scale says nothing, and a
        handful of answers says mostly what the model thinks of itself."""
        return self.answers >= ENOUGH_ANSWERS and self.f1.high - self.f1.low <= WIDEST


def estimate_to_json(estimate: Estimate, complete: bool = True) -> dict[str, Any]:
    """What `stats` prints and a project file keeps: figures with their intervals; nothing but the
    number of answers while they mean nothing.

    complete   whether what recall says of spans that the model doesn't propose was measured
    """
    record: dict[str, Any] = {"audit_answers": estimate.answers, "shown": estimate.means_something}
    if estimate.means_something:
        for figure in ("f1", "precision", "recall", "prevalence"):
            interval: Interval = getattr(estimate, figure)
            record[figure] = {name: round(value, 4) for name, value in asdict(interval).items()}
        record["measured_spans_not_proposed"] = complete
    return record
