"""Bringing a project file of an older version up to date.

The rules: a backup copy first, then all steps in one transaction, each a function on a bare
connection that knows only the frozen tables of its version (`schema.STATEMENTS`); the result is
compared with what a fresh file declares before it is committed. A new version needs its
statements, its step here, and a file of the old version in tests/storage/versions.
"""

import sqlite3
from collections.abc import Callable, Mapping, Set
from contextlib import closing
from pathlib import Path

from al_desktop.core.errors import KnownError
from al_desktop.storage import schema

Step = Callable[[sqlite3.Connection], None]

# From the version that is the key to the next one.
STEPS: dict[int, Step] = {}


def migrate(
    path: Path,
    steps: Mapping[int, Step] = STEPS,
    current: int = schema.CURRENT,
    expected: Callable[[int], Set[tuple[str, str, str]]] = schema.expected,
) -> Path | None:
    """Migrates the file, which nobody else has open; the backup's path, None if it was current.

    Where a step fails the file is as it was, and the backup stays.
    """
    with closing(sqlite3.connect(path, isolation_level=None)) as connection:
        version = connection.execute("PRAGMA user_version").fetchone()[0]
        if version >= current:
            return None
        backup = _back_up(connection, path, version)
        connection.execute("BEGIN IMMEDIATE")
        try:
            for step in range(version, current):
                steps[step](connection)
            if schema.describe(connection) != expected(current):
                raise AssertionError(f"the migration from version {version} is incomplete")
            connection.execute(f"PRAGMA user_version = {current}")
            connection.execute("COMMIT")
        except BaseException:
            if connection.in_transaction:
                connection.execute("ROLLBACK")
            raise
    return backup


def _back_up(connection: sqlite3.Connection, path: Path, version: int) -> Path:
    backup = path.with_name(f"{path.stem}.version-{version}{path.suffix}")
    number = 1
    while backup.exists():
        number += 1
        backup = path.with_name(f"{path.stem}.version-{version}-{number}{path.suffix}")
    try:
        with closing(sqlite3.connect(backup)) as copy:
            connection.backup(copy)
    except (sqlite3.Error, OSError) as error:
        backup.unlink(missing_ok=True)
        raise KnownError(
            f"{path} is of an older version, and no backup of it could be written beside it. "
            "Make room in that folder and try again."
        ) from error
    return backup
