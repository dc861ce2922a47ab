"""What a learner offers so that its model can be checked."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, runtime_checkable

import numpy as np
from numpy.typing import NDArray


@dataclass(frozen=True, slots=True)
class Judged:
    """What a model says to all n questions of one label that could be asked about some texts.

    text        int[n], which text, in the order in which they were taken in
    score       float[n], probability of accept
    predicted   bool[n], what the model accepts at its own threshold
    start, end  int[n], characters of the span; None where the questions are about whole texts
    """

    text: NDArray[np.int64]
    score: NDArray[np.float32]
    predicted: NDArray[np.bool_]
    start: NDArray[np.int64] | None = None
    end: NDArray[np.int64] | None = None


@runtime_checkable
class Judge(Protocol):
    """A learner whose model can be checked on texts that are not in its pool."""

    def judge(self, keys: Sequence[str], contents: Sequence[str]) -> None:
        """Takes in further texts to judge, with their keys."""
        ...

    def judged(self) -> Mapping[str, Judged]:
        """What the model as it is now says about all of them, for each label it has a model of.
        Spans that it gives next to no chance are left out."""
        ...
