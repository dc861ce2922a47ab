"""Which texts are set aside to check the model with: never asked about for training."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

_MULTIPLIERS = (0xBF58476D1CE4E5B9, 0x94D049BB133111EB)
_INCREMENT = 0x9E3779B97F4A7C15


def reserved(keys: Sequence[str], share: float, at_most: int, salt: int = 0) -> NDArray[np.bool_]:
    """bool[n]: whether the text with this key is reserved.

    A text's rank is a hash of its key, so it is drawn at random but the same in every file: those
    with a rank below `share` are reserved, and of these the `at_most` lowest. A text may leave
    the reserved ones when texts are added or files merged; one that was not reserved in any of
    the files never joins them, so nothing a model learned from is ever used to check it.
    """
    ranks = _ranks(keys, salt)
    below = ranks < share
    if np.count_nonzero(below) <= at_most:
        return below
    chosen = np.zeros(len(keys), np.bool_)
    chosen[np.argpartition(ranks, at_most)[:at_most]] = True
    return chosen


def _ranks(keys: Sequence[str], salt: int) -> NDArray[np.float64]:
    """float64[n], 0..1: the finaliser of splitmix64 (Steele, Lea and Flood 2014) on the first 64
    bits of the key, which is a hash already."""
    numbers = np.frombuffer(bytes.fromhex("".join(key[:16] for key in keys)), ">u8")
    mixed = numbers.astype(np.uint64) + np.uint64((_INCREMENT * (salt + 1)) % 2**64)
    for shift, multiplier in zip((30, 27), _MULTIPLIERS, strict=True):
        mixed = (mixed ^ (mixed >> np.uint64(shift))) * np.uint64(multiplier)
    mixed ^= mixed >> np.uint64(31)
    return (mixed >> np.uint64(11)).astype(np.float64) / 2.0**53
