"""Long work on project files in a thread of its own, and a small window that waits for it."""

import logging
from collections.abc import Callable, Iterator
from typing import Any

from PySide6.QtCore import QThread, Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QProgressBar, QPushButton, QVBoxLayout, QWidget

from al_desktop.core.errors import KnownError
from al_desktop.gui.language.known import translated
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look

_log = logging.getLogger(__name__)

Steps = Callable[[], Iterator[Any]]


class WorkThread(QThread):
    """Runs through the steps.

    came    what a step yields
    failed  a sentence on the error that ended the work
    """

    came = Signal(object)
    failed = Signal(str)

    def __init__(self, steps: Steps) -> None:
        super().__init__()
        self.setObjectName("work")
        self._steps = steps
        self._cancelled = False

    def cancel(self) -> None:
        """Ends the work after the step it is at."""
        self._cancelled = True

    def run(self) -> None:
        try:
            for result in self._steps():
                self.came.emit(result)
                if self._cancelled:
                    return
        except KnownError as error:
            self.failed.emit(translated(str(error)))
        except Exception as error:
            # What escapes a QThread's run would end in a hook on the wrong thread.
            _log.exception("unexpected error")
            sentence = self.tr("An error of AL Desktop stopped this ({0}). Nothing is lost.")
            self.failed.emit(sentence.format(type(error).__name__))


class WorkDialog(QDialog):
    """Waits for the work, and closes when it is over. Cancel ends it after the step it is at.

    ended      the list of what the steps yielded, and a sentence on what went wrong or ""
    cancelled  for work that can end within a step
    """

    ended = Signal(object, str)
    cancelled = Signal()

    def __init__(self, look: Look, title: str, steps: Steps, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(title)
        px = look.theme.px
        self.setMinimumWidth(px(420))
        bar = QProgressBar(textVisible=False, minimum=0, maximum=0)
        bar.setAccessibleName(title)
        self._cancel = QPushButton(self.tr("Cancel"))
        self._cancel.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(26), px(22), px(26), px(20))
        layout.setSpacing(px(12))
        layout.addWidget(text_label(title, "subtitle", wrap=True))
        layout.addWidget(bar)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._cancel)
        layout.addLayout(row)
        self._results: list[Any] = []
        self._error = ""
        self._thread = WorkThread(steps)
        self._thread.came.connect(self._results.append)
        self._thread.failed.connect(self._fail)
        self._thread.finished.connect(self._finish)
        self._thread.start()

    def reject(self) -> None:
        self._cancel.setEnabled(False)
        self.cancelled.emit()
        self._thread.cancel()

    def _fail(self, sentence: str) -> None:
        self._error = sentence

    def _finish(self) -> None:
        self._thread.wait()
        self.accept()
        self.ended.emit(self._results, self._error)
