"""One window or program at a time on a project file, and what this process holds open itself.

SQLite's locks on Unix belong to the process, and closing any file handle of a database drops all
of them ("How To Corrupt An SQLite Database File", 2.2). The next reader elsewhere then takes
itself for the last one and removes the write-ahead log, with every answer stored from then on. So
a project that this process writes to is opened through ordinary connections only.
"""

import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from filelock import FileLock, Timeout

from al_desktop.core.errors import KnownError

_bare_access = threading.RLock()
_held: set[Path] = set()


@contextmanager
def bare_access(path: Path) -> Iterator[bool]:
    """Whether the file may be opened other than by an ordinary connection; until the end of the
    block no other thread starts to write to it."""
    with _bare_access:
        yield not is_held_here(path)


def is_held_here(path: Path) -> bool:
    """Whether this process has the project open for writing."""
    return path.resolve() in _held


class OpenElsewhereError(KnownError):
    """Another window or program has the project open."""


class ProjectLock:
    """Held from construction to `release`; the system releases it when the process dies."""

    def __init__(self, path: Path) -> None:
        """Raises OpenElsewhereError where another window holds it, and KnownError where the folder
        can't be written to."""
        self._path = path.resolve()
        self._file = path.with_name(f".{path.name}.lock")
        # Not thread-local: the window may close in another thread than it opened in. For all to
        # write, so that what one user's crash leaves behind doesn't keep another user out.
        self._lock = FileLock(self._file, thread_local=False, mode=0o666)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise OpenElsewhereError(
                f"{path} is open in another window. Close it there, or go on in that window."
            ) from error
        except OSError as error:
            raise KnownError(
                f"The folder {path.parent} can't be written to. Copy the project to a folder of "
                "your own and open the copy."
            ) from error
        with _bare_access:
            _held.add(self._path)

    def release(self) -> None:
        """Also removes the lock's file; whoever waits for it notices and makes a new one."""
        if self._lock.is_locked:
            _held.discard(self._path)
            with suppress(OSError):
                self._file.unlink()
            self._lock.release()
