"""Between the program's values and the rows of a project file."""

import json
from typing import Any

from al_desktop.core.events import Event, EventKind
from al_desktop.core.gold import Gold, gold
from al_desktop.core.questions import Answer, Question, Selection, Span, Text
from al_desktop.core.snapshots import Snapshot, snapshot_from_json, snapshot_to_json
from al_desktop.storage.faults import UnsoundRowError
from al_desktop.storage.tables import EventRow, TextRow

EVENT_FIELDS = (
    EventRow.uid,
    EventRow.kind,
    EventRow.retracts,
    EventRow.question_key,
    EventRow.text_key,
    EventRow.label,
    EventRow.start,
    EventRow.end,
    EventRow.answer,
    EventRow.annotator,
    EventRow.at_ms,
    EventRow.seconds,
    EventRow.strategy,
    EventRow.probability,
    EventRow.score,
    EventRow.model_version,
    EventRow.audit,
    EventRow.reason,
    EventRow.gold,
    EventRow.snapshot,
)
EVENT_COLUMNS = ", ".join(f'"{field.column_name}"' for field in EVENT_FIELDS)

UNSOUND = (TypeError, ValueError, KeyError, AttributeError)
"""What values of other types or shapes lead to."""

# Looked up: calling an enumeration takes ten times as long.
_KINDS = {kind.value: kind for kind in EventKind}
_ANSWERS = {answer.value: answer for answer in Answer}


def text_from_row(row: TextRow) -> Text:
    """Raises UnsoundRowError where the metadata are no object."""
    if not isinstance(row.meta, dict):
        raise UnsoundRowError(f"metadata that is {type(row.meta)}")
    return Text(row.key, row.content, row.meta, row.source, row.line)


def event_to_row(event: Event) -> dict[str, Any]:
    """By column name."""
    question, selection = event.question, event.selection
    return {
        "uid": event.uid,
        "kind": event.kind.value,
        "retracts": event.retracts,
        "question_key": question.key,
        "text_key": question.text_key,
        "label": question.label,
        "start": question.start,
        "end": question.end,
        "answer": event.answer.value if event.answer else None,
        "annotator": event.annotator,
        "at_ms": event.at_ms,
        "seconds": event.seconds,
        "strategy": selection.strategy if selection else None,
        "probability": selection.probability if selection else None,
        "score": selection.score if selection else None,
        "model_version": selection.model_version if selection else None,
        "audit": int(selection.audit) if selection else None,
        "reason": selection.reason if selection else None,
        "gold": _gold_to_json(event.gold) if event.gold else None,
        "snapshot": json.dumps(snapshot_to_json(event.snapshot)) if event.snapshot else None,
    }


def event_to_values(event: Event) -> tuple[Any, ...]:
    """As the file holds them, in the order of EVENT_FIELDS."""
    row = event_to_row(event)
    return tuple(field.db_value(row[field.name]) for field in EVENT_FIELDS)


def event_from_row(row: tuple[Any, ...]) -> Event:
    """The reverse, from what the file holds of EVENT_FIELDS in order.

    Raises one of UNSOUND for what no version of the program writes: the file may be a stranger's.
    """
    uid, kind, retracts, _, text_key, label, start, end, answer, annotator, at_ms, seconds = row[
        :12
    ]
    strategy, probability, score, model_version, audit, reason, marked, kept = row[12:]
    if (start is None) is not (end is None) or (start is not None and not 0 <= start < end):
        raise ValueError(f"a span from {start} to {end}")
    selection = None
    if strategy is not None:
        if not 0 < probability <= 1 or not (score is None or 0 <= score <= 1):
            raise ValueError(f"a probability of {probability} and a score of {score}")
        selection = Selection(
            strategy, probability, score, model_version or 0, bool(audit), reason or ""
        )
    return Event(
        uid.hex(),
        _KINDS[kind],
        Question(text_key.hex(), label, start, end),
        annotator,
        at_ms,
        _ANSWERS[answer] if answer is not None else None,
        retracts.hex() if retracts is not None else None,
        seconds,
        selection,
        _gold_from_json(marked) if marked is not None else None,
        _snapshot_from_json(kept) if kept is not None else None,
    )


def _gold_to_json(found: Gold) -> str:
    spans = [[span.start, span.end, span.label] for span in found.spans]
    return json.dumps({"labels": list(found.labels), "spans": spans})


def _gold_from_json(text: str) -> Gold:
    try:
        record = json.loads(text)
        labels, spans = record["labels"], [Span(*span) for span in record["spans"]]
    except (KeyError, TypeError, RecursionError) as error:
        raise ValueError("gold of another shape") from error
    names = [*labels, *(span.label for span in spans)]
    places = [place for span in spans for place in (span.start, span.end)]
    types = {type(labels) is list}
    types |= {type(name) is str for name in names} | {type(place) is int for place in places}
    if types != {True}:
        raise ValueError("gold of other types")
    return gold(labels, spans)


def _snapshot_from_json(text: str) -> Snapshot:
    try:
        return snapshot_from_json(json.loads(text))
    except RecursionError as error:
        raise ValueError("a snapshot of another shape") from error
