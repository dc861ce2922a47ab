"""Answers as tables and plain text: CSV, CoNLL and brat standoff."""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import TextIO

from al_desktop.core.questions import Answer, Kind, Span
from al_desktop.formats.outgoing import Answered

CSV_LOSES = (
    "A cell that a spreadsheet would run as a formula has an apostrophe before it.",
    "Texts marked in full come as one accepted row for each span.",
)
CONLL_LOSES = (
    "O stands for rejected and for never asked alike.",
    "Of spans that overlap only the longest is in it.",
    "White space within a text became the end of a token.",
)
BRAT_LOSES = (
    "Only what was accepted is in it: the format can't tell rejected from never asked.",
    "Annotators, times, scores, selection probabilities and audit flags are left out.",
)
_COLUMNS = (
    "text",
    "label",
    "answer",
    "start",
    "end",
    "span",
    "annotator",
    "at_ms",
    "strategy",
    "probability",
    "score",
    "audit",
    "weight",
    "source",
    "line",
    "meta",
)
_TOKEN = re.compile(r"\w+|[^\w\s]")
_NO_NAME = re.compile(r"[^\w-]+")


def write_csv(file: TextIO, texts: Iterable[Answered], kind: Kind) -> int:
    """A row an answer. Returns the rows written."""
    writer = csv.writer(file)
    writer.writerow(_COLUMNS)
    count = 0
    for answered in texts:
        for row in _csv_rows(answered):
            writer.writerow(map(safe_cell, row))
            count += 1
    return count


def safe_cell(value: object) -> object:
    """A cell no spreadsheet takes for a formula (OWASP, "CSV Injection")."""
    if isinstance(value, str) and value.lstrip().startswith(("=", "+", "-", "@")):
        return "'" + value
    if isinstance(value, str) and value.startswith(("\t", "\r", "\n")):
        return "'" + value
    return value


def _csv_rows(answered: Answered) -> Iterator[tuple[object, ...]]:
    text = answered.text
    rest = (text.source, text.line, json.dumps(dict(text.meta), ensure_ascii=False))
    for event in answered.answers:
        place = (event.question.start, event.question.end)
        words = text.content[place[0] : place[1]] if place[0] is not None else ""
        chosen = event.selection
        yield (
            text.content,
            answered.name(event.question.label),
            event.answer.value if event.answer else "",
            *place,
            words,
            event.annotator,
            event.at_ms,
            *((chosen.strategy, chosen.probability, chosen.score) if chosen else ("", "", "")),
            int(chosen.audit) if chosen else 0,
            answered.weights.get(event.uid, ""),
            *rest,
        )
    gold = Answered(text, (), answered.highlight, answered.names)
    by = answered.highlight.annotator if answered.highlight else ""
    for span in gold.spans(Answer.ACCEPT):
        words = text.content[span.start : span.end]
        where = (span.start, span.end, words)
        yield (text.content, span.label, "accept", *where, by, "", "gold", "", "", 0, "", *rest)


def write_conll(file: TextIO, texts: Iterable[Answered], kind: Kind) -> int:
    """IOB2 with tabs, a text a block. Tokens end where spans do, so every span is exact. Returns
    the texts written."""
    count = 0
    for answered in texts:
        count += 1
        tags: dict[int, str] = {}
        edges: set[int] = set()
        for span in _apart(answered.spans(Answer.ACCEPT)):
            edges |= {span.start, span.end}
            tags |= dict.fromkeys(range(span.start, span.end), f"I-{_one_word(span.label)}")
            tags[span.start] = f"B-{_one_word(span.label)}"
        for start, word in _words(answered.text.content, edges):
            file.write(f"{word}\t{tags.get(start, 'O')}\n")
        file.write("\n")
    return count


def _apart(spans: list[Span]) -> list[Span]:
    """The longest of those that overlap; of equal length the first."""
    kept: list[Span] = []
    for span in sorted(spans, key=lambda span: (span.start - span.end, span.start)):
        if all(span.end <= other.start or other.end <= span.start for other in kept):
            kept.append(span)
    return kept


def _words(content: str, edges: set[int]) -> Iterator[tuple[int, str]]:
    """Words and punctuation, cut at the edges; spans begin with a word, not with white space."""
    for match in _TOKEN.finditer(content):
        start = match.start()
        inner = sorted(edge for edge in edges if start < edge < match.end())
        for end in (*inner, match.end()):
            yield start, content[start:end]
            start = end


def _one_word(label: str) -> str:
    return "_".join(label.split()) or "LABEL"


def write_brat(folder: Path, texts: Iterable[Answered], kind: Kind) -> int:
    """A text and its spans in two files each, and an annotation.conf. Returns the texts written."""
    labels: dict[str, None] = {}
    count = 0
    for count, answered in enumerate(texts, 1):
        content = answered.text.content
        lines = []
        for number, span in enumerate(answered.spans(Answer.ACCEPT), 1):
            label = _NO_NAME.sub("_", span.label) or "LABEL"
            labels[label] = None
            words = " ".join(content[span.start : span.end].split("\n"))
            lines.append(f"T{number}\t{label} {_pieces(content, span)}\t{words}\n")
        for path, written in (("txt", content), ("ann", "".join(lines))):
            with (folder / f"{count:06}.{path}").open("w", encoding="utf-8", newline="") as file:
                file.write(written)
    configuration = "[entities]\n" + "".join(f"{label}\n" for label in labels)
    rest = "[relations]\n[events]\n[attributes]\n"
    (folder / "annotation.conf").write_text(configuration + rest, encoding="utf-8")
    return count


def _pieces(content: str, span: Span) -> str:
    """brat wants a span over several lines in pieces, one a line."""
    pieces = []
    start = span.start
    for line in content[span.start : span.end].split("\n"):
        if line:
            pieces.append(f"{start} {start + len(line)}")
        start += len(line) + 1
    return ";".join(pieces) or f"{span.start} {span.end}"
