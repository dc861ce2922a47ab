"""What fuzzing found, each as a test of its own."""

import zipfile
from pathlib import Path

import pytest

from al_desktop.core.errors import KnownError
from al_desktop.formats import READERS, BadLine, Record, Source
from al_desktop.formats.unpacking import unpacked


def read(path: Path, name: str, content: bytes) -> list[Record | BadLine]:
    path.write_bytes(content)
    with Source(path) as source:
        return list(READERS[name].read(source))


def test_webanno_tokens_without_words(tmp_path: Path) -> None:
    path = tmp_path / "a.tsv"
    assert read(path, "webanno", b"1-1\t\t_\n") == [BadLine(1, None, "the sentence is empty")]
    found = read(path, "webanno", b"#Text=Ada\n1-1\t0-3\tAda\tP[1]\n1-2\t3-3\t\tQ\n")
    assert [one.label for record in found for one in record.annotations] == ["P"]  # type: ignore[union-attr]


def test_brat_without_text(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_bytes(b" \n")
    with pytest.raises(KnownError, match="is empty"):
        read(tmp_path / "a.ann", "brat", b"T1\tP 0 3\tAda\n")


def test_a_zip_entry_without_a_name(tmp_path: Path) -> None:
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w") as archive:
        archive.writestr("x", b"one")
        archive.writestr("b.txt", b"two")
    path.write_bytes(path.read_bytes().replace(b"x", b"\0"))
    with unpacked(path) as files:
        assert [file.read_bytes() for file in files] == [b"two"]
