"""What the database says, in words for the annotator."""

import json
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import peewee

from al_desktop.core.errors import KnownError

_FULL = "The disk is full: nothing was changed in {path}. Make room and try again."
_SENTENCES = (
    ("interrupted", "Cancelled: {path} was left as it was."),
    ("is full", _FULL),
    ("readonly", "{path} can't be written to. Copy it to a folder of your own and open the copy."),
    ("is locked", "Another program is writing to {path}. Close it and try again."),
    ("disk I/O", "{path} can't be read or written: the disk reports an error."),
    ("unable to open", "{path} can't be opened. Check that its folder can be written to."),
)

# SQLite speaks of an input/output error where it finds no room for the files beside a database,
# which even reading needs (SQLITE_IOERR_SHMSIZE); they are smaller than this.
_ROOM_BYTES = 256 << 10

_DAMAGES = ("malformed", "not a database", "Could not decode", "user-defined function")


class UnsoundRowError(ValueError):
    """A row that no version of the program writes: the file is damaged, or a stranger's."""


@contextmanager
def explained(path: Path) -> Iterator[None]:
    """Turns what the environment is to blame for into a KnownError; the rest goes through.

    After a full disk the outermost exception may only say that nothing could be rolled back,
    so the whole chain of causes is read.
    """
    try:
        yield
    except (UnicodeDecodeError, json.JSONDecodeError, UnsoundRowError) as error:
        raise damaged(path) from error
    except (peewee.DatabaseError, sqlite3.DatabaseError, OSError) as error:
        said = " / ".join(_chain(error))
        if any(words in said for words in _DAMAGES):
            raise damaged(path) from error
        if "disk I/O" in said and _is_full(path):
            raise KnownError(_FULL.format(path=path)) from error
        for words, sentence in _SENTENCES:
            if words in said:
                raise KnownError(sentence.format(path=path)) from error
        if isinstance(error, OSError):
            raise KnownError(f"{path} can't be used: {error.strerror or error}.") from error
        raise


def damaged(path: Path) -> KnownError:
    return KnownError(f"{path} is damaged. Go back to a backup, or to a copy sent to a colleague.")


def _is_full(path: Path) -> bool:
    try:
        return shutil.disk_usage(path.parent).free < _ROOM_BYTES
    except OSError:
        return False


def _chain(error: BaseException | None) -> Iterator[str]:
    while error is not None:
        yield str(error)
        error = error.__cause__ or error.__context__
