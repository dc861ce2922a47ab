"""JSON Lines: one object a line, with a text and what else there is (Prodigy's keys)."""

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from al_desktop.formats.json_shapes import read_object
from al_desktop.formats.record import BadLine, Record
from al_desktop.formats.source import Source

_DEEPEST = 200
_TOO_DEEP = f"nested deeper than {_DEEPEST} levels"
_MOST_DIGITS = 300


def read(source: Source, *, text: str = "") -> Iterator[Record | BadLine]:
    """`text` names the key of the text; by default the first of TEXT_KEYS that a line has."""
    for line in source.lines():
        if isinstance(line, BadLine):
            yield line
            continue
        number, content = line
        content = content.removeprefix("\ufeff")
        if content.strip():
            yield from _read_line(number, content, text)


def _read_line(number: int, line: str, text: str) -> Iterator[Record | BadLine]:
    try:
        value = parse(line)
    except json.JSONDecodeError as error:
        yield BadLine(number, error.colno, f"not valid JSON: {error.msg.lower()}")
    except ValueError as error:
        yield BadLine(number, None, f"not usable JSON: {error}")
    else:
        yield from read_object(value, number, text)


def parse(line: str) -> Any:
    """JSON from a stranger: raises ValueError where it is broken, too deep or not finite."""
    try:
        value = _DECODER.decode(line)
    except RecursionError:
        raise ValueError(_TOO_DEEP) from None
    level = [value]
    for _ in range(_DEEPEST):
        level = [inner for outer in level for inner in _within(outer)]
        if not level:
            return value
    raise ValueError(_TOO_DEEP)


def _within(value: object) -> Iterable[object]:
    if isinstance(value, dict):
        return value.values()
    return value if isinstance(value, list) else ()


def _refuse(constant: str) -> None:
    raise ValueError(f"{constant} is not a number in JSON")


def _finite(digits: str) -> float:
    number = float(digits)
    if not math.isfinite(number):
        raise ValueError(f"{digits[:20]} is too large")
    return number


def _short_enough(digits: str) -> int:
    if len(digits) > _MOST_DIGITS:
        raise ValueError(f"a number has more than {_MOST_DIGITS} digits")
    return int(digits)


_DECODER = json.JSONDecoder(parse_constant=_refuse, parse_float=_finite, parse_int=_short_enough)
