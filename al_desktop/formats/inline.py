"""Labels written into the text: YEDDA's [@words#Label*] and fastText's __label__name."""

import re
from collections.abc import Iterator

from al_desktop.formats.record import Annotation, BadLine, Record
from al_desktop.formats.source import Source

YEDDA = re.compile(r"\[@(.*?)#([^#\[\]*]{1,100})\*\]")
FASTTEXT = "__label__"


def read_yedda(source: Source) -> Iterator[Record | BadLine]:
    """A line a text, without its marks."""
    for line in source.lines():
        if isinstance(line, BadLine):
            yield line
            continue
        number, content = line
        plain, annotations, after = "", [], 0
        for match in YEDDA.finditer(content):
            plain += content[after : match.start()]
            if match[1]:
                start = len(plain)
                annotations.append(Annotation(match[2], start, start + len(match[1])))
            plain += match[1]
            after = match.end()
        plain += content[after:]
        if plain.strip():
            yield Record(plain, number, {}, tuple(annotations))


def read_fasttext(source: Source) -> Iterator[Record | BadLine]:
    """A line a text, behind its labels."""
    for line in source.lines():
        if isinstance(line, BadLine):
            yield line
            continue
        number, content = line
        labels = []
        while content.startswith(FASTTEXT):
            label, _, content = content.partition(" ")
            labels.append(Annotation(label.removeprefix(FASTTEXT)))
        if content.strip():
            yield Record(
                content.strip(), number, {}, tuple(label for label in labels if label.label)
            )
        elif labels:
            yield BadLine(number, None, "labels without a text")
