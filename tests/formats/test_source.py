import codecs
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from al_desktop.core.errors import KnownError
from al_desktop.formats import BadLine, Source
from al_desktop.formats.source import detect_encoding

TEXT = "Größe, naïve – “quoted”\nsecond line of plain words\n"


@pytest.mark.parametrize(
    ("content", "encoding"),
    [
        (TEXT.encode(), "utf-8"),
        (codecs.BOM_UTF8 + TEXT.encode(), "utf-8-sig"),
        (TEXT.encode("utf-16"), "utf-16"),
        (codecs.BOM_UTF16_BE + TEXT.encode("utf-16-be"), "utf-16"),
        (TEXT.encode("utf-16-le"), "utf-16-le"),
        (TEXT.encode("utf-16-be"), "utf-16-be"),
        (TEXT.encode("cp1252"), "cp1252"),
        (b"caf\xe9 \x81", "latin-1"),
        (b"", "utf-8"),
        (b"cut off in a character \xc3", "cp1252"),
        (b"a" * (1 << 20) + b"\xc3\xa9", "utf-8"),
    ],
)
def test_encodings_are_found_out(tmp_path: Path, content: bytes, encoding: str) -> None:
    path = tmp_path / "a"
    path.write_bytes(content)
    assert detect_encoding(path) == encoding


def _lines(path: Path, content: bytes) -> list[object]:
    path.write_bytes(content)
    with Source(path) as source:
        return list(source.lines())


@pytest.mark.parametrize("end", [b"\n", b"\r\n", b"\r"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16"])
def test_line_ends(tmp_path: Path, end: bytes, encoding: str) -> None:
    content = ("a" + end.decode() + end.decode() + "b \u2028 c\x85d").encode(encoding)
    expected = [(1, "a"), (2, ""), (3, "b \u2028 c\x85d")]
    assert _lines(tmp_path / "a", content) == expected


@given(st.lists(st.text(st.characters(exclude_characters="\r\n", exclude_categories=["Cs"]))))
def test_lines_come_back(tmp_path_factory: pytest.TempPathFactory, lines: list[str]) -> None:
    path = tmp_path_factory.mktemp("lines") / "a"
    content = "".join(line + "\n" for line in lines)
    path.write_bytes(content.encode())
    with Source(path, "utf-8") as source:
        found = list(source.lines())
    assert found == list(enumerate([line.removeprefix("\ufeff") for line in lines[:1]], 1)) + list(
        enumerate(lines[1:], 2)
    )


def test_line_ends_across_reads(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    for size in (1, 2, 3, 5):
        monkeypatch.setattr("al_desktop.formats.source._CHUNK_BYTES", size)
        found = _lines(tmp_path / "a", b"ab\r\ncd\re\r\n\r\nf")
        assert found == [(1, "ab"), (2, "cd"), (3, "e"), (4, ""), (5, "f")]


def test_broken_utf8_is_told_by_line_and_column(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes("fine\nüü\n".encode() + b"\xc3\xbc\xff\nfine again")
    with Source(path, "utf-8") as source:
        assert list(source.lines()) == [
            (1, "fine"),
            (2, "üü"),
            BadLine(3, 2, "the byte 0xff is not valid UTF-8"),
            (4, "fine again"),
        ]


def test_endless_lines_are_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("al_desktop.formats.source.LONGEST_LINE_BYTES", 50)
    monkeypatch.setattr("al_desktop.formats.source._CHUNK_BYTES", 20)
    found = _lines(tmp_path / "a", b"short\n" + b"x" * 1000 + b"\nshort\n" + b"y" * 1000)
    reason = "the line is longer than 64 MB"
    assert found == [(1, "short"), BadLine(2, None, reason), (3, "short"), BadLine(4, None, reason)]


def test_progress_reaches_the_end(tmp_path: Path) -> None:
    path = tmp_path / "a"
    path.write_bytes(b"line\n" * 1_000_000)
    with Source(path) as source:
        seen = [source.done_bytes for _ in source.lines()]
        assert source.done_bytes == source.total_bytes == 5_000_000
    assert seen == sorted(seen)
    assert len(set(seen)) > 4


def test_what_cant_be_read(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="not a file"):
        Source(tmp_path)
    with pytest.raises(KnownError, match="not a file"):
        Source(tmp_path / "gone")
    (tmp_path / "a").write_text("x")
    with pytest.raises(KnownError, match="encoding"):
        Source(tmp_path / "a", "klingon")
