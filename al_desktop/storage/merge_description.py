"""What merging a copy of a project would bring in."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from peewee import Database

NEW_TEXT = "id IN (SELECT id FROM temp.fresh)"
NEW_EVENT = "uid NOT IN (SELECT uid FROM main.event)"


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


def describe(database: Database, path: Path) -> Merge:
    """Of the copy at `path`, attached as "other", beside those looked into before ("ahead")."""

    def count(sql: str) -> int:
        return int(database.execute_sql(f"SELECT count(*) FROM {sql}").fetchone()[0])

    new_events = f"other.event WHERE {NEW_EVENT} AND uid NOT IN (SELECT uid FROM temp.ahead_event)"
    texts = count(f"other.text WHERE {NEW_TEXT} AND key NOT IN (SELECT key FROM temp.ahead_text)")
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
