"""Qt's application: takes files that the system hands over; says plainly why Qt can't start."""

import logging
import os
import sys
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import NoReturn

from PySide6.QtCore import (
    QCoreApplication,
    QEvent,
    QMessageLogContext,
    QtMsgType,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication

_log = logging.getLogger(__name__)

NO_WINDOW = 2
"""The exit code where no window can be shown."""


class DesktopApplication(QApplication):
    """`file_opened` brings the path of a file that was double-clicked while the program runs, as
    macOS tells it; elsewhere it comes as an argument of a new start."""

    file_opened = Signal(object)

    def event(self, event: QEvent) -> bool:
        if isinstance(event, QFileOpenEvent) and event.file():
            self.file_opened.emit(Path(event.file()))
            return True
        return super().event(event)


def make_application() -> QApplication:
    """The application, or the one that there is. Where Qt finds nothing to draw a window on, it
    ends the program with a sentence instead of Qt's abort."""
    running = QCoreApplication.instance()
    if isinstance(running, QApplication):
        return running
    # Widgets are painted by the processor. Not even looking at the graphics driver means that
    # a broken one can do no harm.
    os.environ.setdefault("QT_XCB_GL_INTEGRATION", "none")
    said: list[str] = []

    def listen(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
        if kind is QtMsgType.QtFatalMsg:
            _end(said)
        said.append(words)

    before = qInstallMessageHandler(listen)
    application = DesktopApplication(sys.argv[:1])
    on_nothing = application.platformName() == "offscreen"
    qInstallMessageHandler(_without_excuses if on_nothing else before)
    _write("".join(f"{words}\n" for words in said))
    return application


def _without_excuses(kind: QtMsgType, context: QMessageLogContext, words: str) -> None:
    """A window that nobody sees can't be raised or resized by hand, and Qt says so each time."""
    if not words.startswith("This plugin does not support"):
        _write(f"{words}\n")


def _end(said: Sequence[str]) -> NoReturn:
    """From inside Qt's own abort, so without any tidying up: nothing is open yet."""
    words = why_no_window(os.environ, said)
    _log.error(words)  # for the crash log: who double-clicked sees no output
    _write(f"{words}\n")
    os._exit(NO_WINDOW)


def _write(words: str) -> None:
    if sys.stderr is not None and words:  # a program of Windows' start menu has none
        sys.stderr.write(words)
        sys.stderr.flush()


def why_no_window(environment: Mapping[str, str], said: Sequence[str]) -> str:
    """What to say where Qt can't start: what was tried, what to do, and Qt's own words."""
    display = environment.get("DISPLAY", "")
    if environment.get("QT_QPA_PLATFORM"):
        tried = f"QT_QPA_PLATFORM is set to “{environment['QT_QPA_PLATFORM']}”; unset it"
    elif display:
        tried = f"the display “{display}” does not answer; start AL Desktop in a desktop session"
    elif environment.get("WAYLAND_DISPLAY"):
        tried = "this Wayland session has no XWayland; install or enable it"
    else:
        tried = "the system's window libraries can't be used; install AL Desktop again"
    return "\n".join(
        [
            f"AL Desktop can't show its window: {tried}.",
            "Its commands work without one: al-desktop --help",
            *said,
        ]
    )
