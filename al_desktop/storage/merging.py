"""Taking a colleague's copy of a project into one's own: the union of both.

Texts and events are added, never changed. Where both have a label, or the project's own settings,
the later change wins; where both have a text with other metadata, the smaller one in byte order.
So the outcome is the same in whatever order, and however often, copies are merged.
"""

import itertools
import time
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from peewee import Database, IntegrityError

from al_desktop.core.errors import KnownError
from al_desktop.core.identifiers import uuid7
from al_desktop.storage import schema
from al_desktop.storage.faults import damaged, explained
from al_desktop.storage.inspection import has_journal, inspect
from al_desktop.storage.merge_checks import check, check_values, teach_keys
from al_desktop.storage.rows import EVENT_FIELDS
from al_desktop.storage.tables import MergeRow

_EVENT_COLUMNS = ", ".join(f'"{field.column_name}"' for field in EVENT_FIELDS)
_TEXT_COLUMNS = "key, content, meta, source, line"
_TAKE_LABELS = (
    "INSERT INTO {} SELECT * FROM other.label WHERE true ON CONFLICT (key) DO UPDATE "
    "SET position = excluded.position, record = excluded.record, removed = excluded.removed, "
    "changed = excluded.changed WHERE (excluded.changed, excluded.record) > (changed, record)"
)
_TAKE_PROJECT = (
    "UPDATE {0} SET (name, settings, changed) = (o.name, o.settings, o.changed) "
    "FROM other.project o WHERE o.changed > {0}.changed"
)
_NEW_TEXT = "id IN (SELECT id FROM temp.fresh)"
_NEW_EVENT = "uid NOT IN (SELECT uid FROM main.event)"
_STEPS_BETWEEN_STOPS = 20_000


@dataclass(frozen=True, slots=True)
class Merge:
    """What a merge brings in, or would bring in.

    known_*     of the copy that are here already
    annotators  events that are new, by annotator
    labels      sentences on labels that are new, renamed or removed
    settings    whether the copy's name and settings are later than ours
    metadata    known texts whose metadata the copy has otherwise, and which take it over
    """

    source: str
    texts: int
    known_texts: int
    events: int
    known_events: int
    annotators: dict[str, int]
    labels: tuple[str, ...]
    settings: bool
    metadata: int

    @property
    def is_empty(self) -> bool:
        return not (self.texts or self.events or self.labels or self.settings or self.metadata)


def previews(
    database: Database, paths: Iterable[Path]
) -> Iterator[tuple[Path, Merge | KnownError]]:
    """What merging each of these project files would bring in, one after the other, so that what
    two of them have in common counts for the first; changes nothing.

    A KnownError in place of what can't be merged: another project, another kind of question, or a
    file that says of itself what can't be true.
    """
    paths = list(paths)
    only_reads = database.execute_sql("PRAGMA query_only").fetchone()[0]
    # Temporary tables are made on the way, which a connection for reading refuses otherwise.
    database.execute_sql("PRAGMA query_only = off")
    try:
        with _looking_ahead(database):
            for number, path in enumerate(paths, 1):
                try:
                    with explained(path), _attached(database, path):
                        coming = _describe(database, path)
                        if number < len(paths):
                            _look_ahead(database)
                except KnownError as error:
                    yield path, error
                else:
                    yield path, coming
    finally:
        database.execute_sql(f"PRAGMA query_only = {only_reads}")


def preview(database: Database, path: Path) -> Merge:
    """Of one file; raises KnownError where it can't be merged."""
    ((_, found),) = previews(database, [path])
    if isinstance(found, KnownError):
        raise found
    return found


def merge(
    database: Database,
    path: Path,
    stop: Callable[[], bool] = lambda: False,
    together: str = "",
) -> Merge:
    """Takes it in, in one transaction, and remembers what came with it. `stop` is asked all the
    time; when it says so, KnownError is raised and nothing was changed. Merges with the same
    `together`, one after the other, are undone as one."""
    connection = database.connection()
    with _looking_ahead(database):
        connection.set_progress_handler(stop, _STEPS_BETWEEN_STOPS)
        try:
            with _attached(database, path):
                coming = _describe(database, path)
                if not coming.is_empty:
                    with database.atomic("immediate"):
                        _take_in(database, path.name, together)
                return coming
        except IntegrityError as error:
            # Our tables refuse what theirs should have.
            raise damaged(path) from error
        finally:
            connection.set_progress_handler(None, 0)


def last_sources(database: Database) -> tuple[str, ...]:
    """The names of the files that were merged last, together; none: there is no merge to undo."""
    return tuple(reversed([str(row.source) for row in _last_merges(database)]))


def undo_last(database: Database) -> tuple[str, ...]:
    """Takes out again what the latest merge brought in, of all files that were merged together;
    their names, none where there was no merge. Answers given since stay, and so do the texts they
    are about."""
    sources = last_sources(database)
    with database.atomic("immediate"):
        for row in _last_merges(database):
            database.execute_sql(
                "DELETE FROM event WHERE sequence BETWEEN ? AND ?",
                (row.first_event, row.last_event),
            )
            database.execute_sql(
                "DELETE FROM text WHERE id BETWEEN ? AND ? "
                "AND key NOT IN (SELECT text_key FROM event)",
                (row.first_text, row.last_text),
            )
            _restore(database, row.before)
            MergeRow.delete().where(MergeRow.uid == row.uid).execute(database)
    return sources


def _last_merges(database: Database) -> list[MergeRow]:
    """The latest, and those before that were merged together with it; the latest first."""
    rows = list(MergeRow.select().order_by(MergeRow.uid.desc()).execute(database))
    together = rows[0].before.get("together") if rows else ""
    return [
        row
        for _, row in itertools.takewhile(
            lambda each: not each[0] or (together and each[1].before.get("together") == together),
            enumerate(rows),
        )
    ]


@contextmanager
def _attached(database: Database, path: Path) -> Iterator[None]:
    if inspect(path) < schema.CURRENT:
        raise KnownError(
            f"{path} was made by an older version of AL Desktop. Open it in the window once to "
            "bring it up to date, then merge it."
        )
    mode = "mode=ro" if has_journal(path) else "mode=ro&immutable=1"
    uri = f"file:{quote(str(path.resolve()))}?{mode}"
    teach_keys(database.connection())
    database.execute_sql("ATTACH DATABASE ? AS other", (uri,))
    try:
        # What goes wrong up to here is the other file's fault.
        with explained(path):
            # Read once, since it takes the longest: texts that are new, and those that both have
            # but not in every detail.
            database.execute_sql(
                "CREATE TEMP TABLE fresh AS SELECT id FROM other.text "
                "WHERE key NOT IN (SELECT key FROM main.text)"
            )
            database.execute_sql(
                "CREATE TEMP TABLE differing AS SELECT key, m.content != o.content AS forged, "
                "(o.meta, o.source, o.line) < (m.meta, m.source, m.line) AS smaller "
                "FROM other.text o JOIN main.text m USING (key) "
                "WHERE (o.content, o.meta, o.source, o.line) "
                "IS NOT (m.content, m.meta, m.source, m.line)"
            )
            check(database, path)
            check_values(database, path)
        yield
    finally:
        # Tidying up is not to be stopped.
        database.connection().set_progress_handler(None, 0)
        database.execute_sql("DROP TABLE IF EXISTS temp.fresh")
        database.execute_sql("DROP TABLE IF EXISTS temp.differing")
        database.execute_sql("DETACH DATABASE other")


@contextmanager
def _looking_ahead(database: Database) -> Iterator[None]:
    """Temporary tables of what other copies, looked into before, would have brought in."""
    tables = {
        "ahead_text": "(key PRIMARY KEY, meta, source, line)",
        "ahead_event": "(uid PRIMARY KEY)",
        "ahead_label": "(key PRIMARY KEY, position, record, removed, changed)",
        "ahead_project": "(name, settings, changed)",
    }
    for name, columns in tables.items():
        database.execute_sql(f"CREATE TEMP TABLE {name} {columns}")
    database.execute_sql("INSERT INTO temp.ahead_label SELECT * FROM main.label")
    database.execute_sql(
        "INSERT INTO temp.ahead_project SELECT name, settings, changed FROM main.project"
    )
    try:
        yield
    finally:
        for name in tables:
            database.execute_sql(f"DROP TABLE temp.{name}")


def _look_ahead(database: Database) -> None:
    """As `_take_in` would, but into the temporary tables."""
    database.execute_sql(
        f"INSERT INTO temp.ahead_event SELECT uid FROM other.event WHERE {_NEW_EVENT} "
        "ON CONFLICT DO NOTHING"
    )
    database.execute_sql(
        "INSERT INTO temp.ahead_text SELECT key, meta, source, line FROM other.text "
        f"WHERE {_NEW_TEXT} OR key IN (SELECT key FROM temp.differing WHERE smaller) "
        "ON CONFLICT (key) DO UPDATE "
        "SET meta = excluded.meta, source = excluded.source, line = excluded.line "
        "WHERE (excluded.meta, excluded.source, excluded.line) < (meta, source, line)"
    )
    database.execute_sql(_TAKE_LABELS.format("temp.ahead_label"))
    database.execute_sql(_TAKE_PROJECT.format("ahead_project"))


def _describe(database: Database, path: Path) -> Merge:
    def count(sql: str) -> int:
        return int(database.execute_sql(f"SELECT count(*) FROM {sql}").fetchone()[0])

    new_events = f"other.event WHERE {_NEW_EVENT} AND uid NOT IN (SELECT uid FROM temp.ahead_event)"
    texts = count(f"other.text WHERE {_NEW_TEXT} AND key NOT IN (SELECT key FROM temp.ahead_text)")
    events = count(new_events)
    annotators = database.execute_sql(
        f"SELECT annotator, count(*) FROM {new_events} GROUP BY annotator ORDER BY annotator"
    ).fetchall()
    return Merge(
        source=path.name,
        texts=texts,
        known_texts=count("other.text") - texts,
        events=events,
        known_events=count("other.event") - events,
        annotators=dict(annotators),
        labels=tuple(_label_changes(database)),
        settings=count("other.project o, temp.ahead_project m WHERE o.changed > m.changed") > 0,
        metadata=count(
            "temp.differing WHERE smaller AND key NOT IN (SELECT key FROM temp.ahead_text)"
        )
        + count(
            "other.text o JOIN temp.ahead_text a USING (key) "
            "WHERE (o.meta, o.source, o.line) < (a.meta, a.source, a.line)"
        ),
    )


def _label_changes(database: Database) -> Iterator[str]:
    rows = database.execute_sql(
        "SELECT o.record ->> 'name', o.removed, m.record ->> 'name', m.removed FROM other.label o "
        "LEFT JOIN temp.ahead_label m USING (key) "
        "WHERE m.key IS NULL OR (o.changed, o.record) > (m.changed, m.record) "
        "ORDER BY o.position, o.key"
    )
    for name, removed, our_name, our_removed in rows.fetchall():
        if our_name is None:
            yield f'removed label "{name}"' if removed else f'new label "{name}"'
        elif removed and not our_removed:
            yield f'label "{our_name}" is removed'
        elif our_removed and not removed:
            yield f'label "{name}" is back'
        elif name != our_name:
            yield f'label "{our_name}" is now called "{name}"'
        else:
            yield f'label "{name}" has other details'


def _take_in(database: Database, source: str, together: str) -> None:
    before = _before(database) | {"together": together}
    first_text = _last(database, "text", "id") + 1
    first_event = _last(database, "event", "sequence") + 1
    database.execute_sql(
        f"INSERT INTO main.text ({_TEXT_COLUMNS}) SELECT {_TEXT_COLUMNS} FROM other.text "
        f"WHERE {_NEW_TEXT} ORDER BY id"
    )
    database.execute_sql(
        "UPDATE main.text SET (meta, source, line) = (o.meta, o.source, o.line) "
        "FROM other.text o JOIN temp.differing d ON d.key = o.key "
        "WHERE d.smaller AND main.text.key = o.key"
    )
    database.execute_sql(
        f"INSERT INTO main.event ({_EVENT_COLUMNS}) SELECT {_EVENT_COLUMNS} FROM other.event "
        "WHERE true ORDER BY sequence ON CONFLICT (uid) DO NOTHING"
    )
    database.execute_sql(_TAKE_LABELS.format("main.label"))
    database.execute_sql(_TAKE_PROJECT.format("main.project"))
    MergeRow.insert(
        uid=uuid7(),
        at_ms=time.time_ns() // 1_000_000,
        source=source,
        first_text=first_text,
        last_text=_last(database, "text", "id"),
        first_event=first_event,
        last_event=_last(database, "event", "sequence"),
        before=before,
    ).execute(database)


def _last(database: Database, table: str, column: str) -> int:
    sql = f"SELECT coalesce(max({column}), 0) FROM main.{table}"
    return int(database.execute_sql(sql).fetchone()[0])


def _before(database: Database) -> dict[str, Any]:
    """Labels and project as they are, and the metadata of texts that is about to change."""
    labels = database.execute_sql(
        "SELECT key, position, record, removed, hex(changed) FROM main.label"
    )
    project = database.execute_sql("SELECT name, settings, hex(changed) FROM main.project")
    texts = database.execute_sql(
        "SELECT hex(key), meta, source, line FROM main.text JOIN temp.differing USING (key) "
        "WHERE smaller"
    )
    return {
        "labels": labels.fetchall(),
        "project": project.fetchone(),
        "texts": texts.fetchall(),
    }


def _restore(database: Database, before: dict[str, Any]) -> None:
    connection = database.connection()
    database.execute_sql("DELETE FROM label")
    connection.executemany(
        "INSERT INTO label VALUES (?, ?, ?, ?, ?)",
        ((*row[:4], bytes.fromhex(row[4])) for row in before["labels"]),
    )
    name, settings, changed = before["project"]
    database.execute_sql(
        "UPDATE project SET name = ?, settings = ?, changed = ?",
        (name, settings, bytes.fromhex(changed)),
    )
    connection.executemany(
        "UPDATE text SET meta = ?, source = ?, line = ? WHERE key = ?",
        ((*row[1:], bytes.fromhex(row[0])) for row in before["texts"]),
    )
