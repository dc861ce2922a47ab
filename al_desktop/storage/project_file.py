"""A project file, open."""

import os
from collections.abc import Callable, Collection, Generator, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Self

from peewee import DoesNotExist, SqliteDatabase

from al_desktop.core.closing import Closing
from al_desktop.core.configuration import Configuration
from al_desktop.core.configuration_json import settings_to_json
from al_desktop.core.errors import KnownError
from al_desktop.core.events import Event
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Text
from al_desktop.storage import adding, event_rows, labels, merge_undoing, merging, schema
from al_desktop.storage.copying import save_copy
from al_desktop.storage.database import WRITING, connect, write_empty
from al_desktop.storage.faults import damaged, explained
from al_desktop.storage.inspection import has_journal, inspect
from al_desktop.storage.lock import ProjectLock
from al_desktop.storage.merge_description import Merge
from al_desktop.storage.migration import migrate
from al_desktop.storage.rows import (
    text_from_row,
)
from al_desktop.storage.tables import ProjectRow, StateRow, TextRow
from al_desktop.storage.text_pool import FilePool

SUFFIX = ".aldesk"


class ProjectFile(Closing):
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
    def create(cls, path: Path, name: str, configuration: Configuration) -> Self:
        """Makes a new file and opens it for writing. Raises KnownError where one exists."""
        if path.exists():
            raise KnownError(f"{path} exists already. Choose another name, or open it.")
        with explained(path):
            path.parent.mkdir(parents=True, exist_ok=True)
            fresh = path.with_name(f".{path.name}.{uuid7()}")
            try:
                write_empty(fresh, name, configuration)
                fresh.replace(path)
            finally:
                fresh.unlink(missing_ok=True)
        file = cls.open(path)
        file.configure(configuration)
        return file

    @classmethod
    def open(cls, path: Path) -> Self:
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
                return cls._over(connect(path, "mode=rw", WRITING), path, lock)
        except BaseException:
            lock.release()
            raise

    @classmethod
    def open_for_reading(cls, path: Path) -> Self:
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
            return cls._over(connect(path, mode, {"query_only": "on"}), path)

    @classmethod
    def open_beside(cls, path: Path) -> Self:
        """Opens for writing in a second process, while the one that holds the lock waits and
        writes nothing itself."""
        inspect(path)
        with explained(path):
            return cls._over(connect(path, "mode=rw", WRITING), path)

    @classmethod
    def _over(cls, database: SqliteDatabase, path: Path, lock: ProjectLock | None = None) -> Self:
        try:
            return cls(path, database, lock)
        except BaseException:
            database.close()
            raise

    def close(self) -> None:
        """Idempotent."""
        self._database.close()
        if self._lock is not None:
            self._lock.release()

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
    ) -> Generator[adding.Adding, None, int]:
        """Adds texts, all of them or none; texts whose key is in the file already are skipped.

        `events` are read after the last batch and added with the texts; known ones are skipped.
        `configuration` takes the place of the project's with them.

        Yields how far it is, and returns the number of texts added. Nothing is locked before the
        first text is stored: until then an answer may be stored between two steps. Closing the
        generator early leaves the file as it was.
        """

        def finish() -> None:
            event_rows.append_all(self._database, events)
            if configuration is not None:
                self._write_configuration(configuration)

        added = yield from adding.add_texts(self._database, self.path, batches, finish)
        self.configuration = configuration or self.configuration
        return added

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
            return event_rows.append(self._database, event)

    def events(self, after: int = 0) -> Iterator[tuple[int, Event]]:
        """Sequence number and event of everything stored after `after`, in order."""
        return event_rows.read(self._database, self.path, after)

    def preview_merge(self, other: Path) -> Merge:
        """What merging another copy of this project would bring in. Raises KnownError where it
        can't be merged."""
        return merging.preview(self._database, other)

    def preview_merges(self, others: Iterable[Path]) -> Iterator[tuple[Path, Merge | KnownError]]:
        """What merging these copies one after the other would bring in: what two of them have in
        common counts for the first. A KnownError in place of one that can't be merged."""
        return merging.previews(self._database, others)

    def merge(
        self, other: Path, stop: Callable[[], bool] = lambda: False, together: str = ""
    ) -> Merge:
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
            return merge_undoing.last_sources(self._database)

    def undo_merge(self) -> tuple[str, ...]:
        """Takes out again what the latest merge brought in; the names of the files that were
        merged, none where there is no merge to undo."""
        with explained(self.path):
            sources = merge_undoing.undo_last(self._database)
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
