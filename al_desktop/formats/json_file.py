"""JSON: one list of objects, or one object, as doccano and Label Studio export them."""

import json
from collections.abc import Iterator

from al_desktop.core.errors import KnownError
from al_desktop.formats.json_shapes import read_object
from al_desktop.formats.jsonl import parse
from al_desktop.formats.record import BadLine, Record
from al_desktop.formats.source import Source

_LARGEST_BYTES = 512 << 20
_LIST_KEYS = ("data", "texts", "rows", "examples", "tasks")


def read(source: Source, *, text: str = "") -> Iterator[Record | BadLine]:
    """`text` names the key of the text. "Lines" in reports count the objects from 1.

    Raises KnownError where the file as a whole is no JSON, or larger than 512 MB.
    """
    for number, item in enumerate(items(source), 1):
        if isinstance(item, str):
            item = {"text": item}
        yield from read_object(item, number, text)


def items(source: Source) -> list[object]:
    """What the file lists. Raises KnownError as `read` does."""
    if source.total_bytes > _LARGEST_BYTES:
        raise KnownError(
            f"{source.path} is too large for one JSON list: save it as JSONL, one object a line."
        )
    try:
        value = parse(source.characters().read().removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise KnownError(
            f"{source.path} is not valid JSON: line {error.lineno}, column {error.colno}: "
            f"{error.msg.lower()}."
        ) from error
    except ValueError as error:
        raise KnownError(f"{source.path} can't be used: {error}.") from error
    return _items(value)


def _items(value: object) -> list[object]:
    if isinstance(value, list):
        return value
    if isinstance(value, dict):
        for key in _LIST_KEYS:
            if isinstance(value.get(key), list):
                return list(value[key])
    return [value]
