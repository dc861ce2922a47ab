"""The events of a project file, appended and read."""

from collections.abc import Iterable, Iterator
from pathlib import Path

from peewee import Database

from al_desktop.core.events import Event
from al_desktop.storage.faults import damaged, explained
from al_desktop.storage.rows import (
    EVENT_COLUMNS,
    EVENT_FIELDS,
    UNSOUND,
    event_from_row,
    event_to_values,
)

_AT_ONCE = 5000
_VALUES = ", ".join("?" * len(EVENT_FIELDS))
_SELECT = (
    f"SELECT sequence, {EVENT_COLUMNS} FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?"
)
_INSERT = f"INSERT INTO event ({EVENT_COLUMNS}) VALUES ({_VALUES})"


def append(database: Database, event: Event) -> int:
    """Stores an event; its sequence number."""
    # Bare, as putting the statement together costs more than carrying it out.
    cursor = database.execute_sql(_INSERT, event_to_values(event))
    return int(cursor.lastrowid)


def append_all(database: Database, events: Iterable[Event]) -> None:
    """Those that are there already are skipped."""
    database.connection().executemany(
        f"{_INSERT} ON CONFLICT (uid) DO NOTHING", map(event_to_values, events)
    )


def read(database: Database, path: Path, after: int = 0) -> Iterator[tuple[int, Event]]:
    """Sequence number and event of everything stored after `after`, in order. Raises KnownError
    where the file at `path` is damaged."""
    while True:
        with explained(path):
            # Bare, as Peewee takes longer to convert the rows than all the rest together.
            rows = database.execute_sql(_SELECT, (after, _AT_ONCE)).fetchall()
        for row in rows:
            try:
                event = event_from_row(row[1:])
            except UNSOUND as error:
                raise damaged(path) from error
            yield row[0], event
        if len(rows) < _AT_ONCE:
            return
        after = rows[-1][0]
