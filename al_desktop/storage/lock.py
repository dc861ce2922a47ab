"""One window or program at a time on a project file."""

from contextlib import suppress
from pathlib import Path

from filelock import FileLock, Timeout

from al_desktop.core.errors import KnownError


class ProjectLock:
    """Held from construction to `release`; the system releases it when the process dies."""

    def __init__(self, path: Path) -> None:
        """Raises KnownError where another window holds it, or the folder can't be written to."""
        self._file = path.with_name(f".{path.name}.lock")
        # Not thread-local: the window may close in another thread than it opened in. For all to
        # write, so that what one user's crash leaves behind doesn't keep another user out.
        self._lock = FileLock(self._file, thread_local=False, mode=0o666)
        try:
            self._lock.acquire(timeout=0)
        except Timeout as error:
            raise KnownError(
                f"{path} is open in another window. Close it there, or go on in that window."
            ) from error
        except OSError as error:
            raise KnownError(
                f"The folder {path.parent} can't be written to. Copy the project to a folder of "
                "your own and open the copy."
            ) from error

    def release(self) -> None:
        """Also removes the lock's file; whoever waits for it notices and makes a new one."""
        if self._lock.is_locked:
            with suppress(OSError):
                self._file.unlink()
            self._lock.release()
