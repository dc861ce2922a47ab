"""Texts with their accepted annotations as JSON: for doccano, Label Studio and Hugging Face."""

import json
from collections.abc import Iterable
from typing import Any, TextIO

from al_desktop.core.questions import Answer, Kind, Span
from al_desktop.formats.outgoing import Answered

ACCEPTED_ONLY = (
    "Only what was accepted is annotated: the format can't tell rejected from never asked.",
    'Annotators and times are left out; how each answer came about is in "al_desktop" in "meta".',
)
HUGGING_FACE_LOSES = (
    "Annotators, times and scores are left out.",
    'What is in neither "accepted" nor "rejected" was never asked, but for the labels in "gold".',
)


def write_doccano(file: TextIO, texts: Iterable[Answered], kind: Kind) -> int:
    """doccano's JSONL of today. Returns the texts written."""
    count = 0
    for count, answered in enumerate(texts, 1):
        label: list[Any] = answered.labels(Answer.ACCEPT)
        if kind is Kind.SPANS:
            label = [[one.start, one.end, one.label] for one in answered.spans(Answer.ACCEPT)]
        row = {"id": count, "text": answered.text.content, "label": label}
        file.write(json.dumps(row | {"meta": _meta(answered)}, ensure_ascii=False) + "\n")
    return count


def write_hugging_face(file: TextIO, texts: Iterable[Answered], kind: Kind) -> int:
    """JSONL with the same keys and types in every row, as `datasets.load_dataset` needs them.

    `audit`, `probability` and `weight` (0 of what is no random check) are those of all answers to
    the text, ignored ones among them, in the order given.
    """
    count = 0
    for answered in texts:
        count += 1
        row: dict[str, Any] = {"text": answered.text.content}
        for answer, key in ((Answer.ACCEPT, "accepted"), (Answer.REJECT, "rejected")):
            if kind is Kind.SPANS:
                row[key] = [_span(span) for span in answered.spans(answer)]
            else:
                row[key] = answered.labels(answer)
        labels = answered.gold.labels if answered.gold is not None else ()
        row["gold"] = [answered.name(label) for label in labels]
        chosen = [event.selection for event in answered.answers]
        row["audit"] = [one.audit if one else False for one in chosen]
        row["probability"] = [one.probability if one else 1.0 for one in chosen]
        row["weight"] = [answered.weights.get(event.uid, 0.0) for event in answered.answers]
        row["source"] = answered.text.source
        file.write(json.dumps(row, ensure_ascii=False) + "\n")
    return count


def write_label_studio(file: TextIO, texts: Iterable[Answered], kind: Kind) -> int:
    """Label Studio's JSON, with a control "label" on a text "text"; offsets in UTF-16 units, as
    JavaScript counts."""
    count = 0
    file.write("[")
    for count, answered in enumerate(texts, 1):
        if kind is Kind.SPANS:
            results = [
                _label_studio_span(answered.text.content, span, number)
                for number, span in enumerate(answered.spans(Answer.ACCEPT))
            ]
        else:
            choices = answered.labels(Answer.ACCEPT)
            results = [_label_studio_result("choices", {"choices": choices}, 0)] if choices else []
        task = {
            "id": count,
            "data": {"text": answered.text.content},
            "meta": _meta(answered),
            "annotations": [{"id": count, "was_cancelled": False, "result": results}],
        }
        file.write(("\n" if count == 1 else ",\n") + json.dumps(task, ensure_ascii=False))
    file.write("\n]\n")
    return count


def _meta(answered: Answered) -> dict[str, Any]:
    selections = answered.selections()
    return dict(answered.text.meta) | ({"al_desktop": selections} if selections else {})


def _span(span: Span) -> dict[str, Any]:
    return {"start": span.start, "end": span.end, "label": span.label}


def _label_studio_span(content: str, span: Span, number: int) -> dict[str, Any]:
    value = {
        "start": _utf16(content[: span.start]),
        "end": _utf16(content[: span.end]),
        "text": content[span.start : span.end],
        "labels": [span.label],
    }
    return _label_studio_result("labels", value, number)


def _label_studio_result(kind: str, value: dict[str, Any], number: int) -> dict[str, Any]:
    return {
        "id": f"r{number}",
        "type": kind,
        "from_name": "label",
        "to_name": "text",
        "value": value,
    }


def _utf16(content: str) -> int:
    return len(content.encode("utf-16-le")) // 2
