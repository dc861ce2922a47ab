"""Copies of a project file to send: made anew from its rows, so that nothing else travels."""

import json
import sqlite3
import time
from collections.abc import Collection, Mapping
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from al_desktop.core.errors import KnownError
from al_desktop.core.identifiers import uuid7
from al_desktop.core.snapshots import about_model
from al_desktop.storage import schema


def save_copy(
    path: Path,
    destination: Path,
    *,
    by: str,
    answers: bool = True,
    texts: Collection[str] | None = None,
    part: str = "",
    state: Mapping[str, object] | None = None,
) -> None:
    """Writes a project file with the labels and settings of the one at `path`, that merges with
    it again.

    by       who makes the copy; it says so of itself
    answers  whether the events go with it
    texts    keys of the texts to take, and whose events, beside those about the model; all if
             None
    part     words on which texts these are, for whoever gets the copy
    state    small values that the copy is to have; those of the original stay with it

    `path` may be open. Raises KnownError where the destination exists already.
    """
    if destination.exists():
        raise KnownError(f"{destination} exists already. Choose another name.")
    unfinished = destination.with_name(f".{destination.name}.{uuid7()}")
    try:
        with closing(sqlite3.connect(unfinished, isolation_level=None, uri=True)) as connection:
            connection.execute(f"PRAGMA application_id = {schema.APPLICATION_ID}")
            connection.execute("PRAGMA trusted_schema = OFF")
            uri = f"file:{quote(str(path.resolve()))}?mode=ro"
            connection.execute("ATTACH DATABASE ? AS original", (uri,))
            connection.execute("BEGIN")
            for statement in schema.STATEMENTS[schema.CURRENT]:
                connection.execute(statement)
            _copy_rows(connection, answers, texts)
            origin = _origin(connection, by, path.name, part)
            connection.execute("UPDATE project SET origin = ?", (json.dumps(origin),))
            connection.executemany(
                "INSERT INTO state VALUES (?, ?)",
                ((name, json.dumps(value)) for name, value in (state or {}).items()),
            )
            connection.execute(f"PRAGMA user_version = {schema.CURRENT}")
            connection.execute("COMMIT")
            connection.execute("DETACH DATABASE original")
        unfinished.rename(destination)
    finally:
        unfinished.unlink(missing_ok=True)


def _copy_rows(
    connection: sqlite3.Connection, answers: bool, texts: Collection[str] | None
) -> None:
    for table in ("project", "label"):
        connection.execute(f"INSERT INTO main.{table} SELECT * FROM original.{table}")
    condition = "true"
    if texts is not None:
        connection.execute("CREATE TEMP TABLE taken (key PRIMARY KEY)")
        connection.executemany(
            "INSERT INTO taken VALUES (?)", ((bytes.fromhex(key),) for key in texts)
        )
        condition = "{} IN (SELECT key FROM temp.taken)"
    connection.execute(
        f"INSERT INTO main.text SELECT * FROM original.text WHERE {condition.format('key')} "
        "ORDER BY id"
    )
    if answers:
        connection.execute(
            "INSERT INTO main.event SELECT * FROM original.event "
            f"WHERE {condition.format('text_key')} OR text_key = ? ORDER BY sequence",
            (bytes.fromhex(about_model().text_key),),
        )


def _origin(connection: sqlite3.Connection, by: str, original: str, part: str) -> dict[str, object]:
    def count(table: str) -> int:
        return int(connection.execute(f"SELECT count(*) FROM {table}").fetchone()[0])

    return {
        "by": by,
        "copied_ms": time.time_ns() // 1_000_000,
        "texts": count("main.text"),
        "events": count("main.event"),
        "from": original,
        "of_texts": count("original.text"),
        "part": part,
    }
