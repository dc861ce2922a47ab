"""Prodigy's JSONL: a row a question with its binary answer, and a row a text marked in full."""

import json
from collections.abc import Iterable, Iterator
from typing import Any, TextIO

from al_desktop.core.events import Event
from al_desktop.core.questions import Answer, Kind
from al_desktop.formats.outgoing import Answered

LOSES = ()


def write(file: TextIO, texts: Iterable[Answered], kind: Kind) -> int:
    """Returns the rows written. What Prodigy has no key for goes under "al_desktop"."""
    count = 0
    for answered in texts:
        for row in _rows(answered, kind):
            file.write(json.dumps(row, ensure_ascii=False) + "\n")
            count += 1
    return count


def _rows(answered: Answered, kind: Kind) -> Iterator[dict[str, Any]]:
    for event in answered.answers:
        yield _row(answered, event, kind)
    if answered.highlight is not None:
        yield _gold_row(answered, answered.highlight, kind)


def _row(answered: Answered, event: Event, kind: Kind) -> dict[str, Any]:
    question, selection = event.question, event.selection
    label = answered.name(question.label)
    row: dict[str, Any] = {"text": answered.text.content}
    if kind is Kind.SPANS:
        row["spans"] = [{"start": question.start, "end": question.end, "label": label}]
    row |= {"label": label, "answer": event.answer, "meta": dict(answered.text.meta)}
    if selection is not None and selection.score is not None:
        row["score"] = selection.score
    view = "ner" if kind is Kind.SPANS else "classification"
    row |= _origin(event) | {"_view_id": view, "_is_binary": True}
    if event.uid in answered.weights:
        row["al_desktop"]["weight"] = answered.weights[event.uid]
    return row


def _gold_row(answered: Answered, event: Event, kind: Kind) -> dict[str, Any]:
    alone = Answered(answered.text, (), event, answered.names)
    covered = [answered.name(label) for label in event.gold.labels] if event.gold else []
    row: dict[str, Any] = {"text": answered.text.content}
    if kind is Kind.SPANS:
        row["spans"] = [
            {"start": span.start, "end": span.end, "label": span.label}
            for span in alone.spans(Answer.ACCEPT)
        ]
    else:
        row["options"] = [{"id": label, "text": label} for label in covered]
        row["accept"] = alone.labels(Answer.ACCEPT)
    row |= {"answer": "accept", "meta": dict(answered.text.meta)}
    view = "ner_manual" if kind is Kind.SPANS else "choice"
    row |= _origin(event) | {"_view_id": view, "_is_binary": False}
    row["al_desktop"]["labels"] = covered
    return row


def _origin(event: Event) -> dict[str, Any]:
    """Whose answer it is, to what, and how that was selected."""
    ours: dict[str, Any] = {"uid": event.uid, "kind": event.kind, "seconds": event.seconds}
    selection = event.selection
    if selection is not None:
        ours |= {
            "strategy": selection.strategy,
            "probability": selection.probability,
            "audit": selection.audit,
            "model_version": selection.model_version,
            "reason": selection.reason,
        }
    return {
        "_input_hash": _hash(event.question.text_key),
        "_task_hash": _hash(event.question.key),
        "_annotator_id": event.annotator,
        "_session_id": event.annotator,
        "_timestamp": event.at_ms // 1000,
        "al_desktop": ours,
    }


def _hash(key: str) -> int:
    """32 bits with a sign, as Prodigy's hashes are."""
    return int.from_bytes(bytes.fromhex(key)[:4], "big", signed=True)
