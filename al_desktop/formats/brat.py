"""brat standoff: spans in a file.ann, their text in the file.txt beside it."""

import re
from collections.abc import Iterator

from al_desktop.core.errors import KnownError
from al_desktop.formats.record import Annotation, BadLine, Record
from al_desktop.formats.source import Source

_SPAN = re.compile(r"(T\d+)\t(\S+) ([\d ;]+)\t(.*)")


def read(source: Source) -> Iterator[Record | BadLine]:
    """One text: the whole document. Raises KnownError where its file.txt is missing."""
    beside = source.path.with_suffix(".txt")
    if not beside.is_file() or beside.is_symlink():
        raise KnownError(f"{beside} is missing: it holds the text that {source.path} is about.")
    with Source(beside, source.encoding if source.encoding != "cp1252" else None) as document:
        content = document.characters().read()
    content = content.replace("\r\n", "\n")
    if not content.strip():
        raise KnownError(f"{beside} is empty: there is no text that {source.path} is about.")
    annotations = []
    for line in source.lines():
        found = line if isinstance(line, BadLine) else _annotation(*line, content)
        if isinstance(found, BadLine):
            yield found
        elif found is not None:
            annotations.append(found)
    yield Record(content, 1, {}, tuple(annotations))


def _annotation(number: int, line: str, content: str) -> Annotation | BadLine | None:
    """None for what is no span: relations, events, attributes, notes."""
    if not line.startswith("T"):
        return None
    match = _SPAN.fullmatch(line)
    if match is None:
        return BadLine(number, None, "not a span of brat")
    if ";" in match[3]:
        return BadLine(number, None, "a span in several pieces can't be taken over")
    start, end = (int(offset[:12]) for offset in (*match[3].split(), "0")[:2])
    if not 0 <= start < end <= len(content):
        return BadLine(number, None, f"the span from {start} to {end} is not within the text")
    if content[start:end].split() != match[4].split():
        return BadLine(number, None, f"the span {match[4][:40]!r} is not at its place in the text")
    return Annotation(match[2], start, end)
