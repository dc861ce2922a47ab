"""The SQLite database of a project file: made empty, and connected to."""

import json
import sqlite3
import time
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from peewee import SqliteDatabase

from al_desktop.core.configuration import Configuration
from al_desktop.core.configuration_json import settings_to_json
from al_desktop.core.identifiers import uuid7
from al_desktop.storage import schema

WRITING = {"journal_mode": "wal", "synchronous": "full"}
"""Pragmas of a connection that writes."""


def connect(path: Path, mode: str, pragmas: dict[str, str]) -> SqliteDatabase:
    """`mode` is that of SQLite's file URIs, such as "mode=ro"."""
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


def write_empty(path: Path, name: str, configuration: Configuration) -> None:
    """Of the present version, without texts; its labels are written by whoever opens it."""
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
