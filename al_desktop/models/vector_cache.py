"""Vectors kept on disk as int8 rows, so that a restart need not compute them again.

One file of records of one size, only ever appended to. It may be deleted at any time, and what a
crash left of a record is skipped: a record ends with its key, so without the end it has none.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_KEY_BYTES = 16
_LOW_HALF = np.uint64(0xFFFFFFFF)


def quantise(vectors: NDArray[np.float32]) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
    """int8[n, width] rows and float32[n] scales of float32[n, width] vectors: row * scale is the
    vector to within scale / 2."""
    largest = np.abs(vectors).max(axis=1, initial=0.0)
    scales = (np.maximum(largest, 1e-12) / 127).astype(np.float32)
    return np.rint(vectors / scales[:, None]).astype(np.int8), scales


class VectorCache:
    """Vectors by key (32 hex digits, such as a text's). The first vector stored for a key stays.

    Several processes may append to the same file.
    """

    def __init__(self, folder: Path, name: str, width: int) -> None:
        """`name` says what made the vectors."""
        # 12 bytes of a key: among a billion texts two are alike in them once in 10 ** 11 times.
        self._record = np.dtype(
            [("scale", "<f4"), ("row", "i1", (width,)), ("key", "<u8"), ("rest_of_key", "<u4")]
        )
        self._path = folder / f"{name}-{self._record.itemsize}.vectors"
        self._indexed = 0
        self._sorted = np.empty(0, np.uint64)
        self._places = np.empty(0, np.int64)

    def get_many(
        self, keys: Sequence[str]
    ) -> tuple[NDArray[np.bool_], NDArray[np.int8], NDArray[np.float32]]:
        """bool[n] whether each key is known, its int8[n, width] row and float32[n] scale; rows
        and scales of unknown keys are 0."""
        found = np.zeros(len(keys), np.bool_)
        rows = np.zeros((len(keys), self._record["row"].shape[0]), np.int8)
        scales = np.zeros(len(keys), np.float32)
        stored = self._stored()
        self._index(stored)
        if not len(stored) or not keys:
            return found, rows, scales
        wanted = key_numbers(keys)
        rank = np.searchsorted(self._sorted, wanted[:, 0])
        places = self._places[np.minimum(rank, len(self._places) - 1)]
        # Compared whole: the index may be of a file that was deleted and grew again meanwhile.
        found = stored["key"][places] == wanted[:, 0]
        found &= stored["rest_of_key"][places] == wanted[:, 1] & _LOW_HALF
        rows[found] = stored["row"][places[found]]
        scales[found] = stored["scale"][places[found]]
        return found, rows, scales

    def put_many(
        self, keys: Sequence[str], rows: NDArray[np.int8], scales: NDArray[np.float32]
    ) -> None:
        """Appends one vector a key. A full disk or a lost folder is no error: it is a cache."""
        records = np.zeros(len(keys), self._record)
        numbers = key_numbers(keys)
        records["key"], records["rest_of_key"] = numbers[:, 0], numbers[:, 1] & _LOW_HALF
        records["row"] = rows
        records["scale"] = scales
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            with self._path.open("ab") as file:
                torn = file.tell() % self._record.itemsize
                padding = bytes(self._record.itemsize - torn) if torn else b""
                file.write(padding + records.tobytes())
        except OSError:
            return

    def _stored(self) -> NDArray[np.void]:
        """All whole records of the file, read from disk as they are used."""
        try:
            count = self._path.stat().st_size // self._record.itemsize
            if count == 0:
                return np.empty(0, self._record)
            return np.memmap(self._path, dtype=self._record, mode="r", shape=(count,))
        except OSError:
            return np.empty(0, self._record)

    def _index(self, stored: NDArray[np.void]) -> None:
        if len(stored) == self._indexed:
            return
        keys = stored["key"]
        # Stable, so that of two records with one key the first is found.
        self._places = np.argsort(keys, kind="stable")
        self._sorted = keys[self._places]
        self._indexed = len(stored)


def key_numbers(keys: Sequence[str]) -> NDArray[np.uint64]:
    """uint64[n, 2] of n keys of 32 hex digits."""
    return np.frombuffer(bytes.fromhex("".join(keys)), "<u8").reshape(len(keys), _KEY_BYTES // 8)
