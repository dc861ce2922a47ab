"""The formats texts come from and answers go to: one module each, one record at a time."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path

from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind
from al_desktop.formats import (
    brat,
    columnar,
    conll,
    delimited,
    docbin,
    inline,
    json_file,
    json_writers,
    jsonl,
    plain,
    prodigy,
    text_writers,
    webanno,
    xlsx,
)
from al_desktop.formats.record import Annotation, BadLine, Record
from al_desktop.formats.source import Source
from al_desktop.formats.tokens import is_tag

__all__ = [
    "READERS",
    "WRITERS",
    "Annotation",
    "BadLine",
    "Reader",
    "Record",
    "Source",
    "Writer",
    "reader_for",
]

_SAMPLE_CHARACTERS = 1 << 16


@dataclass(frozen=True, slots=True)
class Reader:
    """A format texts can be imported from. `read` takes the open source and choices by name."""

    name: str
    suffixes: tuple[str, ...]
    read: Callable[..., Iterator[Record | BadLine]]
    choices: tuple[str, ...] = ()


READERS = {
    "jsonl": Reader(
        "JSON Lines (Prodigy, doccano, Hugging Face)", (".jsonl", ".ndjson"), jsonl.read, ("text",)
    ),
    "json": Reader("JSON (Label Studio, doccano)", (".json",), json_file.read, ("text",)),
    "csv": Reader("Table (CSV, TSV)", (".csv", ".tsv"), delimited.read, ("text", "label")),
    "xlsx": Reader("Excel workbook", (".xlsx",), xlsx.read, ("text", "label")),
    "parquet": Reader(
        "Parquet, Arrow (Hugging Face datasets)",
        (".parquet", ".arrow", ".feather"),
        columnar.read,
        ("text", "label"),
    ),
    "text": Reader("Plain text", (".txt", ".text", ".md"), plain.read, ("unit",)),
    "conll": Reader("CoNLL (IOB1, IOB2, IOBES)", (".conll", ".iob", ".iob2", ".bio"), conll.read),
    "webanno": Reader("WebAnno TSV (INCEpTION)", (), webanno.read),
    "docbin": Reader("spaCy DocBin", (".spacy",), docbin.read),
    "brat": Reader("brat standoff", (".ann",), brat.read),
    "yedda": Reader("YEDDA", (), inline.read_yedda),
    "fasttext": Reader("fastText", (), inline.read_fasttext),
}


@dataclass(frozen=True, slots=True)
class Writer:
    """A format answers can be exported to. `write` takes an open text file, or a folder where
    `folder` is set, the texts and the kind of question, and returns the rows or texts written.

    loses   sentences on what the format can't carry
    """

    name: str
    suffix: str
    write: Callable[..., int]
    loses: tuple[str, ...] = ()
    folder: bool = False
    kinds: tuple[Kind, ...] = tuple(Kind)


WRITERS = {
    "prodigy": Writer("Prodigy", ".jsonl", prodigy.write, prodigy.LOSES),
    "csv": Writer("Table (CSV)", ".csv", text_writers.write_csv, text_writers.CSV_LOSES),
    "doccano": Writer("doccano", ".jsonl", json_writers.write_doccano, json_writers.ACCEPTED_ONLY),
    "label-studio": Writer(
        "Label Studio", ".json", json_writers.write_label_studio, json_writers.ACCEPTED_ONLY
    ),
    "hugging-face": Writer(
        "Hugging Face JSONL",
        ".jsonl",
        json_writers.write_hugging_face,
        json_writers.HUGGING_FACE_LOSES,
    ),
    "conll": Writer(
        "CoNLL IOB2",
        ".conll",
        text_writers.write_conll,
        text_writers.CONLL_LOSES,
        kinds=(Kind.SPANS,),
    ),
    "brat": Writer(
        "brat standoff",
        "",
        text_writers.write_brat,
        text_writers.BRAT_LOSES,
        folder=True,
        kinds=(Kind.SPANS,),
    ),
}


def reader_for(path: Path, format: str | None = None) -> Reader:  # noqa: A002
    """The reader by its name, else by the end of the file's name and its first characters.

    Raises KnownError where there is none.
    """
    if format is not None:
        if format not in READERS:
            raise KnownError(
                f'There is no format "{format}". Choose one of these: {", ".join(READERS)}.'
            )
        return READERS[format]
    suffix = path.suffix.lower()
    for name, reader in READERS.items():
        if suffix in reader.suffixes:
            return READERS[_nearer(path, name)]
    raise KnownError(f"The format of {path} isn't known by its name. Say which one it is.")


def _nearer(path: Path, name: str) -> str:
    """The format a file is in whose name could mean several."""
    if name not in ("csv", "text", "json", "brat", "conll"):
        return name
    with Source(path) as source:
        sample = source.characters().read(_SAMPLE_CHARACTERS)
        encoding = source.encoding
    lines = [line for line in sample.splitlines() if line.strip()]
    if name == "brat":
        return "yedda" if inline.YEDDA.search(sample) else name
    if name == "json":
        return "jsonl" if len(lines) > 1 and all(map(_is_object, lines[:3])) else name
    if sum(webanno.TOKEN.match(line) is not None for line in lines) * 2 > len(lines):
        return "webanno"
    if name == "text" and lines and lines[0].startswith(inline.FASTTEXT):
        return "fasttext"
    # What Excel calls "Unicode text" is a table.
    if name == "text" and encoding.startswith("utf-16") and all("\t" in line for line in lines):
        return "csv"
    return "conll" if _is_tagged(lines[:-1] or lines) else name


def _is_object(line: str) -> bool:
    return line.startswith("{") and line.rstrip().endswith("}")


def _is_tagged(lines: list[str]) -> bool:
    """Whether nearly all lines are tokens with a tag, some of them other than O."""
    tokens = [line.split() for line in lines if not line.startswith(("#", "-DOCSTART-"))]
    tagged = [columns for columns in tokens if any(map(is_tag, columns[1:]))]
    if not tagged or len(tagged) < 0.9 * len(tokens):
        return False
    return any(is_tag(tag) and tag != "O" for columns in tagged for tag in columns[1:])
