"""How good a model is, as far as is known. What the windows show; light to import."""

from dataclasses import dataclass

ENOUGH_ANSWERS = 20
WIDEST = 0.5


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
