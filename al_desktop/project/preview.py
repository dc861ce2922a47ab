"""A first look at a file of texts: how it would be read, and what comes with it."""

from collections import Counter
from collections.abc import Generator, Mapping
from dataclasses import dataclass, field, replace
from pathlib import Path
from time import monotonic

from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind
from al_desktop.formats import READERS, BadLine, Reader, Record, Source, reader_for
from al_desktop.formats.columns import Columns, columns_of
from al_desktop.formats.unpacking import unpacked

ROWS = 8
_CHARACTERS = 400
_SAMPLE_BYTES = 1 << 16
_UNANNOTATED = 5000
"""Texts without any annotation, after which there is no looking for any."""
_MOST_LABELS = 500
_EVERY_SECONDS = 0.4
# Files in which an encoding is not for the user to choose.
_BINARY = frozenset({"xlsx", "parquet", "docbin"})
_ENDINGS = {
    ".pdf": "PDF",
    ".doc": "Word",
    ".docx": "Word",
    ".odt": "OpenDocument",
    ".rtf": "RTF",
    ".xls": "old Excel",
    ".ods": "OpenDocument",
    ".pptx": "PowerPoint",
}


@dataclass(frozen=True, slots=True)
class Preview:
    """How a file would be read.

    format    a key of READERS
    encoding  of its characters; "" where there is none to choose
    label     the column that is read as a label of the whole text; "" for none
    rows      the first texts and lines that can't be read, long texts cut
    files     how many are to be read; more than one of a folder or an archive
    texts     counted so far, as are the rest
    bad       lines that can't be read
    labels    annotations by kind and label
    complete  whether everything was counted
    """

    format: str
    encoding: str
    columns: Columns = field(default_factory=Columns)
    label: str = ""
    rows: tuple[Record | BadLine, ...] = ()
    files: int = 1
    texts: int = 0
    bad: int = 0
    labels: Mapping[tuple[Kind, str], int] = field(default_factory=dict)
    complete: bool = False


def preview(source: Path, choices: Mapping[str, str]) -> Generator[Preview, None, None]:
    """Of a file, a folder or an archive, whose first file stands for all of them.

    `choices` are those of `importing.import_texts`; without a "label" the column whose name says
    so is read as one. Yields the first rows as soon as they are
    there, then counts what there is, for as long as there are annotations among it. Raises
    KnownError where the file can't be read.
    """
    with unpacked(source) as paths:
        if not paths:
            raise KnownError(f"{source} holds no files.")
        path = next((each for each in paths if each.suffix != ".txt"), paths[0])
        yield from _preview(path, len(paths), dict(choices))


def _preview(path: Path, files: int, choices: dict[str, str]) -> Generator[Preview, None, None]:
    format, encoding = choices.pop("format", None), choices.pop("encoding", None)  # noqa: A001
    reader = reader_for(path, format) if format else _guessed(path)
    name = next(name for name, each in READERS.items() if each is reader)
    with Source(path, encoding) as source:
        columns = columns_of(source, name)
        encoding = source.encoding
    found = Preview(name, "" if name in _BINARY else encoding, columns, files=files)
    counts: Counter[tuple[Kind, str]] = Counter()
    rows: list[Record | BadLine] = []
    texts = bad = 0
    told = monotonic()
    if "label" in reader.choices:
        choices.setdefault("label", columns.label)
    possible = {key: value for key, value in choices.items() if key in reader.choices}
    found = replace(found, label=possible.get("label", ""))
    with Source(path, encoding) as source:
        for record in reader.read(source, **possible):
            if len(rows) < ROWS:
                rows.append(_cut(record))
                if len(rows) == ROWS:
                    yield replace(found, rows=tuple(rows))
            if isinstance(record, BadLine):
                bad += 1
            else:
                texts += 1
                for each in record.annotations:
                    kind = Kind.TEXTS if each.start is None else Kind.SPANS
                    if len(counts) < _MOST_LABELS or (kind, each.label) in counts:
                        counts[kind, each.label] += 1
            if monotonic() > told + _EVERY_SECONDS:
                told = monotonic()
                yield replace(found, rows=tuple(rows), texts=texts, bad=bad, labels=dict(counts))
            if not counts and texts > _UNANNOTATED:
                break
        else:
            found = replace(found, complete=True)
    yield replace(found, rows=tuple(rows), texts=texts, bad=bad, labels=dict(counts))


def _guessed(path: Path) -> Reader:
    """The reader by the file's name and first characters; that of plain text where nothing else
    is known. Raises KnownError for what is no text at all."""
    try:
        return reader_for(path)
    except KnownError:
        program = _ENDINGS.get(path.suffix.lower())
        if program:
            raise KnownError(
                f"{path.name} is a {program} file. Save it as plain text, CSV or .xlsx there, and "
                "choose that file."
            ) from None
        with path.open("rb") as file:
            zeros = file.read(_SAMPLE_BYTES).count(0)
        with Source(path) as source:
            if zeros and not source.encoding.startswith("utf-16"):
                raise KnownError(
                    f"{path.name} is no file of texts. Choose a text file, a table, JSON or "
                    "another format of the list."
                ) from None
        return READERS["text"]


def _cut(record: Record | BadLine) -> Record | BadLine:
    if isinstance(record, BadLine) or len(record.content) <= _CHARACTERS:
        return record
    near = tuple(each for each in record.annotations if (each.end or 0) <= _CHARACTERS)
    return replace(record, content=record.content[:_CHARACTERS] + "…", annotations=near)
