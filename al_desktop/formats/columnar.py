"""Parquet and Arrow files, and with them the folders of Hugging Face datasets.

Reading them takes the package pyarrow, which is large and no part of the program: an extra.
"""

import json
from collections.abc import Callable, Iterator, Mapping
from typing import TYPE_CHECKING, Any

from al_desktop.core.errors import KnownError
from al_desktop.formats.json_shapes import read_object
from al_desktop.formats.record import Annotation, BadLine, Record
from al_desktop.formats.source import Source

if TYPE_CHECKING:
    import pyarrow

_ROWS_AT_ONCE = 500
_LARGEST_BYTES = 4 << 30
_LONGEST_SCHEMA_BYTES = 16 << 20

Name = Callable[[Any], Any]


def read(source: Source, *, text: str = "", label: str = "") -> Iterator[Record | BadLine]:
    """A row a text; "lines" in reports count the rows from 1. Rows are understood as objects of
    JSON are; numbered classes of Hugging Face get their names. `text` names the column of the
    text, `label` one that holds a label of the whole text.

    Raises KnownError where pyarrow is missing, or can't read the file.
    """
    arrow = _arrow(source)
    try:
        number = 0
        for batch in _batches(source, arrow):
            names = _class_names(batch.schema)
            for row in batch.to_pylist():
                number += 1
                for column, name in names.items():
                    row[column] = name(row.get(column))
                yield from _record(row, number, text, label)
    except (arrow.ArrowException, OSError, ValueError, OverflowError, MemoryError) as error:
        reason = (str(error).splitlines() or [type(error).__name__])[0][:200]
        raise KnownError(f"{source.path} is not readable as a columnar file: {reason}.") from error


def names(source: Source) -> tuple[str, ...]:
    """The columns of the file. Raises KnownError as `read` does."""
    arrow = _arrow(source)
    try:
        return tuple(next(_batches(source, arrow)).schema.names)
    except StopIteration:
        return ()
    except (arrow.ArrowException, OSError, ValueError, OverflowError, MemoryError):
        return ()  # reading it says what is wrong


def _arrow(source: Source) -> Any:
    try:
        import pyarrow
        import pyarrow.parquet
    except ImportError as error:
        raise KnownError(
            f"{source.path} is a Parquet or Arrow file. To read these, AL Desktop needs its extra "
            '"parquet" (pip install "al-desktop[parquet]"), which the packaged program leaves '
            "out. Or save the data as JSON Lines or CSV, and import that."
        ) from error
    return pyarrow


def _batches(source: Source, arrow: Any) -> Iterator["pyarrow.RecordBatch"]:
    with source.path.open("rb") as opened:
        is_parquet = opened.read(4) == b"PAR1"
    if is_parquet:
        limits = {
            "thrift_string_size_limit": _LONGEST_SCHEMA_BYTES,
            "thrift_container_size_limit": 1_000_000,
        }
        with arrow.parquet.ParquetFile(str(source.path), **limits) as file:
            groups = (file.metadata.row_group(n) for n in range(file.metadata.num_row_groups))
            if sum(group.total_byte_size for group in groups) > _LARGEST_BYTES:
                raise KnownError(f"{source.path} is too large: it unpacks to more than 4 GB.")
            yield from file.iter_batches(_ROWS_AT_ONCE)
        return
    with arrow.OSFile(str(source.path)) as opened:
        # `datasets` saves the stream format, Feather is the file format.
        is_file = opened.read(6) == b"ARROW1"
        opened.seek(0)
        if is_file:
            reader = arrow.ipc.open_file(opened)
            batches = (reader.get_batch(n) for n in range(reader.num_record_batches))
        else:
            batches = arrow.ipc.open_stream(opened)
        for batch in batches:
            for first in range(0, batch.num_rows, _ROWS_AT_ONCE):
                yield batch.slice(first, _ROWS_AT_ONCE)


def _record(row: dict[str, Any], number: int, text: str, label: str) -> Iterator[Record | BadLine]:
    if label and label not in row:
        known = ", ".join(row)
        raise KnownError(f'There is no column "{label}". Choose one of these: {known}.')
    chosen = row.pop(label) if label else None
    for found in read_object(row, number, text):
        if isinstance(found, Record) and chosen is not None:
            whole = Annotation(str(chosen))
            found = Record(found.content, found.line, found.meta, (*found.annotations, whole))
        yield found


def _class_names(schema: "pyarrow.Schema") -> Mapping[str, Name]:
    """For each column of numbered classes, what turns numbers into names."""
    described = (schema.metadata or {}).get(b"huggingface", b"")
    try:
        features = json.loads(described)["info"]["features"]
        return {column: name for column in schema.names if (name := _naming(features.get(column)))}
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return {}


def _naming(feature: Any) -> Name | None:
    """After a feature as `datasets` describes it, a list of one or a class with names."""
    if isinstance(feature, list) and len(feature) == 1:
        feature = {"feature": feature[0]}
    if not isinstance(feature, dict):
        return None
    names = feature.get("names")
    if feature.get("_type") == "ClassLabel" and isinstance(names, list):
        return lambda value: (
            str(names[value]) if type(value) is int and 0 <= value < len(names) else None
        )
    inner = _naming(feature.get("feature"))
    if inner is None:
        return None
    return lambda values: [inner(value) for value in values] if isinstance(values, list) else None
