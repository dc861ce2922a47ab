"""The mechanism, on a made-up next version; and every released version's own file."""

import shutil
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

import pytest
from histories import CONFIGURATION, answer, make, texts

from al_desktop.core.errors import KnownError
from al_desktop.storage import ProjectFile, schema
from al_desktop.storage.migration import STEPS, migrate

VERSIONS = Path(__file__).parent / "versions"
_NOTE = "CREATE TABLE note (id INTEGER PRIMARY KEY, words TEXT NOT NULL) STRICT"


def _add_note(connection: sqlite3.Connection) -> None:
    connection.execute(_NOTE)
    connection.execute("INSERT INTO note (words) SELECT name FROM project")


def _rebuild_state(connection: sqlite3.Connection) -> None:
    """How a table is changed: a new one takes its place."""
    connection.execute(
        "CREATE TABLE fresh (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, at_ms INTEGER) "
        "STRICT"
    )
    connection.execute("INSERT INTO fresh (name, value) SELECT name, value FROM state")
    connection.execute("DROP TABLE state")
    connection.execute("ALTER TABLE fresh RENAME TO state")


@pytest.fixture
def path(tmp_path: Path) -> Path:
    path = tmp_path / "trial.aldesk"
    with make(path) as file:
        file.append(answer(texts(1)[0]))
        file.set_state("pinned", "DRUG")
    return path


@pytest.fixture
def next_version(monkeypatch: pytest.MonkeyPatch) -> Callable[[int], set[tuple[str, str, str]]]:
    statements = {name: sql for sql in schema.STATEMENTS[1] for name in [sql.split()[2]]}
    statements["state"] = (
        "CREATE TABLE state (name TEXT PRIMARY KEY NOT NULL, value TEXT NOT NULL, at_ms INTEGER) "
        "STRICT"
    )

    def expected(_: int) -> set[tuple[str, str, str]]:
        with closing(sqlite3.connect(":memory:")) as connection:
            for statement in (*statements.values(), _NOTE):
                connection.execute(statement)
            return schema.describe(connection)

    return expected


def _version(path: Path) -> int:
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("PRAGMA user_version").fetchone()[0])


def _dump(path: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection:
        return list(connection.iterdump())


def test_steps_run_in_order_after_a_backup(
    path: Path, next_version: Callable[[int], set[tuple[str, str, str]]]
) -> None:
    before = _dump(path)
    backup = migrate(path, {1: _add_note, 2: _rebuild_state}, 3, next_version)
    assert backup == path.with_name("trial.version-1.aldesk")
    assert _version(path) == 3
    assert _dump(backup) == before
    with closing(sqlite3.connect(path)) as connection:
        assert connection.execute("SELECT words FROM note").fetchall() == [("Trial",)]
        assert connection.execute("SELECT name, value, at_ms FROM state").fetchall() == [
            ("pinned", '"DRUG"', None)
        ]
        assert connection.execute("SELECT count(*) FROM event").fetchone() == (1,)
    assert migrate(path, {}, 3, next_version) is None
    with ProjectFile.open(backup) as file:
        assert file.state("pinned") == "DRUG"


@pytest.mark.parametrize("fault", ["step", "incomplete"])
def test_a_failed_migration_leaves_the_file_as_it_was(
    path: Path, fault: str, next_version: Callable[[int], set[tuple[str, str, str]]]
) -> None:
    def broken(connection: sqlite3.Connection) -> None:
        connection.execute("DELETE FROM label")
        if fault == "step":
            raise RuntimeError("unplugged")

    before = _dump(path)
    with pytest.raises((RuntimeError, AssertionError)):
        migrate(path, {1: _add_note, 2: broken}, 3, next_version)
    assert _dump(path) == before
    assert _version(path) == 1
    ProjectFile.open(path).close()


def test_backups_never_overwrite_each_other(
    path: Path, next_version: Callable[[int], set[tuple[str, str, str]]]
) -> None:
    first = path.with_name("trial.version-1.aldesk")
    shutil.copy(path, first)
    backup = migrate(path, {1: _add_note, 2: _rebuild_state}, 3, next_version)
    assert backup == path.with_name("trial.version-1-2.aldesk")


def test_no_backup_no_migration(path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    before = _dump(path)
    # A folder where the backup would go, at every name that is tried.
    monkeypatch.setattr(Path, "exists", lambda _: False)
    path.with_name("trial.version-1.aldesk").mkdir()
    with pytest.raises((KnownError, IsADirectoryError, PermissionError)):
        migrate(path, {1: _add_note}, 2)
    monkeypatch.undo()
    assert _dump(path) == before


def test_every_version_has_its_statements_and_its_step() -> None:
    assert set(schema.STATEMENTS) == set(range(1, schema.CURRENT + 1))
    assert set(STEPS) == set(range(1, schema.CURRENT))


@pytest.mark.parametrize("version", sorted(schema.STATEMENTS))
def test_files_of_every_version_open(version: int, tmp_path: Path) -> None:
    path = tmp_path / "old.aldesk"
    shutil.copy(VERSIONS / f"{version}.aldesk", path)
    assert _version(path) == version
    with ProjectFile.open(path) as file:
        assert file.name == "Trial"
        assert file.configuration == CONFIGURATION
        assert [text.content for text in next(file.pool().batches(10))] == [
            text.content for text in texts(3)
        ]
        kinds = [event.kind.value for _, event in file.events()]
        steps = ["answer", "undo", "redo", "settle", "highlight", "flag"]
        assert kinds == [*steps, "snapshot", "rollback"]
        assert file.state("pinned") == "DRUG"
    assert _version(path) == schema.CURRENT
