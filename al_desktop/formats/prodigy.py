"""Answers as Prodigy's JSONL: one row a question, with its binary answer."""

import json
from collections.abc import Iterable, Mapping
from typing import Any, TextIO

from al_desktop.core.events import Event
from al_desktop.core.questions import Kind, Text


def write(file: TextIO, answers: Iterable[tuple[Text, Event]], names: Mapping[str, str]) -> int:
    """Writes one row for each answer; `names` gives a label's name by its key. Returns the rows
    written. What Prodigy has no key for goes under "al_desktop"."""
    count = 0
    for text, event in answers:
        row = _row(text, event, names.get(event.question.label, event.question.label))
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
        count += 1
    return count


def _row(text: Text, event: Event, label: str) -> dict[str, Any]:
    question, selection = event.question, event.selection
    row: dict[str, Any] = {"text": text.content}
    if question.kind is Kind.SPANS:
        row["spans"] = [{"start": question.start, "end": question.end, "label": label}]
    row["label"] = label
    row["answer"] = event.answer
    row["meta"] = dict(text.meta)
    if selection is not None and selection.score is not None:
        row["score"] = selection.score
    row |= {
        "_input_hash": _hash(question.text_key),
        "_task_hash": _hash(question.key),
        "_annotator_id": event.annotator,
        "_session_id": event.annotator,
        "_view_id": "ner" if question.kind is Kind.SPANS else "classification",
        "_is_binary": True,
        "_timestamp": event.at_ms // 1000,
    }
    row["al_desktop"] = {"uid": event.uid, "seconds": event.seconds}
    if selection is not None:
        row["al_desktop"] |= {
            "strategy": selection.strategy,
            "probability": selection.probability,
            "audit": selection.audit,
            "model_version": selection.model_version,
            "reason": selection.reason,
        }
    return row


def _hash(key: str) -> int:
    """32 bits with a sign, as Prodigy's hashes are."""
    return int.from_bytes(bytes.fromhex(key)[:4], "big", signed=True)
