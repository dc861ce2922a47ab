"""Texts with their true labels, to answer questions in place of an annotator and to measure."""

import json
from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path

from numpy.random import Generator

from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Answer, Kind, Question, Span, Text, text_key


@dataclass(frozen=True, slots=True)
class GoldText:
    """A text and all its true spans; a label of the whole text is a span from 0 to its length."""

    text: Text
    spans: frozenset[Span]


@dataclass(frozen=True, slots=True)
class Scores:
    """Shares from 0 to 1; 0 where nothing was predicted or nothing is true."""

    precision: float
    recall: float
    f1: float


def read_gold(path: Path, kind: Kind) -> list[GoldText]:
    """Reads JSON lines: {"text", "spans": [{"start", "end", "label"}]} for kind spans,
    {"text", "label" or "labels"} for kind texts. Rows with "answer" other than "accept" have
    none of their labels; ignored rows and repeated texts are left out.

    Raises KnownError naming the line for anything else.
    """
    gold: dict[str, GoldText] = {}
    try:
        with path.open(encoding="utf-8") as file:
            for number, line in enumerate(file, start=1):
                if line.strip():
                    row = _row(line, path, number, kind)
                    if row is not None:
                        gold.setdefault(row.text.key, row)
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(f"{path} can't be read: {error}.") from error
    if not gold:
        raise KnownError(f"{path} holds no texts: give a file with one JSON object a line.")
    return list(gold.values())


def _row(line: str, path: Path, number: int, kind: Kind) -> GoldText | None:
    try:
        row = json.loads(line)
        content = row["text"]
        answer = row.get("answer", Answer.ACCEPT)
        if not isinstance(content, str):
            raise TypeError("text")
        if answer == Answer.IGNORE:
            return None
        spans = _spans(row, content, kind) if answer == Answer.ACCEPT else []
    except (ValueError, KeyError, TypeError, AttributeError) as error:
        wanted = (
            '{"text": ..., "spans": [{"start": ..., "end": ..., "label": ...}]}'
            if kind is Kind.SPANS
            else '{"text": ..., "label": ...} or {"text": ..., "labels": [...]}'
        )
        raise KnownError(f"{path}, line {number}: each line must look like {wanted}.") from error
    text = Text(text_key(content), content, source=path.name, line=number)
    return GoldText(text, frozenset(spans))


def _spans(row: dict[str, object], content: str, kind: Kind) -> list[Span]:
    if kind is Kind.SPANS:
        given = row["spans"]
        if not isinstance(given, list):
            raise TypeError("spans")
        return [Span(int(span["start"]), int(span["end"]), str(span["label"])) for span in given]
    labels = row["labels"] if "labels" in row else [row["label"]]
    if not isinstance(labels, list):
        raise TypeError("labels")
    return [Span(0, len(content), str(label)) for label in labels if label is not None]


def labels_of(gold: Iterable[GoldText]) -> set[str]:
    return {span.label for row in gold for span in row.spans}


class Oracle:
    """Answers as an annotator who knows the gold and never errs."""

    def __init__(self, gold: Iterable[GoldText]) -> None:
        self._gold = {row.text.key: row for row in gold}

    def answer(self, question: Question) -> Answer:
        row = self._gold[question.text_key]
        if question.start is None or question.end is None:
            span = Span(0, len(row.text.content), question.label)
        else:
            span = Span(question.start, question.end, question.label)
        return Answer.ACCEPT if span in row.spans else Answer.REJECT


def draw_terms(
    gold: Sequence[GoldText], label: str, count: int, random: Generator
) -> tuple[str, ...]:
    """Up to `count` different surfaces of the label's true spans; frequent ones more often."""
    surfaces = [
        row.text.content[span.start : span.end]
        for row in gold
        for span in sorted(row.spans, key=lambda span: span.start)
        if span.label == label
    ]
    drawn: dict[str, str] = {}
    for position in random.permutation(len(surfaces)):
        if len(drawn) == count:
            break
        drawn.setdefault(surfaces[position].casefold(), surfaces[position])
    return tuple(drawn.values())


def measure(
    gold: Sequence[GoldText], predicted: Sequence[Sequence[Span]], labels: Collection[str]
) -> Scores:
    """Exact match of span and label, pooled over all texts and the given labels (micro)."""
    right = claimed = true = 0
    for row, spans in zip(gold, predicted, strict=True):
        wanted = {span for span in row.spans if span.label in labels}
        found = {span for span in spans if span.label in labels}
        right += len(wanted & found)
        claimed += len(found)
        true += len(wanted)
    precision = right / claimed if claimed else 0.0
    recall = right / true if true else 0.0
    f1 = 2 * right / (claimed + true) if claimed + true else 0.0
    return Scores(precision, recall, f1)
