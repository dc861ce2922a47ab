"""Whether a colleague's copy, attached as "other", can be merged: nothing in it is believed."""

import json
import sqlite3
from pathlib import Path

from peewee import Database

from al_desktop.core.configuration_json import label_from_json, settings_from_json
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Question, text_key
from al_desktop.storage.faults import damaged
from al_desktop.storage.rows import EVENT_COLUMNS, EVENT_FIELDS, UNSOUND, event_from_row

_SAME_EVENT = "(" + ", ".join(f'e."{field.column_name}"' for field in EVENT_FIELDS) + ")"
_SAME_EVENT += " IS NOT " + _SAME_EVENT.replace("e.", "o.")


def teach_keys(connection: sqlite3.Connection) -> None:
    def key_of_text(content: str) -> bytes:
        return bytes.fromhex(text_key(content))

    def key_of_question(key: bytes, label: str, start: int | None, end: int | None) -> bytes:
        return bytes.fromhex(Question(key.hex(), label, start, end).key)

    connection.create_function("key_of_text", 1, key_of_text, deterministic=True)
    connection.create_function("key_of_question", 4, key_of_question, deterministic=True)


def check(database: Database, path: Path) -> None:
    """That it is a copy of this project, and that keys and uids stand for what they say."""
    (ours, name), (theirs, other_name) = (
        database.execute_sql(f"SELECT uid, name FROM {where}.project").fetchone()
        for where in ("main", "other")
    )
    if ours != theirs:
        raise KnownError(
            f'{path} belongs to another project, "{other_name}". Only copies of "{name}" can be '
            "merged with it; import its exported answers instead."
        )
    kinds = database.execute_sql(
        "SELECT m.settings ->> 'kind', o.settings ->> 'kind' FROM main.project m, other.project o"
    ).fetchone()
    if kinds[0] != kinds[1]:
        raise KnownError(
            f"{path} asks about {kinds[1]}, this project about {kinds[0]}. They can't be merged."
        )
    for question, what in (
        (
            "SELECT 1 FROM temp.fresh CROSS JOIN other.text USING (id) "
            "WHERE key != key_of_text(content) "
            "UNION ALL SELECT 1 FROM temp.differing WHERE forged",
            "a text under the key of another one",
        ),
        (
            "SELECT 1 FROM other.event WHERE uid NOT IN (SELECT uid FROM main.event) "
            'AND question_key != key_of_question(text_key, label, "start", "end")',
            "an answer under the key of another question",
        ),
        (
            f"SELECT 1 FROM other.event o JOIN main.event e USING (uid) WHERE {_SAME_EVENT}",
            "an answer that differs from the same answer here",
        ),
    ):
        if database.execute_sql(f"{question} LIMIT 1").fetchone():
            raise KnownError(
                f"{path} can't be merged: it holds {what}. Ask for it to be sent anew."
            )


def check_values(database: Database, path: Path) -> None:
    """That everything the program would read later can be read: not all of it is checked by the
    tables. All rows are fetched at once, since an open query keeps the file attached."""
    new = "uid NOT IN (SELECT uid FROM main.event)"
    with_json = database.execute_sql(
        f"SELECT {EVENT_COLUMNS} FROM other.event "
        f"WHERE (gold IS NOT NULL OR snapshot IS NOT NULL) AND {new}"
    ).fetchall()
    labels = database.execute_sql("SELECT key, record FROM other.label").fetchall()
    settings = database.execute_sql("SELECT settings FROM other.project").fetchall()
    try:
        for row in with_json:
            event_from_row(row)
        for key, record in labels:
            label_from_json(key, json.loads(record))
        for (settings_json,) in settings:
            settings_from_json(json.loads(settings_json), ())
    except (*UNSOUND, KnownError) as error:
        raise damaged(path) from error
    metadata = database.execute_sql(
        "SELECT 1 FROM other.text WHERE json_type(iif(json_valid(meta), meta, 0)) != 'object' "
        "LIMIT 1"
    )
    if metadata.fetchall():
        raise damaged(path)
