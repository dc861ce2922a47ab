"""CSV and TSV as spreadsheets and scripts write them: delimiter, quotes, header are found out."""

import csv
import io
import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING

from al_desktop.core.errors import KnownError
from al_desktop.formats.record import Annotation, BadLine, Record, columns_in_place_of
from al_desktop.formats.source import Source

if TYPE_CHECKING:
    import _csv

TEXT_COLUMNS = (
    "text",
    "sentence",
    "content",
    "body",
    "document",
    "message",
    "tweet",
    "utterance",
    "question",
    "review",
    "comment",
    "data",
    "title",
)
_DELIMITERS = ",\t;|"
_SAMPLE_CHARACTERS = 1 << 18
_LONGEST_FIELD = 64 << 20
_NAME = re.compile(r"[^\W\d][\w .:()/%-]{0,59}")
_NUMBER = re.compile(r"[-+]?[\d.,]+%?")


@dataclass(frozen=True, slots=True)
class Layout:
    """How a file is laid out. `header` is empty where the first row is data already; `width` is
    the number of columns."""

    delimiter: str
    quoted: bool
    header: tuple[str, ...]
    text_column: int
    label_column: int | None = None
    width: int = field(default=0, compare=False)


def read(source: Source, *, text: str = "", label: str = "") -> Iterator[Record | BadLine]:
    """`text` is the column of the text, `label` that of a label of the whole text: a name, or a
    number from 1. The other columns go to the text's metadata. Without `text` it is guessed,
    without `label` there is none. Raises KnownError where there is no such column."""
    characters = source.characters()
    sample = characters.read(_SAMPLE_CHARACTERS)
    whole = len(sample) < _SAMPLE_CHARACTERS
    layout = sniff(sample, whole, text, label)
    characters.seek(0)
    previous = csv.field_size_limit(_LONGEST_FIELD)
    try:
        yield from read_rows(_rows(characters, layout), layout)
    finally:
        csv.field_size_limit(previous)


def sniff(sample: str, whole: bool = True, text: str = "", label: str = "") -> Layout:
    """The layout under which most rows of the sample have the same number of columns.

    A sample that is not the whole file may end within a row.
    """
    best: tuple[float, str, bool, list[list[str]]] = (0.0, ",", False, [])
    for quoted in (True, False):
        for delimiter in _DELIMITERS:
            rows = _sample_rows(sample, whole, delimiter, quoted)
            if rows and _regularity(rows) > best[0]:
                best = _regularity(rows), delimiter, quoted, rows
    _, delimiter, quoted, rows = best
    return replace(layout_of(rows, text, label), delimiter=delimiter, quoted=quoted)


def layout_of(rows: list[list[str]], text: str = "", label: str = "") -> Layout:
    """Header and columns, by the first rows of a table."""
    rows = [row for row in rows if any(cell.strip() for cell in row)]
    if not rows:
        return Layout(",", False, (), 0)
    header = rows[0] if _is_header(rows, text) else []
    column = _chosen(text, header, rows) if text else _text_column(header, rows)
    label_column = _chosen(label, header, rows) if label else None
    width = max(map(len, rows))
    return Layout(",", False, tuple(_unique(header)), column, label_column, width)


def _rows(characters: io.TextIOBase, layout: Layout) -> Iterator[tuple[int, list[str]] | BadLine]:
    lines = iter(lambda: characters.readline(_LONGEST_FIELD), "")
    rows = _reader(lines, layout.delimiter, layout.quoted)
    while True:
        line = rows.line_num + 1
        try:
            yield line, next(rows)
        except StopIteration:
            return
        except csv.Error as error:
            yield BadLine(line, None, f"not readable as a row of a table: {error}")


def read_rows(
    rows: Iterator[tuple[int, list[str]] | BadLine], layout: Layout
) -> Iterator[Record | BadLine]:
    """The texts of a table's rows, which come with their line number; empty rows don't count."""
    width = len(layout.header)
    header_is_next = bool(layout.header)
    for found in rows:
        if isinstance(found, BadLine):
            yield found
            continue
        line, row = found
        if not any(cell.strip() for cell in row):
            continue
        if header_is_next:
            header_is_next = False
            continue
        width = width or len(row)
        if len(row) <= layout.text_column or any(cell.strip() for cell in row[width:]):
            yield BadLine(line, None, columns_in_place_of(len(row), width))
        elif not row[layout.text_column].strip():
            yield BadLine(line, None, "the text is empty")
        else:
            content = row[layout.text_column]
            yield Record(content, line, _meta(row, layout), _labels(row, layout))


def _meta(row: Sequence[str], layout: Layout) -> dict[str, object]:
    names = layout.header or [f"column {number}" for number in range(1, len(row) + 1)]
    return {
        name: cell
        for position, (name, cell) in enumerate(zip(names, row, strict=False))
        if position not in (layout.text_column, layout.label_column) and cell
    }


def _labels(row: Sequence[str], layout: Layout) -> tuple[Annotation, ...]:
    column = layout.label_column
    if column is None or column >= len(row) or not row[column].strip():
        return ()
    return (Annotation(row[column].strip()),)


def _sample_rows(sample: str, whole: bool, delimiter: str, quoted: bool) -> list[list[str]] | None:
    """None where the quotes make no sense, which is so when they are part of the text."""
    lines = io.StringIO(sample, newline="")
    reader = _reader(lines, delimiter, quoted, strict=True)
    rows: list[list[str]] = []
    try:
        rows.extend(row for row in reader if any(cell.strip() for cell in row))
    except csv.Error:
        if lines.tell() < len(sample):
            return None
        # A quote that is open at the end: the file, or the sample of it, was cut off there.
        return rows
    return rows if whole or len(rows) < 2 else rows[:-1]


def _reader(
    lines: Iterable[str], delimiter: str, quoted: bool, strict: bool = False
) -> "_csv.Reader":
    if quoted:
        return csv.reader(lines, delimiter=delimiter, strict=strict)
    return csv.reader(lines, delimiter=delimiter, quoting=csv.QUOTE_NONE)


def _regularity(rows: list[list[str]]) -> float:
    """0..1: the share of rows of the most frequent width; one column counts for half, and a
    first row of single words for more."""
    width, number = Counter(len(row) for row in rows).most_common(1)[0]
    if width > 1 and number * 2 > len(rows):
        return number / len(rows)
    return 0.51 if len(rows[0]) > 1 and all(map(str.isidentifier, rows[0])) else 0.5


def _is_header(rows: list[list[str]], text: str) -> bool:
    """Whether the first row names the columns: it has a known name, or names above numbers, or
    names above what is much longer."""
    names = [cell.strip().lower() for cell in rows[0]]
    if (text and text.lower() in names) or any(name in TEXT_COLUMNS for name in names):
        return True
    if min(len(rows), len(names)) < 2:
        return False
    if not all(_NAME.fullmatch(name) for name in names if name):
        return False
    if any(_is_number(rows[1:], column) for column in range(len(names))):
        return True
    longest = max(range(len(names)), key=lambda column: _mean_length(rows[1:], column))
    return _mean_length(rows[1:], longest) > 2 * len(names[longest])


def _is_number(rows: list[list[str]], column: int) -> bool:
    cells = [row[column].strip() for row in rows if column < len(row)]
    return any(cells) and all(_NUMBER.fullmatch(cell) for cell in cells if cell)


def _chosen(column: str, header: list[str], rows: list[list[str]]) -> int:
    names = [name.strip().lower() for name in header]
    if column.lower() in names:
        return names.index(column.lower())
    if column.isdecimal() and 1 <= int(column) <= max(map(len, rows)):
        return int(column) - 1
    known = ", ".join(header) or f"1 to {max(map(len, rows))}"
    raise KnownError(f'There is no column "{column}". Choose one of these: {known}.')


def _text_column(header: list[str], rows: list[list[str]]) -> int:
    names = [name.strip().lower() for name in header]
    for name in TEXT_COLUMNS:
        if name in names:
            return names.index(name)
    data = rows[1:] if header and len(rows) > 1 else rows
    return max(range(max(map(len, rows))), key=lambda column: _mean_length(data, column))


def _mean_length(rows: list[list[str]], column: int) -> float:
    """In characters; cells that hold JSON are not text."""
    cells = [row[column] for row in rows if column < len(row)]
    prose = [cell for cell in cells if not cell.startswith(("[", "{"))]
    return sum(map(len, prose)) / max(len(rows), 1)


def _unique(names: Sequence[str]) -> Iterator[str]:
    """Every column under a name of its own: unnamed and repeated ones get their number."""
    seen: set[str] = set()
    for number, name in enumerate(names, 1):
        name = name.strip() or f"column {number}"
        if name in seen:
            name = f"{name} {number}"
        seen.add(name)
        yield name
