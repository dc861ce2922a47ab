"""Which texts of a project are learned from, and which are set aside to judge the model by."""

from collections.abc import Collection, Iterator, Sequence

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.configuration import Configuration
from al_desktop.core.events import AnswerLog
from al_desktop.core.protocols import TextPool
from al_desktop.core.questions import EVALUATION, Text
from al_desktop.core.reserve import reserved
from al_desktop.storage import ProjectFile
from al_desktop.storage.browse import has_answers_by

FEWEST_TEXTS = 100
"""In the project; of fewer no part is worth reserving."""


class PoolPart:
    """Some of the texts of a pool, as a TextPool of its own."""

    def __init__(self, pool: TextPool, positions: NDArray[np.int64]) -> None:
        self._pool = pool
        self._positions = positions
        keys = list(pool.keys())
        self._keys = [keys[position] for position in positions.tolist()]

    def __len__(self) -> int:
        return len(self._keys)

    def keys(self) -> Sequence[str]:
        return self._keys

    def contents(self, positions: Sequence[int]) -> list[str]:
        return self._pool.contents(self._positions[np.asarray(positions, np.int64)].tolist())

    def batches(self, size: int) -> Iterator[list[Text]]:
        wanted = set(self._keys)
        for batch in self._pool.batches(size):
            if kept := [text for text in batch if text.key in wanted]:
                yield kept


def split(
    pool: TextPool, configuration: Configuration, evaluation: Collection[str] = ()
) -> tuple[TextPool, TextPool]:
    """The texts to learn from, and the reserved ones: those of the evaluation set, by their keys,
    where there is one, else a share drawn by lot."""
    keys = list(pool.keys())
    apart = np.fromiter((key in evaluation for key in keys), np.bool_, len(keys))
    if not apart.any() and len(keys) >= FEWEST_TEXTS:
        apart = reserved(keys, configuration.reserved_share, configuration.reserved_most)
    if not apart.any():
        return pool, PoolPart(pool, np.empty(0, np.int64))
    return PoolPart(pool, np.flatnonzero(~apart)), PoolPart(pool, np.flatnonzero(apart))


def evaluation_texts(file: ProjectFile) -> frozenset[str]:
    """Keys of the texts of the project's evaluation set. Costs next to no time where there is
    none."""
    if not has_answers_by(file, EVALUATION):
        return frozenset()
    return AnswerLog(event for _, event in file.events()).evaluation_texts()
