import json
import time
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from al_desktop.formats import BadLine, Record, Source
from al_desktop.formats.jsonl import parse, read


def read_text(tmp_path: Path, content: str, **choices: str) -> list[Record | BadLine]:
    path = tmp_path / "a.jsonl"
    path.write_text(content, encoding="utf-8", newline="")
    with Source(path, "utf-8") as source:
        return list(read(source, **choices))


def test_good_lines_go_in_and_bad_ones_say_why(tmp_path: Path) -> None:
    lines = [
        '{"text": "fine", "meta": {"page": 3}, "answer": "accept"}',
        "",
        '{"text": "broken',
        '{"TEXT": "other key"}',
        '{"text": 42}',
        "[1, 2]",
        '{"text": "  "}',
        '{"text": NaN}',
        '{"text": "big", "n": 1e999}',
        '{"text": "deep", "x": ' + "[" * 300 + "]" * 300 + "}",
        '{"text": "deeper", "x": ' + "[" * 100_000,
        '{"text": "digits", "n": ' + "1" * 5000 + "}",
        '\ufeff{"text": "mark in the middle", "meta": "a word"}',
    ]
    assert read_text(tmp_path, "\n".join(lines)) == [
        Record("fine", 1, {"page": 3}),
        BadLine(3, 10, "not valid JSON: unterminated string starting at"),
        BadLine(4, None, 'no "text"'),
        BadLine(5, None, '"text" is not a text'),
        BadLine(6, None, "not an object with a text"),
        BadLine(7, None, '"text" is empty'),
        BadLine(8, None, "not usable JSON: NaN is not a number in JSON"),
        BadLine(9, None, "not usable JSON: 1e999 is too large"),
        BadLine(10, None, "not usable JSON: nested deeper than 200 levels"),
        BadLine(11, None, "not usable JSON: nested deeper than 200 levels"),
        BadLine(12, None, "not usable JSON: a number has more than 300 digits"),
        Record("mark in the middle", 13),
    ]


def test_another_key_can_hold_the_text(tmp_path: Path) -> None:
    content = '{"text": "no", "body": "yes"}'
    assert read_text(tmp_path, content, text="body") == [Record("yes", 1)]
    assert read_text(tmp_path, '{"data": "doccano"}') == [Record("doccano", 1)]


def test_brackets_within_strings_are_no_depth(tmp_path: Path) -> None:
    content = json.dumps({"text": "[" * 1000 + "]" * 1000})
    assert read_text(tmp_path, content) == [Record("[" * 1000 + "]" * 1000, 1)]


_json = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**63), 2**63) | st.text(),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3),
    max_leaves=8,
)


@given(_json)
def test_any_json_is_read(value: object) -> None:
    assert parse(json.dumps(value)) == value
    assert parse(json.dumps(value, ensure_ascii=False)) == value


@pytest.mark.parametrize("length", [10_000_000])
def test_a_huge_text_is_read(tmp_path: Path, length: int) -> None:
    started = time.monotonic()
    (record,) = read_text(tmp_path, json.dumps({"text": "x" * length}))
    assert isinstance(record, Record)
    assert len(record.content) == length
    assert time.monotonic() - started < 60
