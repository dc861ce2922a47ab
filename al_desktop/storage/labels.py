"""The labels of a project file: rows that say when they changed last, so that copies merge."""

from collections.abc import Sequence

from peewee import Database

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.configuration_json import label_from_json, label_to_json, settings_from_json
from al_desktop.core.identifiers import uuid7
from al_desktop.storage.tables import LabelRow


def read_configuration(database: Database, settings: object) -> Configuration:
    """The project's settings together with its labels, in their order."""
    rows = LabelRow.select().where(LabelRow.removed == 0)
    ordered = rows.order_by(LabelRow.position, LabelRow.key).execute(database)
    return settings_from_json(
        settings, tuple(label_from_json(row.key, row.record) for row in ordered)
    )


def write_labels(database: Database, labels: Sequence[Label]) -> None:
    """Makes these the labels, in this order; touches only the rows that change."""
    known = {row.key: row for row in LabelRow.select().execute(database)}
    wanted = {label.key for label in labels}
    for position, label in enumerate(labels):
        values = {"position": position, "record": label_to_json(label), "removed": 0}
        row = known.get(label.key)
        if row is None or {name: getattr(row, name) for name in values} != values:
            fresh = LabelRow.insert(key=label.key, **values, changed=uuid7())
            fresh.on_conflict_replace().execute(database)
    for key, row in known.items():
        if key not in wanted and not row.removed:
            gone = LabelRow.update(removed=1, changed=uuid7()).where(LabelRow.key == key)
            gone.execute(database)
