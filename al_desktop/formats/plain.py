"""Plain text: one text a line, a paragraph, or the whole file."""

from collections.abc import Iterator

from al_desktop.formats.record import BadLine, Record
from al_desktop.formats.source import Source

UNITS = ("line", "paragraph", "file")


def read(source: Source, *, unit: str = "line") -> Iterator[Record | BadLine]:
    """`unit` is one of UNITS; paragraphs are parted by blank lines."""
    first, waiting = 0, list[str]()
    for line in source.lines():
        if isinstance(line, BadLine):
            yield line
            continue
        number, content = line
        if unit == "line":
            if content.strip():
                yield Record(content.strip(), number)
        elif content.strip() or (unit == "file" and waiting):
            first = first or number
            waiting.append(content)
        elif waiting:
            yield Record("\n".join(waiting).strip(), first)
            first, waiting = 0, []
    if waiting:
        yield Record("\n".join(waiting).strip(), first)
