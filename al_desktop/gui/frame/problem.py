"""The one calm dialog for an error that is ours."""

import logging
import platform
import traceback

import PySide6
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QDialog,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from al_desktop import paths
from al_desktop.crashes import FILE_NAME as LOG_NAME
from al_desktop.gui.widgets.layouts import closing_row, titled
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look

_log = logging.getLogger(__name__)


class ProblemDialog(QDialog):
    """Says that the answers are safe, what happened, and lets the details be copied."""

    def __init__(self, look: Look, error: BaseException, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        _log.error("unexpected error", exc_info=error)
        px = look.theme.px
        self._details = details_of(error)
        layout = titled(self, look, self.tr("Something went wrong"))
        layout.addWidget(
            text_label(
                self.tr(
                    "Your answers are saved: each one is on disk before the next question shows. "
                    "What you just did may not have worked. You can go on, or close the window "
                    "and open it again."
                ),
                wrap=True,
            )
        )
        details = QPlainTextEdit(self._details, readOnly=True)
        details.setAccessibleName(self.tr("Details"))
        details.setFixedHeight(px(170))
        layout.addWidget(details)
        log = paths.log_folder() / LOG_NAME
        if log.exists():
            where = text_label(self.tr("Details are in {0} too.").format(log), "small", wrap=True)
            where.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
            layout.addWidget(where)
        copy = QPushButton(self.tr("Copy details"))
        copy.clicked.connect(lambda: QGuiApplication.clipboard().setText(self._details))
        close = QPushButton(self.tr("Go on"))
        layout.addLayout(closing_row(self, close, copy))
        self.setMinimumWidth(px(560))


def details_of(error: BaseException) -> str:
    """What a bug report needs; nothing of the user's texts beyond the error's own words."""
    system = f"AL Desktop, Python {platform.python_version()}, PySide6 {PySide6.__version__}, "
    system += platform.platform()
    return system + "\n\n" + "".join(traceback.format_exception(error))
