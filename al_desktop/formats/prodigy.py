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
    if answered.gold is not None:
        yield _gold_row(answered, kind)


def _row(answered: Answered, event: Event, kind: Kind) -> dict[str, Any]:
    question, selection = event.question, event.selection
    label = answered.name(question.label)
    row: dict[str, Any] = {"text": answered.text.content}
    if kind is Kind.SPANS:
        row["spans"] = [{"start": question.start, "end": question.end, "label": label}]
    row |= {"label": label, "answer": event.answer, "meta": dict(answered.text.meta)}
    if selection is not None and selection.score is not None:
        row["score"] = selection.score
    row |= {
        "_input_hash": _hash(question.text_key),
        "_task_hash": _hash(question.key),
        "_annotator_id": event.annotator,
        "_session_id": event.annotator,
        "_view_id": "ner" if kind is Kind.SPANS else "classification",
        "_is_binary": True,
        "_timestamp": event.at_ms // 1000,
    }
    row["al_desktop"] = {"uid": event.uid, "kind": event.kind, "seconds": event.seconds}
    if selection is not None:
        row["al_desktop"] |= {
            "strategy": selection.strategy,
            "probability": selection.probability,
            "audit": selection.audit,
            "model_version": selection.model_version,
            "reason": selection.reason,
        }
    return row


def _gold_row(answered: Answered, kind: Kind) -> dict[str, Any]:
    assert answered.gold is not None
    alone = Answered(answered.text, (), answered.gold, answered.names)
    covered = [answered.name(label) for label in answered.gold.labels]
    row: dict[str, Any] = {"text": answered.text.content}
    if kind is Kind.SPANS:
        row["spans"] = [
            {"start": span.start, "end": span.end, "label": span.label}
            for span in alone.spans(Answer.ACCEPT)
        ]
    else:
        row["options"] = [{"id": label, "text": label} for label in covered]
        row["accept"] = alone.labels(Answer.ACCEPT)
    return row | {
        "answer": "accept",
        "meta": dict(answered.text.meta),
        "_input_hash": _hash(answered.text.key),
        "_view_id": "ner_manual" if kind is Kind.SPANS else "choice",
        "_is_binary": False,
        "al_desktop": {"labels": covered},
    }


def _hash(key: str) -> int:
    """32 bits with a sign, as Prodigy's hashes are."""
    return int.from_bytes(bytes.fromhex(key)[:4], "big", signed=True)
