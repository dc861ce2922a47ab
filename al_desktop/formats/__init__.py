"""The formats texts come from and answers go to: one module each, one record at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from al_desktop.core.errors import KnownError
from al_desktop.formats import delimited, jsonl, plain, prodigy
from al_desktop.formats.record import Annotation, BadLine, Record
from al_desktop.formats.source import Source

__all__ = [
    "READERS",
    "WRITERS",
    "Annotation",
    "BadLine",
    "Reader",
    "Record",
    "Source",
    "reader_for",
]


@dataclass(frozen=True, slots=True)
class Reader:
    """A format texts can be imported from. `read` takes the open source and choices by name."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[..., Iterator[Record | BadLine]]


READERS = {
    "jsonl": Reader("JSON Lines", (".jsonl", ".ndjson"), jsonl.read),
    "csv": Reader("Table (CSV, TSV)", (".csv", ".tsv"), delimited.read),
    "text": Reader("Plain text", (".txt", ".text", ".md"), plain.read),
}

WRITERS = {"prodigy": prodigy.write}


def reader_for(path: Path, format: str | None = None) -> Reader:  # noqa: A002
    """The reader by its name, else by the end of the file's name.

    Raises KnownError where there is none.
    """
    if format is not None:
        if format not in READERS:
            raise KnownError(
                f'There is no format "{format}". Choose one of these: {", ".join(READERS)}.'
            )
        return READERS[format]
    for reader in READERS.values():
        if path.suffix.lower() in reader.suffixes:
            return reader
    raise KnownError(f"The format of {path} isn't known by its name. Say which one it is.")
