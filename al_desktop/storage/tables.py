"""The current tables as Peewee sees them. Unbound: every query names its database."""

import json
from typing import Any

from peewee import BlobField, Field, FloatField, IntegerField, Model, TextField


class KeyField(BlobField):
    """32 hex digits in Python, 16 bytes in the file."""

    def db_value(self, value: str | None) -> bytes | None:
        return None if value is None else bytes.fromhex(value)

    def python_value(self, value: bytes | None) -> str | None:
        return None if value is None else bytes(value).hex()


class JsonField(TextField):
    """Any JSON value; ASCII in the file, so that half a surrogate pair can't break it."""

    def db_value(self, value: object) -> str:
        return json.dumps(value, ensure_ascii=True)

    def python_value(self, value: str) -> Any:
        return json.loads(value)


class ProjectRow(Model):
    id: Field = IntegerField(primary_key=True)
    uid: Field = KeyField()
    name: Field = TextField()
    settings: Field = JsonField()
    changed: Field = KeyField()
    created_ms: Field = IntegerField()
    origin: Field = JsonField()

    class Meta:
        table_name = "project"


class LabelRow(Model):
    key: Field = TextField(primary_key=True)
    position: Field = IntegerField()
    record: Field = JsonField()
    removed: Field = IntegerField()
    changed: Field = KeyField()

    class Meta:
        table_name = "label"


class TextRow(Model):
    id: Field = IntegerField(primary_key=True)
    key: Field = KeyField()
    content: Field = TextField()
    meta: Field = JsonField()
    source: Field = TextField()
    line: Field = IntegerField()

    class Meta:
        table_name = "text"


class EventRow(Model):
    sequence: Field = IntegerField(primary_key=True)
    uid: Field = KeyField()
    kind: Field = TextField()
    retracts: Field = KeyField(null=True)
    question_key: Field = KeyField()
    text_key: Field = KeyField()
    label: Field = TextField()
    start: Field = IntegerField(null=True)
    end: Field = IntegerField(null=True)
    answer: Field = TextField(null=True)
    annotator: Field = TextField()
    at_ms: Field = IntegerField()
    seconds: Field = FloatField()
    strategy: Field = TextField(null=True)
    probability: Field = FloatField(null=True)
    score: Field = FloatField(null=True)
    model_version: Field = IntegerField(null=True)
    audit: Field = IntegerField(null=True)
    reason: Field = TextField(null=True)
    gold: Field = TextField(null=True)
    snapshot: Field = TextField(null=True)

    class Meta:
        table_name = "event"


class MergeRow(Model):
    uid: Field = KeyField(primary_key=True)
    at_ms: Field = IntegerField()
    source: Field = TextField()
    first_text: Field = IntegerField()
    last_text: Field = IntegerField()
    first_event: Field = IntegerField()
    last_event: Field = IntegerField()
    before: Field = JsonField()

    class Meta:
        table_name = "merge"


class StateRow(Model):
    name: Field = TextField(primary_key=True)
    value: Field = JsonField()

    class Meta:
        table_name = "state"
