"""Looking at a file before it is trusted. Never changes it, nor the folder it lies in."""

import sqlite3
import struct
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

from al_desktop.core.errors import KnownError
from al_desktop.storage import schema
from al_desktop.storage.faults import damaged
from al_desktop.storage.lock import bare_access, is_held_here

_MAGIC = b"SQLite format 3\0"
_HEADER_BYTES = 100
_UTF8 = 1
_QUICKLY_CHECKED_BYTES = 64 << 20


def inspect(path: Path) -> int:
    """Makes sure that `path` is a sound project file this program can open; its schema version.

    Raises KnownError where it is not. Files over 64 MB are checked but for their texts, so that
    opening takes well under a second at any size.
    """
    with bare_access(path) as allowed:
        # What this process writes to was inspected when it was opened.
        return _inspect(path) if allowed else schema.CURRENT


def _inspect(path: Path) -> int:
    try:
        if not path.exists():
            raise KnownError(f"{path} doesn't exist. It may have been moved or renamed.")
        if not path.is_file():
            raise KnownError(f"{path} is not a file. Choose a project file, which ends in .aldesk.")
        version = _check_header(path)
        with closing(sqlite3.connect(_uri(path), uri=True)) as connection:
            version = int(connection.execute("PRAGMA user_version").fetchone()[0])
            _check_version(path, version)
            _check_structure(path, connection, version)
    except PermissionError as error:
        raise KnownError(f"{path} may not be read by you. Ask its owner for a copy.") from error
    except (sqlite3.DatabaseError, UnicodeDecodeError) as error:
        raise damaged(path) from error
    return version


def has_journal(path: Path) -> bool:
    """Whether a write-ahead log with changes lies beside the file, or may at any moment."""
    if is_held_here(path):
        return True
    log = path.with_name(path.name + "-wal")
    return log.exists() and log.stat().st_size > 0


def _uri(path: Path) -> str:
    # Without a log beside it, "immutable" reads the bare file and leaves nothing in its folder.
    mode = "mode=ro" if has_journal(path) else "mode=ro&immutable=1"
    return f"file:{quote(str(path.resolve()))}?{mode}"


def _check_header(path: Path) -> int:
    with path.open("rb") as file:
        header = file.read(_HEADER_BYTES)
    if len(header) < _HEADER_BYTES or not header.startswith(_MAGIC):
        raise KnownError(f"{path} is not a project file, which ends in .aldesk.")
    (application_id,) = struct.unpack_from(">I", header, 68)
    if application_id != schema.APPLICATION_ID:
        raise KnownError(f"{path} is a database of another program, not a project file.")
    (version,) = struct.unpack_from(">I", header, 60)
    _check_version(path, version)
    if struct.unpack_from(">I", header, 56) != (_UTF8,):
        raise damaged(path)
    (page_bytes,) = struct.unpack_from(">H", header, 16)
    (pages,) = struct.unpack_from(">I", header, 28)
    page_bytes = 65536 if page_bytes == 1 else page_bytes
    if path.stat().st_size < pages * page_bytes and not has_journal(path):
        raise KnownError(
            f"{path} is incomplete: its end is missing. Copy or download it again, or go back to "
            "a backup."
        )
    return int(version)


def _check_version(path: Path, version: int) -> None:
    if version > schema.CURRENT:
        raise KnownError(
            f"{path} was made by a newer version of AL Desktop. Update AL Desktop to open it."
        )
    if version not in schema.STATEMENTS:
        raise damaged(path)


def _check_structure(path: Path, connection: sqlite3.Connection, version: int) -> None:
    """Exactly our tables and triggers: a stranger's trigger or view could do anything."""
    connection.execute("PRAGMA trusted_schema = OFF")
    connection.execute("PRAGMA cell_size_check = ON")
    if schema.describe(connection) != schema.expected(version):
        raise KnownError(f"{path} was changed by another program and can't be trusted.")
    if path.stat().st_size <= _QUICKLY_CHECKED_BYTES:
        checked = [None]
    else:
        tables = connection.execute(
            "SELECT name FROM sqlite_schema WHERE type = 'table' AND name NOT IN ('text')"
        )
        checked = [name for (name,) in tables]
    for table in checked:
        argument = "1" if table is None else f"'{table}'"
        if connection.execute(f"PRAGMA quick_check({argument})").fetchone()[0] != "ok":
            raise damaged(path)
