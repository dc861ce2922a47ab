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
    """The reverse, from the values of EVENT_FIELDS in order.

    Raises ValueError for what no version of the program writes: the file may be a stranger's.
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
            strategy=strategy,
            probability=probability,
            score=score,
            model_version=model_version or 0,
            audit=bool(audit),
            reason=reason or "",
        )
    return Event(
        uid=uid,
        kind=EventKind(kind),
        question=Question(text_key, label, start, end),
        annotator=annotator,
        at_ms=at_ms,
        answer=Answer(answer) if answer is not None else None,
        retracts=retracts,
        seconds=seconds,
        selection=selection,
        gold=_gold_from_json(marked) if marked is not None else None,
        snapshot=_snapshot_from_json(kept) if kept is not None else None,
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
