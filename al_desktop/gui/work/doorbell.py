"""One window a project: whoever opens a project that is open brings that window to the front.

The window that has a project listens on a socket of the local machine (a named pipe on Windows),
which the user alone can reach and which is found by the project's path. A project's uid would not
do: copies of a project share it, and may well be open side by side.
"""

import hashlib
import os
import sys
from contextlib import suppress
from multiprocessing.connection import Client, Listener
from pathlib import Path

from PySide6.QtCore import QThread, Signal

from al_desktop.project import cache_folder

PATIENCE_SECONDS = 2.0
_WORDS = 16
_RING, _HERE, _LEAVE = b"ring", b"here", b"leave"


def ring(project: Path) -> bool:
    """Asks the window that has this project open to come to the front; whether there is one."""
    if sys.platform == "win32":
        import ctypes

        # Windows lets a program take the front only if the one in front allows it: whichever asks.
        ctypes.windll.user32.AllowSetForegroundWindow(-1)
    return _say(_RING, _address(project))


class Doorbell(QThread):
    """Listens for one project from `start` to `close`; the caller holds the project's lock.

    rung   somebody wants to see the window
    """

    rung = Signal()

    def __init__(self, project: Path) -> None:
        super().__init__()
        self.setObjectName("doorbell")
        self._address = _address(project)
        self._listener: Listener | None = None
        with suppress(OSError):  # without a place for it a second opener is told in words
            if sys.platform != "win32":
                # Left by a window that was killed: we have the lock, so nobody listens there.
                Path(self._address).unlink(missing_ok=True)
            self._listener = Listener(self._address)

    def run(self) -> None:
        while self._listener is not None:
            try:
                with self._listener.accept() as connection:
                    word = b""
                    if connection.poll(PATIENCE_SECONDS):
                        word = connection.recv_bytes(_WORDS)
                    if word == _LEAVE:
                        return
                    connection.send_bytes(_HERE)
            except (OSError, EOFError):
                continue  # the other side is gone
            if word == _RING:
                self.rung.emit()

    def close(self) -> None:
        if self._listener is not None:
            _say(_LEAVE, self._address)
        self.wait()
        if self._listener is not None:
            self._listener.close()
            self._listener = None


def _say(word: bytes, address: str) -> bool:
    try:
        with Client(address) as connection:
            connection.send_bytes(word)
            return connection.poll(PATIENCE_SECONDS) and connection.recv_bytes(_WORDS) == _HERE
    except (OSError, EOFError):
        return False


def _address(project: Path) -> str:
    path = os.path.normcase(project.resolve())
    name = hashlib.sha256(str(path).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    if sys.platform == "win32":
        return rf"\\.\pipe\al-desktop-{os.environ.get('USERNAME', '')}-{name}"
    return str(cache_folder() / f"{name}.window")
