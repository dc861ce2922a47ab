import sqlite3
from contextlib import closing

import pytest
from peewee import Model

from al_desktop.storage import schema, tables

NAMES = {"TEXT": {"TEXT"}, "INTEGER": {"INT", "AUTO"}, "BLOB": {"BLOB"}, "REAL": {"FLOAT"}}


@pytest.mark.parametrize(
    "model",
    [
        tables.ProjectRow,
        tables.LabelRow,
        tables.TextRow,
        tables.EventRow,
        tables.MergeRow,
        tables.StateRow,
    ],
)
def test_models_and_statements_agree(model: type[Model]) -> None:
    with closing(sqlite3.connect(":memory:")) as connection:
        for statement in schema.STATEMENTS[schema.CURRENT]:
            connection.execute(statement)
        name = model._meta.table_name
        columns = connection.execute(f"PRAGMA table_info({name})").fetchall()
        strict = connection.execute(f"PRAGMA table_list({name})").fetchone()[5]
    assert [column[1] for column in columns] == list(model._meta.sorted_field_names)
    assert strict
    for _, column, declared, _, _, _ in columns:
        assert model._meta.fields[column].field_type in NAMES[declared]
