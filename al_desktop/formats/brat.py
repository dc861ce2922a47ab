"""brat standoff: spans in a file.ann, their text in the file.txt beside it."""

import itertools
import re
from collections.abc import Iterator

from al_desktop.core.errors import KnownError
from al_desktop.formats.record import Annotation, BadLine, Record
from al_desktop.formats.source import Source

_SPAN = re.compile(r"(T\d+)\t(\S+) ([\d ;]+)\t(.*)")
_PIECE = re.compile(r"(\d{1,12}) (\d{1,12})")


def read(source: Source) -> Iterator[Record | BadLine]:
    """One text: the whole document. A span in several pieces comes as one from the first to the
    last, and is reported if there are words between them. Raises KnownError where its file.txt is
    missing."""
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
        for found in (line,) if isinstance(line, BadLine) else _annotation(*line, content):
            if isinstance(found, BadLine):
                yield found
            else:
                annotations.append(found)
    yield Record(content, 1, {}, tuple(annotations))


def _annotation(number: int, line: str, content: str) -> Iterator[Annotation | BadLine]:
    """Nothing for what is no span: relations, events, attributes, notes."""
    if not line.startswith("T"):
        return
    match = _SPAN.fullmatch(line)
    pieces = [_PIECE.fullmatch(piece.strip()) for piece in match[3].split(";")] if match else []
    places = [(int(piece[1]), int(piece[2])) for piece in pieces if piece]
    if match is None or not places or len(places) < len(pieces):
        yield BadLine(number, None, "not a span of brat")
        return
    for start, end in places:
        if not 0 <= start < end <= len(content):
            reason = f"the span from {start} to {end} is not within the text"
            yield BadLine(number, None, reason)
            return
    if " ".join(content[start:end] for start, end in places).split() != match[4].split():
        yield BadLine(number, None, f"the span {match[4][:40]!r} is not at its place in the text")
        return
    start, end = min(start for start, _ in places), max(end for _, end in places)
    yield Annotation(match[2], start, end)
    places.sort()
    between = (content[one[1] : other[0]] for one, other in itertools.pairwise(places))
    if any(gap.strip() for gap in between):
        taken = content[start:end][:60]
        yield BadLine(number, None, f"a span in {len(places)} pieces was taken as one: {taken!r}")
