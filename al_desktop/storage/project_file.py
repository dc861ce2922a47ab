"""A project file, open."""

import json
import os
import sqlite3
import time
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, Self
from urllib.parse import quote

from peewee import DoesNotExist, SqliteDatabase

from al_desktop.core.configuration import Configuration
from al_desktop.core.configuration_json import settings_to_json
from al_desktop.core.errors import KnownError
from al_desktop.core.events import Event
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Text
from al_desktop.storage import labels, merging, schema
from al_desktop.storage.copying import save_copy
from al_desktop.storage.faults import damaged, explained
from al_desktop.storage.inspection import has_journal, inspect
from al_desktop.storage.lock import ProjectLock
from al_desktop.storage.migration import migrate
from al_desktop.storage.rows import (
    EVENT_FIELDS,
    UNSOUND,
    event_from_row,
    event_to_values,
    text_from_row,
)
from al_desktop.storage.tables import ProjectRow, StateRow, TextRow
from al_desktop.storage.text_pool import FilePool

SUFFIX = ".aldesk"
_WRITING = {"journal_mode": "wal", "synchronous": "full"}
_EVENTS_AT_ONCE = 5000
_TEXTS_AT_ONCE = 20_000


@dataclass(frozen=True, slots=True)
class Adding:
    """How far `ProjectFile.add_texts` is: texts read, and then, in one transaction, stored."""

    taken: int
    stored: int = 0


_EVENT_COLUMNS = ", ".join(f'"{field.column_name}"' for field in EVENT_FIELDS)
_EVENT_VALUES = ", ".join("?" * len(EVENT_FIELDS))
_SELECT_EVENTS = (
    f"SELECT sequence, {_EVENT_COLUMNS} FROM event WHERE sequence > ? ORDER BY sequence LIMIT ?"
)
_INSERT_EVENT = f"INSERT INTO event ({_EVENT_COLUMNS}) VALUES ({_EVENT_VALUES})"


class ProjectFile:
    """One open project file; a `core.protocols.EventStore`.

    Opened for writing it holds the project's lock. It belongs to the thread that opened it.
    `origin` says who made this copy and from what, if it is one: "by", "copied_ms" (Unix time),
    "texts" and "events" in it, "from" (name of the file), "of_texts" (in that file) and "part"
    (words on which texts these are).

    Every method raises KnownError when the disk is full, the file damaged or not writable, and
    leaves the file as it was.
    """

    def __init__(self, path: Path, database: SqliteDatabase, lock: ProjectLock | None) -> None:
        self._database = database
        self._lock = lock
        self.path = path
        self.uid: str
        self.name: str
        self.configuration: Configuration
        self.origin: dict[str, Any]
        self._read_project()

    def _read_project(self) -> None:
        try:
            row = ProjectRow.select().get(self._database)
            self.uid, self.name, self.origin = row.uid, row.name, row.origin
            self.configuration = labels.read_configuration(self._database, row.settings)
        except (DoesNotExist, ValueError) as error:
            raise damaged(self.path) from error

    @property
    def database(self) -> SqliteDatabase:
        """For the modules of this package that read project files in other ways."""
        return self._database

    @classmethod
    def create(cls, path: Path, name: str, configuration: Configuration) -> "ProjectFile":
        """Makes a new file and opens it for writing. Raises KnownError where one exists."""
        if path.exists():
            raise KnownError(f"{path} exists already. Choose another name, or open it.")
        with explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.{uuid7()}")
            try:
                _write_empty(fresh, name, configuration)
                fresh.replace(path)
            finally:
                fresh.unlink(missing_ok=True)
        file = cls.open(path)
        file.configure(configuration)
        return file

    @classmethod
    def open(cls, path: Path) -> "ProjectFile":
        """Opens for writing; brings a file of an older version up to date."""
        version = inspect(path)
        lock = ProjectLock(path)
        try:
            if not os.access(path, os.W_OK):
                raise KnownError(
                    f"{path} can't be written to. Copy it to a folder of your own and open the "
                    "copy."
                )
            with explained(path):
                if version < schema.CURRENT:
                    migrate(path)
                database = _connect(path, "mode=rw", _WRITING)
                try:
                    return cls(path, database, lock)
                except BaseException:
                    database.close()
                    raise
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open_for_reading(cls, path: Path) -> "ProjectFile":
        """Opens beside whoever writes, without the lock; sees what is committed."""
        if inspect(path) < schema.CURRENT:
            raise KnownError(
                f"{path} was made by an older version of AL Desktop. Open it in the window once "
                "to bring it up to date."
            )
        with explained(path):
            writable = os.access(path.parent, os.W_OK) and os.access(path, os.W_OK)
            # Reading a write-ahead log needs a shared file beside it. The last connection tidies
            # both away, which one opened with "mode=ro" can't.
            mode = "mode=rw" if writable or has_journal(path) else "mode=ro&immutable=1"
            database = _connect(path, mode, {"query_only": "on"})
            try:
                return cls(path, database, None)
            except BaseException:
                database.close()
                raise

    @classmethod
    def open_beside(cls, path: Path) -> "ProjectFile":
        """Opens for writing in a second process, while the one that holds the lock waits and
        writes nothing itself."""
        inspect(path)
        with explained(path):
            database = _connect(path, "mode=rw", _WRITING)
            try:
                return cls(path, database, None)
            except BaseException:
                database.close()
                raise

    def close(self) -> None:
        """Idempotent."""
        self._database.close()
        if self._lock is not None:
            self._lock.release()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def configure(self, configuration: Configuration) -> None:
        """Stores a changed configuration. A label that is gone stays in the file as removed."""
        with explained(self.path), self._database.atomic("immediate"):
            self._write_configuration(configuration)
        self.configuration = configuration

    def _write_configuration(self, configuration: Configuration) -> None:
        settings = settings_to_json(configuration)
        if settings != settings_to_json(self.configuration):
            self._change_project(settings=settings)
        labels.write_labels(self._database, configuration.labels)

    def rename(self, name: str) -> None:
        with explained(self.path):
            self._change_project(name=name)
        self.name = name

    def _change_project(self, **values: object) -> None:
        ProjectRow.update(**values, changed=uuid7()).execute(self._database)

    def add_texts(
        self,
        batches: Iterable[Sequence[Text]],
        events: Iterable[Event] = (),
        configuration: Configuration | None = None,
    ) -> Generator[Adding, None, int]:
        """Adds texts, all of them or none; texts whose key is in the file already are skipped.

        `events` are read after the last batch and added with the texts; known ones are skipped.
        `configuration` takes the place of the project's with them.

        Yields how far it is, and returns the number of texts added. Nothing is locked before the
        first text is stored: until then an answer may be stored between two steps. Closing the
        generator early leaves the file as it was.
        """
        staged = 0
        with explained(self.path):
            self._database.execute_sql("DROP TABLE IF EXISTS temp.incoming")
            self._database.execute_sql(
                "CREATE TEMP TABLE incoming "
                "(id INTEGER PRIMARY KEY, key, content, meta, source, line)"
            )
        try:
            for batch in batches:
                with explained(self.path), self._database.atomic():
                    self._stage(batch)
                staged += len(batch)
                yield Adding(staged)
            with explained(self.path), self._database.atomic("immediate"):
                added = 0
                for first in range(0, staged, _TEXTS_AT_ONCE):
                    last = min(first + _TEXTS_AT_ONCE, staged)
                    cursor = self._database.execute_sql(
                        "INSERT INTO text (key, content, meta, source, line) "
                        "SELECT key, content, meta, source, line FROM temp.incoming "
                        "WHERE id > ? AND id <= ? ORDER BY id ON CONFLICT (key) DO NOTHING",
                        (first, last),
                    )
                    added += int(cursor.rowcount)
                    yield Adding(staged, last)
                self._append_all(events)
                if configuration is not None:
                    self._write_configuration(configuration)
        finally:
            self._database.execute_sql("DROP TABLE IF EXISTS temp.incoming")
        self.configuration = configuration or self.configuration
        return added

    def _append_all(self, events: Iterable[Event]) -> None:
        self._database.connection().executemany(
            f"{_INSERT_EVENT} ON CONFLICT (uid) DO NOTHING", map(event_to_values, events)
        )

    def _stage(self, batch: Sequence[Text]) -> None:
        # Bare executemany: 15 times faster than Peewee's insert_many.
        self._database.connection().executemany(
            "INSERT INTO temp.incoming (key, content, meta, source, line) VALUES (?, ?, ?, ?, ?)",
            (
                (
                    bytes.fromhex(text.key),
                    text.content,
                    json.dumps(dict(text.meta)) if text.meta else "{}",
                    text.source,
                    text.line,
                )
                for text in batch
            ),
        )

    def text(self, key: str) -> Text:
        """Raises KeyError where the file has no such text."""
        with explained(self.path):
            row = TextRow.select().where(TextRow.key == key).first(self._database)
            if row is None:
                raise KeyError(key)
            return text_from_row(row)

    def texts(self, keys: Sequence[str]) -> dict[str, Text]:
        """The texts with these keys, up to some hundreds at once, by key; those the file doesn't
        have are left out."""
        with explained(self.path):
            rows = TextRow.select().where(TextRow.key.in_(list(keys))).execute(self._database)
            return {row.key: text_from_row(row) for row in rows}

    def text_count(self) -> int:
        with explained(self.path):
            return int(TextRow.select().count(self._database))

    def pool(self) -> FilePool:
        """The texts as they are now; it reads them on demand from this open file."""
        with explained(self.path):
            return FilePool(self.path, self._database)

    def append(self, event: Event) -> int:
        """Stores an event, on disk before it returns; its sequence number in this file."""
        with explained(self.path):
            # Bare, as putting the statement together costs more than carrying it out.
            cursor = self._database.execute_sql(_INSERT_EVENT, event_to_values(event))
            return int(cursor.lastrowid)

    def events(self, after: int = 0) -> Iterator[tuple[int, Event]]:
        """Sequence number and event of everything stored after `after`, in order."""
        while True:
            with explained(self.path):
                # Bare, as Peewee takes longer to convert the rows than all the rest together.
                cursor = self._database.execute_sql(_SELECT_EVENTS, (after, _EVENTS_AT_ONCE))
                rows = cursor.fetchall()
            for row in rows:
                try:
                    event = event_from_row(row[1:])
                except UNSOUND as error:
                    raise damaged(self.path) from error
                yield row[0], event
            if len(rows) < _EVENTS_AT_ONCE:
                return
            after = rows[-1][0]

    def preview_merge(self, other: Path) -> merging.Merge:
        """What merging another copy of this project would bring in. Raises KnownError where it
        can't be merged."""
        return merging.preview(self._database, other)

    def preview_merges(
        self, others: Iterable[Path]
    ) -> Iterator[tuple[Path, merging.Merge | KnownError]]:
        """What merging these copies one after the other would bring in: what two of them have in
        common counts for the first. A KnownError in place of one that can't be merged."""
        return merging.previews(self._database, others)

    def merge(
        self, other: Path, stop: Callable[[], bool] = lambda: False, together: str = ""
    ) -> merging.Merge:
        """Takes in another copy of this project: all of it or nothing. What was read of this
        file before, such as a log of its events, doesn't know what came in. It is given up, with
        a KnownError, when `stop`, which is asked again and again, says so. Merges one after the
        other with the same word for `together` are undone as one."""
        with explained(self.path):
            came = merging.merge(self._database, other, stop, together)
        self._read_project()
        return came

    @property
    def last_merge(self) -> tuple[str, ...]:
        """The names of the files merged last, which `undo_merge` would take out again."""
        with explained(self.path):
            return merging.last_sources(self._database)

    def undo_merge(self) -> tuple[str, ...]:
        """Takes out again what the latest merge brought in; the names of the files that were
        merged, none where there is no merge to undo."""
        with explained(self.path):
            sources = merging.undo_last(self._database)
        self._read_project()
        return sources

    def save_copy(
        self,
        destination: Path,
        *,
        by: str,
        answers: bool = True,
        texts: Collection[str] | None = None,
        part: str = "",
        state: Mapping[str, object] | None = None,
    ) -> None:
        """Writes a copy to send, with or without the answers, with all texts or those with these
        keys, which `part` describes, and with this state. It merges with this file again. Raises
        KnownError where the destination exists."""
        with explained(destination):
            save_copy(
                self.path,
                destination,
                by=by,
                answers=answers,
                texts=texts,
                part=part,
                state=state,
            )

    def state(self, name: str, default: Any = None) -> Any:
        """A small JSON value of this file alone: it doesn't travel to colleagues."""
        with explained(self.path):
            row = StateRow.select().where(StateRow.name == name).first(self._database)
        return default if row is None else row.value

    def set_state(self, name: str, value: object) -> None:
        with explained(self.path):
            row = StateRow.insert(name=name, value=value)
            row.on_conflict_replace().execute(self._database)


def _connect(path: Path, mode: str, pragmas: dict[str, str]) -> SqliteDatabase:
    # Foreign schemas are refused by `inspect`; what they could do is switched off all the same.
    safe = {"trusted_schema": "off", "cell_size_check": "on"}
    database = SqliteDatabase(
        f"file:{quote(str(path.resolve()))}?{mode}",
        uri=True,
        pragmas={**pragmas, **safe},
        thread_safe=False,
        autoconnect=False,
    )
    database.connect()
    return database


def _write_empty(path: Path, name: str, configuration: Configuration) -> None:
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
        connection.execute("BEGIN")
        for statement in schema.STATEMENTS[schema.CURRENT]:
            connection.execute(statement)
        connection.execute(
            "INSERT INTO project VALUES (1, ?, ?, ?, ?, ?, '{}')",
            (
                bytes.fromhex(uuid7()),
                name,
                json.dumps(settings_to_json(configuration)),
                bytes.fromhex(uuid7()),
                time.time_ns() // 1_000_000,
            ),
        )
        connection.execute(f"PRAGMA user_version = {schema.CURRENT}")
        connection.execute("COMMIT")
        # Last, so that the bare file says whose it is before any write-ahead log exists.
        connection.execute("PRAGMA journal_mode = WAL")
