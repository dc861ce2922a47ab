"""WebAnno TSV (INCEpTION): a token a line, numbered sentence-token, with the sentence's text.

Parts of tokens follow their token as sentence-token.part, with offsets of their own.
"""

import re
from collections import defaultdict
from collections.abc import Iterator

from al_desktop.formats.record import Annotation, BadLine, Record
from al_desktop.formats.source import Source
from al_desktop.formats.tokens import align, annotate, is_tag

TOKEN = re.compile(r"\d+-\d+(\.\d+)?\t")
_OFFSETS = re.compile(r"(\d{1,12})-(\d{1,12})")
_VALUE = re.compile(r"(.*?)(?:\[(\d+)\])?")

Row = tuple[int, list[str]]
Place = tuple[int, int]


def read(source: Source) -> Iterator[Record | BadLine]:
    """A sentence a text, of the first layer's first feature."""
    first, text, rows = 0, "", list[Row]()
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
            rows.append((number, content.split("\t")))
        elif not content.strip() and rows:
            yield from _sentence(first, text, rows)
            first, text, rows = 0, "", []
    if rows:
        yield from _sentence(first, text, rows)


def _sentence(line: int, text: str, rows: list[Row]) -> Iterator[Record | BadLine]:
    tokens = [columns for _, columns in rows if "." not in columns[0]]
    word = 2 if all(len(row) > 2 and _OFFSETS.fullmatch(row[1]) for row in tokens) else 1
    content, places = align([row[word] for row in tokens], text.replace("\\n", "\n"))
    if not content.strip():
        yield BadLine(line, None, "the sentence is empty")
        return
    tags = [_values(row, word) for row in tokens]
    if len(tokens) == len(rows) and all(is_tag(part) for parts in tags for part in parts if part):
        layers = max(map(len, tags))
        found = [[(parts[n : n + 1] or [""])[0] or "O" for parts in tags] for n in range(layers)]
        yield Record(content, line, {}, annotate(places, found))
        return
    placed: list[tuple[Place, list[str]]] = []
    token, at = tokens[0] if tokens else [], -1
    for number, columns in rows:
        if "." not in columns[0]:
            token, at = columns, at + 1
            placed.append((places[at], _values(columns, word)))
            continue
        place = _part(columns, token, places[at], content) if at >= 0 else None
        if place is None:
            yield BadLine(number, None, "the part of a token is not at its place in the token")
        else:
            placed.append((place, _values(columns, word)))
    yield Record(content, line, {}, _numbered(placed))


def _values(columns: list[str], word: int) -> list[str]:
    """The values of the first feature; "" for none."""
    value = columns[word + 1] if len(columns) > word + 1 else "_"
    return ["" if part in ("_", "*") else part.replace("\\", "") for part in value.split("|")]


def _part(part: list[str], token: list[str], place: Place, content: str) -> Place | None:
    """Where a part of a token is in the text, by what it begins after in its token."""
    inner, outer = _OFFSETS.fullmatch(part[1]), _OFFSETS.fullmatch(token[1])
    if inner is None or outer is None or len(part) < 3 or not part[2]:
        return None
    start = place[0] + int(inner[1]) - int(outer[1])
    end = start + len(part[2])
    fits = place[0] <= start and end <= place[1] and content[start:end] == part[2]
    return (start, end) if fits else None


def _numbered(placed: list[tuple[Place, list[str]]]) -> tuple[Annotation, ...]:
    """A value of several tokens carries a number, LOC[3]; one without is of its token alone."""
    extents: dict[tuple[str, str], list[Place]] = defaultdict(list)
    for position, (place, parts) in enumerate(placed):
        for part in parts:
            match = _VALUE.fullmatch(part)
            if match is not None and match[1] not in ("", "_", "*"):
                extents[match[1], match[2] or f"token {position}"].append(place)
    whole = {
        label_and_number: (min(start for start, _ in at), max(end for _, end in at))
        for label_and_number, at in extents.items()
    }
    return tuple(
        Annotation(label, start, end) for (label, _), (start, end) in whole.items() if start < end
    )
