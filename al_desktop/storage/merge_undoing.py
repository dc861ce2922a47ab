"""Remembering what a merge brings in and changes, to take it out again."""

import itertools
import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from peewee import Database

from al_desktop.core.identifiers import uuid7
from al_desktop.storage.tables import MergeRow


@contextmanager
def remembered(database: Database, source: str, together: str) -> Iterator[None]:
    """What comes in by the end of the block, from the file of this name, can be taken out again.
    Merges with the same `together`, one after the other, are undone as one."""
    before = _before(database) | {"together": together}
    first_text = _last(database, "text", "id") + 1
    first_event = _last(database, "event", "sequence") + 1
    yield
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
