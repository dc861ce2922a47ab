"""Excel workbooks: the first sheet as a table of texts. Formulas count as the values saved."""

import re
import zipfile
from collections.abc import Iterator
from typing import IO, Any
from xml.etree import ElementTree

from al_desktop.core.errors import KnownError
from al_desktop.formats.delimited import Layout, layout_of, read_rows
from al_desktop.formats.record import BadLine, Record
from al_desktop.formats.source import Source

_LARGEST_BYTES = 1 << 30
_SAMPLE_ROWS = 200
_MAIN = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
_COLUMN = re.compile(r"([A-Z]{1,3})\d+")
_STRINGS = "xl/sharedStrings.xml"


def read(source: Source, *, text: str = "", label: str = "") -> Iterator[Record | BadLine]:
    """`text` and `label` as for tables. Raises KnownError where it is no workbook."""
    rows = _sheet(source)
    yield from read_rows(iter(rows), _layout(rows, text, label))


def layout(source: Source) -> Layout:
    """How the sheet is laid out. Raises KnownError where it is no workbook."""
    return _layout(_sheet(source))


def _layout(rows: list[tuple[int, list[str]]], text: str = "", label: str = "") -> Layout:
    return layout_of([cells for _, cells in rows[:_SAMPLE_ROWS]], text, label)


def _sheet(source: Source) -> list[tuple[int, list[str]]]:
    """Row numbers from 1, and the cells of each row of the first sheet."""
    try:
        with zipfile.ZipFile(source.path) as book:
            if sum(entry.file_size for entry in book.infolist()) > _LARGEST_BYTES:
                raise KnownError(f"{source.path} is too large: it unpacks to more than 1 GB.")
            names = book.namelist()
            strings = list(_strings(book)) if _STRINGS in names else []
            sheet = min(
                (name for name in names if re.fullmatch(r"xl/worksheets/sheet\d+\.xml", name)),
                key=lambda name: (len(name), name),
            )
            with book.open(sheet) as file:
                return list(_rows(file, strings))
    except (zipfile.BadZipFile, ElementTree.ParseError, ValueError, KeyError, OSError) as error:
        raise KnownError(f"{source.path} is not a readable Excel workbook: {error}.") from error


def _strings(book: zipfile.ZipFile) -> Iterator[str]:
    with book.open(_STRINGS) as file:
        for element in _elements(file):
            if element.tag == f"{_MAIN}si":
                yield _text(element)
                element.clear()


def _rows(file: IO[bytes], strings: list[str]) -> Iterator[tuple[int, list[str]]]:
    """Row numbers from 1, and the cells of each row."""
    number = 0
    for element in _elements(file):
        if element.tag != f"{_MAIN}row":
            continue
        number = int(element.get("r") or number + 1)
        cells: list[str] = []
        for cell in element.iter(f"{_MAIN}c"):
            match = _COLUMN.fullmatch(cell.get("r") or "")
            column = _column(match[1]) if match else len(cells)
            cells += [""] * (column - len(cells))
            cells.append(_value(cell, strings))
        yield number, cells
        element.clear()


def _elements(file: IO[bytes]) -> Iterator[ElementTree.Element]:
    """Refuses a document type: nothing else can make a small XML file large."""
    parser: ElementTree.XMLPullParser[Any] = ElementTree.XMLPullParser(["end"])
    while chunk := file.read(1 << 16):
        if b"<!DOCTYPE" in chunk or b"<!ENTITY" in chunk:
            raise ValueError("it declares entities")
        parser.feed(chunk)
        for event in parser.read_events():
            element = event[-1]
            if isinstance(element, ElementTree.Element):
                yield element
    parser.close()


def _value(cell: ElementTree.Element, strings: list[str]) -> str:
    kind = cell.get("t")
    if kind == "inlineStr":
        return _text(cell)
    value = cell.findtext(f"{_MAIN}v") or ""
    if kind == "s":
        return strings[int(value)] if int(value) < len(strings) else ""
    return value


def _text(element: ElementTree.Element) -> str:
    return "".join(part.text or "" for part in element.iter(f"{_MAIN}t"))


def _column(letters: str) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + ord(letter) - ord("A") + 1
    return number - 1
