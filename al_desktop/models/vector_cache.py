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
_MOST_UNSORTED = 32_768
"""New records whose keys are not sorted yet: sorting them into a million takes 15 to 30 ms."""


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
        self._index = _Index()

    def get_many(
        self, keys: Sequence[str]
    ) -> tuple[NDArray[np.bool_], NDArray[np.int8], NDArray[np.float32]]:
        """bool[n] whether each key is known, its int8[n, width] row and float32[n] scale; rows
        and scales of unknown keys are 0."""
        found = np.zeros(len(keys), np.bool_)
        rows = np.zeros((len(keys), self._record["row"].shape[0]), np.int8)
        scales = np.zeros(len(keys), np.float32)
        stored = self._stored()
        if not self._index.is_of(stored["key"]):
            self._index = _Index()
        self._index.update(stored["key"])
        if not len(stored) or not keys:
            return found, rows, scales
        wanted = key_numbers(keys)
        places = self._index.places(wanted[:, 0])
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


class _Index:
    """Where the first record with each key is. Keys of records added lately are in a dict, all
    others are sorted."""

    def __init__(self) -> None:
        self._count = 0
        self._last = np.uint64(0)
        self._sorted: NDArray[np.uint64] = np.empty(0, np.uint64)
        self._places: NDArray[np.int64] = np.empty(0, np.int64)
        self._unsorted: dict[int, int] = {}

    def is_of(self, stored: NDArray[np.uint64]) -> bool:
        """Whether what is indexed is the beginning of the keys of these records: not so once the
        file was deleted."""
        count = self._count
        return count == 0 or (count <= len(stored) and bool(stored[count - 1] == self._last))

    def update(self, stored: NDArray[np.uint64]) -> None:
        """Takes in what this and other processes added."""
        new = stored[self._count :]
        if not len(new):
            return
        if len(self._unsorted) + len(new) <= _MOST_UNSORTED:
            for place, key in enumerate(new.tolist(), self._count):
                self._unsorted.setdefault(key, place)
        else:
            first = len(self._sorted)
            keys = np.concatenate((self._sorted, stored[first:]))
            places = np.concatenate((self._places, np.arange(first, len(stored))))
            # Stable, so that of two records with one key the first is found.
            order = np.argsort(keys, kind="stable")
            self._sorted, self._places = keys[order], places[order]
            self._unsorted.clear()
        self._count, self._last = len(stored), new[-1]

    def places(self, keys: NDArray[np.uint64]) -> NDArray[np.int64]:
        """int64[n]; any record for an unknown key."""
        places = np.array([self._unsorted.get(key, 0) for key in keys.tolist()], np.int64)
        if len(self._sorted):
            rank = np.minimum(np.searchsorted(self._sorted, keys), len(self._sorted) - 1)
            places = np.where(self._sorted[rank] == keys, self._places[rank], places)
        return places


def key_numbers(keys: Sequence[str]) -> NDArray[np.uint64]:
    """uint64[n, 2] of n keys of 32 hex digits."""
    return np.frombuffer(bytes.fromhex("".join(keys)), "<u8").reshape(len(keys), _KEY_BYTES // 8)
