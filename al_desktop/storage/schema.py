"""The tables of a project file, version by version, as the SQL that made them.

The statements of a version that has been released are never edited: they are the frozen copy its
migration starts from, and what a file of that version is compared with before it is trusted.

Keys and uids are 16 bytes. `text.id` gives the order of import.
"""

import sqlite3
from functools import cache

APPLICATION_ID = 0x414C4431  # "ALD1"

_VERSION_1 = (
    # One row. `changed` is the uid of the last change of `settings` or `name`: the later one wins
    # a merge. `origin` is JSON: who made this copy and from what.
    """CREATE TABLE project (
        id INTEGER PRIMARY KEY CHECK (id = 1),
        uid BLOB NOT NULL CHECK (length(uid) = 16),
        name TEXT NOT NULL,
        settings TEXT NOT NULL,
        changed BLOB NOT NULL CHECK (length(changed) = 16),
        created_ms INTEGER NOT NULL,
        origin TEXT NOT NULL
    ) STRICT""",
    # A removed label keeps its row, so that a copy that still has it doesn't bring it back.
    """CREATE TABLE label (
        key TEXT PRIMARY KEY NOT NULL,
        position INTEGER NOT NULL,
        record TEXT NOT NULL,
        removed INTEGER NOT NULL CHECK (removed IN (0, 1)),
        changed BLOB NOT NULL CHECK (length(changed) = 16)
    ) STRICT""",
    """CREATE TABLE text (
        id INTEGER PRIMARY KEY AUTOINCREMENT,
        key BLOB NOT NULL UNIQUE CHECK (length(key) = 16),
        content TEXT NOT NULL,
        meta TEXT NOT NULL,
        source TEXT NOT NULL,
        line INTEGER NOT NULL
    ) STRICT""",
    # `gold` is JSON: {"labels": [key ...], "spans": [[start, end, key] ...]}; `snapshot` is JSON
    # too, of `core.snapshots`.
    """CREATE TABLE event (
        sequence INTEGER PRIMARY KEY AUTOINCREMENT,
        uid BLOB NOT NULL UNIQUE CHECK (length(uid) = 16),
        kind TEXT NOT NULL CHECK (kind IN
            ('answer', 'undo', 'redo', 'settle', 'highlight', 'flag', 'snapshot', 'rollback')),
        retracts BLOB CHECK (length(retracts) = 16),
        question_key BLOB NOT NULL CHECK (length(question_key) = 16),
        text_key BLOB NOT NULL CHECK (length(text_key) = 16),
        label TEXT NOT NULL,
        "start" INTEGER CHECK ("start" >= 0),
        "end" INTEGER CHECK ("end" > "start"),
        answer TEXT CHECK (answer IN ('accept', 'reject', 'ignore')),
        annotator TEXT NOT NULL,
        at_ms INTEGER NOT NULL,
        seconds REAL NOT NULL,
        strategy TEXT,
        probability REAL CHECK (probability > 0 AND probability <= 1),
        score REAL CHECK (score BETWEEN 0 AND 1),
        model_version INTEGER,
        audit INTEGER CHECK (audit IN (0, 1)),
        reason TEXT,
        gold TEXT,
        snapshot TEXT,
        CHECK (("start" IS NULL) = ("end" IS NULL)),
        CHECK ((answer IS NULL) = (kind NOT IN ('answer', 'settle'))),
        CHECK ((gold IS NULL) = (kind != 'highlight')),
        CHECK ((snapshot IS NULL) = (kind NOT IN ('snapshot', 'rollback'))),
        CHECK (gold IS NULL OR (label = '' AND "start" IS NULL)),
        CHECK ((strategy IS NULL) = (probability IS NULL))
    ) STRICT""",
    """CREATE TRIGGER event_is_kept BEFORE UPDATE ON event
        BEGIN SELECT RAISE(ABORT, 'events are never changed'); END""",
    # Only a merge may be taken out again, and only while it is recorded.
    """CREATE TRIGGER event_stays BEFORE DELETE ON event
        WHEN NOT EXISTS (
            SELECT 1 FROM merge WHERE OLD.sequence BETWEEN first_event AND last_event
        )
        BEGIN SELECT RAISE(ABORT, 'events are never deleted'); END""",
    # What one merge brought in, so that it can be taken out again: rows first to last, both
    # inclusive. `before` is JSON: the rows it changed, as they were.
    """CREATE TABLE merge (
        uid BLOB PRIMARY KEY NOT NULL CHECK (length(uid) = 16),
        at_ms INTEGER NOT NULL,
        source TEXT NOT NULL,
        first_text INTEGER NOT NULL,
        last_text INTEGER NOT NULL,
        first_event INTEGER NOT NULL,
        last_event INTEGER NOT NULL,
        before TEXT NOT NULL
    ) STRICT""",
    # Small values of this file alone, such as the pinned label. JSON.
    """CREATE TABLE state (
        name TEXT PRIMARY KEY NOT NULL,
        value TEXT NOT NULL
    ) STRICT""",
)

STATEMENTS: dict[int, tuple[str, ...]] = {1: _VERSION_1}
CURRENT = max(STATEMENTS)


def describe(connection: sqlite3.Connection) -> set[tuple[str, str, str]]:
    """Type, name and normalised SQL of everything a database declares but SQLite's own."""
    rows = connection.execute("SELECT type, name, sql FROM sqlite_schema").fetchall()
    return {(kind, name, _normal(sql)) for kind, name, sql in rows if sql and not _internal(name)}


@cache
def expected(version: int) -> frozenset[tuple[str, str, str]]:
    """What `describe` says of an untouched file of a version."""
    connection = sqlite3.connect(":memory:")
    try:
        for statement in STATEMENTS[version]:
            connection.execute(statement)
        return frozenset(describe(connection))
    finally:
        connection.close()


def _internal(name: str) -> bool:
    return name.startswith("sqlite_")


def _normal(sql: str) -> str:
    # ALTER TABLE ... RENAME puts the name in quotes; nothing else may differ.
    return "".join(sql.replace('"', "").split())
