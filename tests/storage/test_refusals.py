"""Files that can't be opened or written: one sentence each, and the file as it was."""

import os
import shutil
import sqlite3
import struct
import subprocess
import sys
from collections.abc import Callable, Iterator
from contextlib import closing
from pathlib import Path

import pytest
from histories import CONFIGURATION, add, answer, highlight, make, marked, snapshot, texts

from al_desktop.core.errors import KnownError
from al_desktop.storage import ProjectFile


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "trial.aldesk"
    make(path, 500).close()
    return path


def _patch(path: Path, offset: int, patch: bytes) -> None:
    whole = bytearray(path.read_bytes())
    whole[offset : offset + len(patch)] = patch
    path.write_bytes(whole)


def _run(path: Path, *statements: str) -> None:
    with closing(sqlite3.connect(path)) as connection:
        for statement in statements:
            connection.execute(statement)
        connection.commit()


def _foreign(path: Path) -> None:
    path.unlink()
    _run(path, "CREATE TABLE person (name TEXT)")


DAMAGES: dict[str, tuple[Callable[[Path], None], str]] = {
    "newer": (lambda path: _patch(path, 60, struct.pack(">I", 99)), "newer version"),
    "version 0": (lambda path: _patch(path, 60, struct.pack(">I", 0)), "damaged"),
    "foreign": (_foreign, "database of another program"),
    "text": (lambda path: path.write_text("hello " * 100) and None, "not a project file"),
    "empty": (lambda path: path.write_bytes(b"") and None, "not a project file"),
    "header only": (lambda path: os.truncate(path, 100), "incomplete"),
    "half": (lambda path: os.truncate(path, path.stat().st_size // 2), "incomplete"),
    "last byte": (lambda path: os.truncate(path, path.stat().st_size - 1), "incomplete"),
    "zeros": (lambda path: _patch(path, 4096, bytes(3 * 4096)), "damaged"),
    "noise": (lambda path: _patch(path, 8192, os.urandom(30_000)), "damaged"),
    # Found by fuzzing: bytes of the schema that are no UTF-8.
    "schema": (lambda path: _patch(path, 4096 - 60, b"\x80\xff"), "damaged"),
    "page size": (lambda path: _patch(path, 16, b"\x00\x03"), "damaged"),
    "trigger": (
        lambda path: _run(
            path,
            "CREATE TRIGGER t AFTER INSERT ON event BEGIN DELETE FROM text; END",
        ),
        "changed by another program",
    ),
    "view": (lambda path: _run(path, "CREATE VIEW v AS SELECT 1"), "changed by another program"),
    "virtual table": (
        lambda path: _run(path, "CREATE VIRTUAL TABLE f USING fts5(content)"),
        "changed by another program",
    ),
    "table gone": (lambda path: _run(path, "DROP TABLE label"), "changed by another program"),
}


@pytest.mark.parametrize("name", DAMAGES)
@pytest.mark.parametrize("opens", [ProjectFile.open, ProjectFile.open_for_reading])
def test_refused_in_one_sentence_and_untouched(
    path: Path, name: str, opens: Callable[[Path], ProjectFile]
) -> None:
    damage, words = DAMAGES[name]
    damage(path)
    before = path.read_bytes()
    with pytest.raises(KnownError, match=words) as raised:
        opens(path)
    assert str(path) in str(raised.value)
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]


def test_missing_and_folder(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="doesn't exist"):
        ProjectFile.open(tmp_path / "gone.aldesk")
    with pytest.raises(KnownError, match="not a file"):
        ProjectFile.open(tmp_path)


def test_a_project_without_its_one_row_is_damaged(path: Path) -> None:
    _run(path, "DELETE FROM project")
    with pytest.raises(KnownError, match="damaged"):
        ProjectFile.open(path)
    ProjectFile.create(path.with_name("other.aldesk"), "x", CONFIGURATION).close()


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE project SET settings = '{'",
        "UPDATE project SET settings = '[]'",
        'UPDATE project SET settings = \'{"kind": "pictures"}\'',
        "UPDATE label SET record = 'nonsense'",
        "UPDATE label SET record = '{\"terms\": 3}'",
    ],
)
def test_settings_that_make_no_sense(path: Path, statement: str) -> None:
    _run(path, statement)
    with pytest.raises(KnownError):
        ProjectFile.open(path)
    with pytest.raises(KnownError):
        ProjectFile.open_for_reading(path)


@pytest.mark.parametrize(
    "change",
    [
        "kind = 'shout'",
        "answer = 'maybe'",
        "probability = 0.0",
        "probability = NULL",
        "score = 9e999",
        '"start" = -1',
        '"start" = 4',
        '"start" = NULL',
        "gold = 'no JSON'",
        "gold = '" + "[" * 100_000 + "'",
        "gold = '[1]'",
        'gold = \'{"labels": "X", "spans": []}\'',
        'gold = \'{"labels": [], "spans": [[2, 1, "X"]]}\'',
        'gold = \'{"labels": [], "spans": [[0, 1.5, "X"]]}\'',
        'gold = \'{"labels": [3], "spans": []}\'',
        "snapshot = 'no JSON'",
        "snapshot = '" + "[" * 100_000 + "'",
        "snapshot = '{}'",
        "snapshot = json_set(snapshot, '$.reason', 'shout')",
        "snapshot = json_set(snapshot, '$.answers', -1)",
        "snapshot = json_set(snapshot, '$.cut.ada', 3)",
        "snapshot = json_set(snapshot, '$.overall.f1[0]', 0.9)",
        "snapshot = json_set(snapshot, '$.overall.f1', '0.1')",
        "snapshot = json_set(snapshot, '$.labels', '[1]')",
    ],
)
def test_events_that_make_no_sense(path: Path, change: str) -> None:
    text = texts(1)[0]
    with ProjectFile.open(path) as file:
        sound = highlight(text, marked(0)) if "gold" in change else answer(text)
        file.append(snapshot() if "snapshot" in change else sound)
    _run(
        path,
        "PRAGMA ignore_check_constraints = ON",
        "CREATE TABLE copy AS SELECT * FROM event",
        f"UPDATE copy SET {change}, sequence = 2, uid = zeroblob(16)",
        "INSERT INTO event SELECT * FROM copy",
        "DROP TABLE copy",
    )
    with ProjectFile.open(path) as file, pytest.raises(KnownError, match="damaged"):
        list(file.events())


@pytest.mark.parametrize("change", ["meta = '{'", "meta = '3'", "content = CAST(x'8061' AS TEXT)"])
def test_texts_that_make_no_sense(path: Path, change: str) -> None:
    """Found by fuzzing: only reading a text shows it, and every way of reading says so."""
    _run(path, f"UPDATE text SET {change} WHERE id = 7")
    with ProjectFile.open(path) as file:
        pool = file.pool()
        with pytest.raises(KnownError, match="damaged"):
            list(pool.batches(100))
        with pytest.raises(KnownError, match="damaged"):
            file.text(pool.keys()[6])
        if "content" in change:
            with pytest.raises(KnownError, match="damaged"):
                pool.contents([6])


@pytest.fixture
def full(path: Path) -> Iterator[ProjectFile]:
    """A file on a disk that is nearly full."""
    with ProjectFile.open(path) as file:
        pages = file._database.execute_sql("PRAGMA page_count").fetchone()[0]
        file._database.execute_sql(f"PRAGMA max_page_count = {pages + 2}")
        yield file


def test_a_full_disk_loses_nothing_that_was_stored(full: ProjectFile) -> None:
    stored = []
    with pytest.raises(KnownError, match="disk is full") as raised:
        for text in texts(500):
            event = answer(text)
            full.append(event)
            stored.append(event)
    assert str(full.path) in str(raised.value)
    assert [event for _, event in full.events()] == stored
    with pytest.raises(KnownError, match="disk is full"):
        add(full, texts(5000, "more"))
    assert full.text_count() == 500


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs to be root to mount")
def test_a_really_full_disk(tmp_path: Path) -> None:
    disk = tmp_path / "disk"
    disk.mkdir()
    mounted = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=1m", "tmpfs", disk], capture_output=True, check=False
    )
    if mounted.returncode:
        pytest.skip("can't mount here")
    try:
        path = disk / "trial.aldesk"
        stored = []
        with make(path) as file:
            with pytest.raises(KnownError, match="disk is full"):
                for text in texts(100_000):
                    event = answer(text)
                    file.append(event)
                    stored.append(event)
            with pytest.raises(KnownError, match="disk is full"):
                add(file, texts(20_000, "more"))
            shutil.copy(path, tmp_path)
            assert [event for _, event in file.events()] == stored
        with ProjectFile.open(path) as file:
            assert [event for _, event in file.events()] == stored
        with pytest.raises(KnownError, match=r"full|No space"):
            (disk / "rest").write_bytes(b"")
            with pytest.raises(OSError), (disk / "rest").open("wb") as rest:
                while True:
                    rest.write(bytes(4096))
                    rest.flush()
            ProjectFile.create(disk / "another.aldesk", "x", CONFIGURATION)
        assert not (disk / "another.aldesk").exists()
    finally:
        subprocess.run(["umount", disk], check=True)


@pytest.mark.skipif(os.name != "posix" or os.geteuid() != 0, reason="needs to change its user")
def test_places_that_cant_be_written_to(path: Path) -> None:
    """Root may write everywhere, so another user tries."""
    trial = """
import os, sys
from pathlib import Path
from al_desktop.core.errors import KnownError
from al_desktop.storage import ProjectFile
os.setuid(65534)
try:
    ProjectFile.open(Path(sys.argv[1]))
except KnownError as error:
    print(error)
try:
    with ProjectFile.open_for_reading(Path(sys.argv[1])) as file:
        print(file.text_count())
except KnownError as error:
    print(error)
"""

    def tried() -> list[str]:
        ran = subprocess.run(
            [sys.executable, "-c", trial, path], stdout=subprocess.PIPE, text=True, check=True
        )
        return ran.stdout.splitlines()

    for folder in path.parents:
        if "pytest-" in str(folder):
            folder.chmod(0o755)
    before = path.read_bytes()
    path.chmod(0o644)
    assert tried() == [
        f"The folder {path.parent} can't be written to. Copy the project to a folder of your own "
        "and open the copy.",
        "500",
    ]
    path.parent.chmod(0o777)
    assert tried() == [
        f"{path} can't be written to. Copy it to a folder of your own and open the copy.",
        "500",
    ]
    path.chmod(0o600)
    unreadable = f"{path} may not be read by you. Ask its owner for a copy."
    assert tried() == [unreadable, unreadable]
    assert path.read_bytes() == before
    assert [entry.name for entry in path.parent.iterdir()] == [path.name]
