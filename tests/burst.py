"""Opens a project in a window that nobody sees and answers by key as fast as it can.

Writes the key of each question when it is painted; run to be killed.
"""

import os
import sys
import time
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest

from al_desktop.gui import app
from al_desktop.settings import Settings


class Painted(QObject):
    """Writes what the window shows whenever any part of it is painted."""

    def __init__(self, window: QObject) -> None:
        super().__init__()
        self._window = window
        self._last = ""

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802
        bench = self._window.bench
        if event.type() == QEvent.Type.Paint and bench is not None and bench.current is not None:
            key = bench.current.question.key
            if key != self._last:
                self._last = key
                os.write(1, f"{key}\n".encode())
        return False


def main() -> None:
    folder = Path(sys.argv[1])
    application = app.build(Settings(folder / "settings.json"))
    window = application.window
    window.show()
    window.open(folder / "p.aldesk")
    painted = Painted(window)
    application.qt.installEventFilter(painted)
    end = time.monotonic() + 60
    pressed = 0
    while time.monotonic() < end:
        if window.bench.current is not None:
            QTest.keyClick(window, Qt.Key.Key_X if pressed % 3 else Qt.Key.Key_A)
            pressed += 1
        window.repaint()
        QTest.qWait(1)


if __name__ == "__main__":
    main()
