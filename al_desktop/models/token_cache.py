"""Token vectors of texts on disk, so that a restart need not encode them again.

Two files: rows (int8, one a token) and an index (key, first row, rows). Both are only ever
appended to, rows first, so that a crash leaves at most rows nobody points at. May be deleted at
any time.
"""

from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

_ENTRY = np.dtype([("key", "S32"), ("first", "<i8"), ("count", "<i8")])

MAX_BYTES = 2 << 30
"""No more is written to one cache: about 200,000 sentences, or 45,000 paragraphs."""


class TokenCache:
    """int8 rows by text key; several a key. One process writes at a time."""

    def __init__(self, folder: Path, name: str, width: int) -> None:
        """`name` says what made the vectors: `name`.rows and `name`.index in `folder`."""
        self._rows_path = folder / f"{name}.rows"
        self._index_path = folder / f"{name}.index"
        self._width = width
        self._places: dict[str, tuple[int, int]] = {}
        self._read = 0

    def get_many(self, keys: Sequence[str]) -> list[NDArray[np.int8] | None]:
        """int8[n, width] for each key, None where it is not stored."""
        self._catch_up()
        if not any(key in self._places for key in keys):
            return [None] * len(keys)
        found: list[NDArray[np.int8] | None] = []
        try:
            with self._rows_path.open("rb") as file:
                for key in keys:
                    first, count = self._places.get(key, (0, -1))
                    file.seek(first * self._width)
                    data = file.read(count * self._width) if count >= 0 else b""
                    whole = count >= 0 and len(data) == count * self._width
                    rows = np.frombuffer(data, np.int8).reshape(-1, self._width) if whole else None
                    found.append(rows)
        except OSError:
            return [None] * len(keys)
        return found

    def put_many(self, keys: Sequence[str], rows: Sequence[NDArray[np.int8]]) -> None:
        """Stores the rows of each key. A full disk or a lost folder is no error: it is a cache,
        and so is reaching MAX_BYTES."""
        if not keys:
            return
        try:
            self._rows_path.parent.mkdir(parents=True, exist_ok=True)
            with self._rows_path.open("ab") as file:
                size = file.tell()
                if size > MAX_BYTES:
                    return
                torn = size % self._width
                padding = bytes(self._width - torn) if torn else b""
                first = (size + len(padding)) // self._width
                file.write(padding + b"".join(each.tobytes() for each in rows))
            entries = np.zeros(len(keys), _ENTRY)
            counts = np.array([len(each) for each in rows], np.int64)
            entries["key"] = [key.encode() for key in keys]
            entries["first"] = first + np.concatenate([[0], np.cumsum(counts)[:-1]])
            entries["count"] = counts
            with self._index_path.open("ab") as file:
                torn = file.tell() % _ENTRY.itemsize
                file.write((bytes(_ENTRY.itemsize - torn) if torn else b"") + entries.tobytes())
        except OSError:
            return

    def _catch_up(self) -> None:
        """Reads what the index says since it was read last; starts anew if it was deleted."""
        try:
            size = self._index_path.stat().st_size
            if size < self._read:
                self._places, self._read = {}, 0
            if size - self._read < _ENTRY.itemsize:
                return
            with self._index_path.open("rb") as file:
                file.seek(self._read)
                data = file.read((size - self._read) // _ENTRY.itemsize * _ENTRY.itemsize)
        except OSError:
            self._places, self._read = {}, 0
            return
        for key, first, count in np.frombuffer(data, _ENTRY).tolist():
            self._places.setdefault(key.decode("ascii", "replace"), (first, count))
        self._read += len(data)
