"""JSON Lines: one object a line, with a text and what else there is (Prodigy's keys)."""

import json
import math
from collections.abc import Iterable, Iterator
from typing import Any

from al_desktop.formats.record import BadLine, Record
from al_desktop.formats.source import Source

TEXT_KEYS = ("text", "data", "content", "sentence")
_DEEPEST = 200
_TOO_DEEP = f"nested deeper than {_DEEPEST} levels"
_MOST_DIGITS = 300


def read(source: Source, *, text: str = "") -> Iterator[Record | BadLine]:
    """`text` names the key of the text; by default the first of TEXT_KEYS that a line has."""
    keys = (text,) if text else TEXT_KEYS
    for line in source.lines():
        if isinstance(line, BadLine):
            yield line
            continue
        number, content = line
        content = content.removeprefix("\ufeff")
        if content.strip():
            yield _record(number, content, keys)


def _record(number: int, line: str, keys: tuple[str, ...]) -> Record | BadLine:
    try:
        value = parse(line)
    except json.JSONDecodeError as error:
        return BadLine(number, error.colno, f"not valid JSON: {error.msg.lower()}")
    except ValueError as error:
        return BadLine(number, None, f"not usable JSON: {error}")
    if not isinstance(value, dict):
        return BadLine(number, None, "not an object with a text")
    found = next((key for key in keys if key in value), None)
    if found is None:
        return BadLine(number, None, f'no "{keys[0]}"')
    text = value[found]
    if not isinstance(text, str):
        return BadLine(number, None, f'"{found}" is not a text')
    if not text.strip():
        return BadLine(number, None, f'"{found}" is empty')
    meta = value.get("meta")
    return Record(text, number, meta if isinstance(meta, dict) else {})


def parse(line: str) -> Any:
    """JSON from a stranger: raises ValueError where it is broken, too deep or not finite."""
    try:
        value = json.loads(
            line, parse_constant=_refuse, parse_float=_finite, parse_int=_short_enough
        )
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
