"""Where the texts and the labels of a file are: what its columns or keys are called."""

import itertools
import json
from dataclasses import dataclass

from al_desktop.formats import columnar, delimited, json_file, xlsx
from al_desktop.formats.json_shapes import TEXT_KEYS
from al_desktop.formats.source import Source

LABEL_COLUMNS = (
    "label",
    "labels",
    "category",
    "class",
    "intent",
    "topic",
    "sentiment",
    "tag",
    "target",
)
_SAMPLE_CHARACTERS = 1 << 18
_SAMPLE_ROWS = 200


@dataclass(frozen=True, slots=True)
class Columns:
    """`names` are what the reader's choices "text" and "label" take, in the file's order.

    text   the one that is read unless another is chosen; "" where that differs from row to row
    label  the one whose name says that it holds a label of the whole text; "" for none
    """

    names: tuple[str, ...] = ()
    text: str = ""
    label: str = ""


def columns_of(source: Source, format: str) -> Columns:  # noqa: A002
    """Of a file that is read as this key of READERS; none where there are no columns to choose.

    Raises KnownError where the file can't be read.
    """
    match format:
        case "csv":
            sample = source.characters().read(_SAMPLE_CHARACTERS)
            return _of_table(delimited.sniff(sample, whole=len(sample) < _SAMPLE_CHARACTERS))
        case "xlsx":
            return _of_table(xlsx.layout(source))
        case "parquet":
            return _of_names(columnar.names(source))
        case "jsonl":
            return _of_names(_keys(_objects(source.characters().read(_SAMPLE_CHARACTERS))))
        case "json":
            items = [item for item in json_file.items(source) if isinstance(item, dict)]
            inner = [item["data"] if isinstance(item.get("data"), dict) else item for item in items]
            return _of_names(_keys(inner[:_SAMPLE_ROWS]))
    return Columns()


def _of_table(layout: delimited.Layout) -> Columns:
    names = layout.header or tuple(map(str, range(1, layout.width + 1)))
    if not names:
        return Columns()
    label = _label(names)
    text = names[layout.text_column]
    return Columns(names, text, label if label != text else "")


def _of_names(names: tuple[str, ...]) -> Columns:
    text = next((key for key in TEXT_KEYS if key in names), "")
    return Columns(names, text, _label(names))


def _label(names: tuple[str, ...]) -> str:
    known = {name.strip().lower(): name for name in reversed(names)}
    return next((known[name] for name in LABEL_COLUMNS if name in known), "")


def _objects(sample: str) -> list[dict[str, object]]:
    found = []
    for line in itertools.islice(sample.splitlines(), _SAMPLE_ROWS):
        try:
            value = json.loads(line)
        except (ValueError, RecursionError):
            continue
        if isinstance(value, dict):
            found.append(value)
    return found


def _keys(rows: list[dict[str, object]]) -> tuple[str, ...]:
    """Of what is text in any of the rows."""
    return tuple(
        dict.fromkeys(
            key
            for row in rows
            for key, value in row.items()
            if isinstance(value, str) and not key.startswith("_")
        )
    )
