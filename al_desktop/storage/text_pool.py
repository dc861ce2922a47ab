"""The texts of a project file by position."""

from array import array
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import overload

from peewee import Database

from al_desktop.core.questions import Text
from al_desktop.storage.faults import explained
from al_desktop.storage.rows import text_from_row
from al_desktop.storage.tables import TextRow

_KEY_BYTES = 16
_DIGITS = 2 * _KEY_BYTES
_AT_ONCE = 500
_ROWS_AT_ONCE = 20_000


class TextKeys(Sequence[str]):
    """Text keys at 16 bytes each, as hex digits on request."""

    def __init__(self, packed: bytes) -> None:
        self._packed = packed

    def __len__(self) -> int:
        return len(self._packed) // _KEY_BYTES

    @overload
    def __getitem__(self, position: int) -> str: ...
    @overload
    def __getitem__(self, position: slice) -> list[str]: ...
    def __getitem__(self, position: int | slice) -> str | list[str]:
        if isinstance(position, slice):
            first, last, step = position.indices(len(self))
            if step != 1:
                return [self[index] for index in range(first, last, step)]
            digits = self._packed[first * _KEY_BYTES : last * _KEY_BYTES].hex()
            return [digits[at : at + _DIGITS] for at in range(0, len(digits), _DIGITS)]
        if position < 0:
            position += len(self)
        if not 0 <= position < len(self):
            raise IndexError(position)
        return self._packed[position * _KEY_BYTES : (position + 1) * _KEY_BYTES].hex()

    def __iter__(self) -> Iterator[str]:
        for first in range(0, len(self), _ROWS_AT_ONCE):
            yield from self[first : first + _ROWS_AT_ONCE]


def _packed_keys(database: Database) -> bytes:
    cursor = database.execute_sql("SELECT key FROM text ORDER BY id")
    parts = []
    while rows := cursor.fetchmany(_ROWS_AT_ONCE):
        parts.append(b"".join([key for (key,) in rows]))
    return b"".join(parts)


def _ids(database: Database, count: int) -> Sequence[int]:
    """In order; nothing to read where none is missing, as is so unless a merge was undone."""
    if not count:
        return ()
    # One by one: asked for both at once, SQLite reads all rows.
    first, last = (
        int(database.execute_sql(f"SELECT {end}(id) FROM text").fetchone()[0])
        for end in ("min", "max")
    )
    if last - first + 1 == count:
        return range(first, last + 1)
    return array("q", (row[0] for row in database.execute_sql("SELECT id FROM text ORDER BY id")))


class FilePool:
    """A `core.protocols.TextPool` of the texts that were in the file when it was made."""

    def __init__(self, path: Path, database: Database) -> None:
        self._path = path
        self._database = database
        with database.atomic():  # both as of one moment
            self._keys = TextKeys(_packed_keys(database))
            self._ids = _ids(database, len(self._keys))

    def __len__(self) -> int:
        return len(self._ids)

    def keys(self) -> Sequence[str]:
        return self._keys

    def contents(self, positions: Sequence[int]) -> list[str]:
        found: dict[int, str] = {}
        wanted = [self._ids[position] for position in positions]
        with explained(self._path):
            for first in range(0, len(wanted), _AT_ONCE):
                chosen = TextRow.id.in_(wanted[first : first + _AT_ONCE])
                query = TextRow.select(TextRow.id, TextRow.content).where(chosen).tuples()
                found.update(query.execute(self._database))
        return [found[identifier] for identifier in wanted]

    def batches(self, size: int) -> Iterator[list[Text]]:
        for first in range(0, len(self._ids), size):
            last = min(first + size, len(self._ids)) - 1
            between = TextRow.id.between(self._ids[first], self._ids[last])
            query = TextRow.select().where(between).order_by(TextRow.id)
            with explained(self._path):
                batch = [text_from_row(row) for row in query.execute(self._database)]
            yield batch
