"""WebAnno TSV (INCEpTION): a token a line, numbered sentence-token, with the sentence's text."""

import re
from collections import defaultdict
from collections.abc import Iterator

from al_desktop.formats.record import Annotation, BadLine, Record
from al_desktop.formats.source import Source
from al_desktop.formats.tokens import align, annotate, is_tag

TOKEN = re.compile(r"\d+-\d+(\.\d+)?\t")
_OFFSETS = re.compile(r"\d+-\d+")
_VALUE = re.compile(r"(.*?)(?:\[(\d+)\])?")


def read(source: Source) -> Iterator[Record | BadLine]:
    """A sentence a text, of the first layer's first feature; parts of tokens are left out."""
    first, text, rows = 0, "", list[list[str]]()
    for line in source.lines():
        if isinstance(line, BadLine):
            yield line
            continue
        number, content = line
        if content.lower().startswith("#text="):
            text = (text + "\n" + content[6:]) if text and not rows else content[6:]
            first = first or number
        elif TOKEN.match(content):
            first = first or number
            columns = content.split("\t")
            if "." in columns[0]:
                yield BadLine(number, None, "a part of a token can't be taken over")
            else:
                rows.append(columns)
        elif not content.strip() and rows:
            yield _record(first, text, rows)
            first, text, rows = 0, "", []
    if rows:
        yield _record(first, text, rows)


def _record(line: int, text: str, rows: list[list[str]]) -> Record | BadLine:
    word = 2 if all(len(row) > 2 and _OFFSETS.fullmatch(row[1]) for row in rows) else 1
    content, places = align([row[word] for row in rows], text.replace("\\n", "\n"))
    if not content.strip():
        return BadLine(line, None, "the sentence is empty")
    values = [row[word + 1] if len(row) > word + 1 else "_" for row in rows]
    tags = [[part.replace("\\", "") for part in value.split("|")] for value in values]
    if all(is_tag(part) for parts in tags for part in parts if part != "_"):
        layers = max(map(len, tags))
        columns = [[parts[n] if n < len(parts) else "O" for parts in tags] for n in range(layers)]
        return Record(content, line, {}, annotate(places, columns))
    return Record(content, line, {}, _numbered(places, tags))


def _numbered(places: list[tuple[int, int]], tags: list[list[str]]) -> tuple[Annotation, ...]:
    """A value of several tokens carries a number, LOC[3]; one without is of its token alone."""
    extents: dict[tuple[str, str], list[int]] = defaultdict(list)
    for position, parts in enumerate(tags):
        for part in parts:
            match = _VALUE.fullmatch(part)
            if match is None or match[1] in ("", "_", "*"):
                continue
            extents[match[1], match[2] or f"token {position}"].append(position)
    return tuple(
        Annotation(label, places[min(at)][0], places[max(at)][1])
        for (label, _), at in extents.items()
        if places[min(at)][0] < places[max(at)][1]
    )
