"""Import of texts in small steps between the window's events, with progress and cancel."""

from collections.abc import Generator
from pathlib import Path

from PySide6.QtCore import QTimer, Signal
from PySide6.QtGui import QCloseEvent
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.errors import KnownError
from al_desktop.gui import words
from al_desktop.gui.parts import text_label
from al_desktop.gui.theme import Look
from al_desktop.project import ImportProgress, ImportReport, import_texts
from al_desktop.storage import ProjectFile

_SHOWN_BAD_LINES = 200
_BAR_STEPS = 1000


class ImportDialog(QDialog):
    """Imports a file while it is open; cancelling leaves the project as it was.

    imported   the ImportReport, when texts were added
    """

    imported = Signal(object)

    def __init__(
        self,
        look: Look,
        file: ProjectFile,
        source: Path,
        choices: dict[str, str],
        parent: QWidget | None = None,
    ) -> None:
        """`choices` are those of `project.import_texts`, `format` among them."""
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import texts"))
        px = look.theme.px
        self.setMinimumWidth(px(460))
        self._title = text_label(self.tr("Importing {0}").format(source.name), "subtitle")
        self._sentence = text_label(self.tr("Reading…"), "muted", wrap=True)
        self._bar = QProgressBar(textVisible=False, maximum=_BAR_STEPS)
        self._bad = QPlainTextEdit(readOnly=True)
        self._bad.setAccessibleName(self.tr("Lines that were left out"))
        self._bad.setFixedHeight(px(160))
        self._bad.hide()
        self._button = QPushButton(self.tr("Cancel"))
        self._button.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(26), px(22), px(26), px(20))
        layout.setSpacing(px(12))
        for widget in (self._title, self._bar, self._sentence, self._bad):
            layout.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(self._button)
        layout.addLayout(row)
        self._steps: Generator[ImportProgress, None, ImportReport] | None = import_texts(
            file, source, **choices
        )
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._step)
        self._timer.start()

    def reject(self) -> None:
        """Cancels; nothing of the file has been added."""
        self._stop()
        super().reject()

    def closeEvent(self, event: QCloseEvent) -> None:
        self._stop()
        super().closeEvent(event)

    def _stop(self) -> None:
        self._timer.stop()
        if self._steps is not None:
            self._steps.close()
            self._steps = None

    def _step(self) -> None:
        if self._steps is None:
            return
        try:
            progress = next(self._steps)
        except StopIteration as end:
            self._steps = None
            self._finish(end.value)
        except KnownError as error:
            self._steps = None
            self._fail(str(error))
        else:
            share = progress.done_bytes / max(1, progress.total_bytes)
            self._bar.setValue(round(share * _BAR_STEPS))
            self._sentence.setText(
                self.tr("{0} % read").format(f"{100 * share:.0f}")
                if share < 1
                else self.tr("Saving…")
            )

    def _finish(self, report: ImportReport) -> None:
        self._timer.stop()
        self._bar.setValue(_BAR_STEPS)
        self.imported.emit(report)
        if not report.bad_count:
            self.accept()
            return
        self._title.setText(sentence_of(report))
        self._sentence.setText(self.tr("These lines were left out:"))
        lines = (f"{line.line}: {line.reason}" for line in report.bad[:_SHOWN_BAD_LINES])
        self._bad.setPlainText("\n".join(lines))
        self._bad.show()
        self._button.setText(self.tr("Close"))

    def _fail(self, sentence: str) -> None:
        self._timer.stop()
        self._title.setText(self.tr("Nothing was imported"))
        self._sentence.setText(sentence)
        self._bar.hide()
        self._button.setText(self.tr("Close"))


def sentence_of(report: ImportReport) -> str:
    """What an import did, in one sentence."""
    translate = words.translate
    sentence = translate("importing", "Added {0}").format(words.texts(report.added))
    if report.duplicates:
        sentence += translate("importing", "; skipped {0} that were there already").format(
            words.number(report.duplicates)
        )
    if report.bad_count:
        sentence += translate("importing", "; left out {0} that can't be read").format(
            words.number(report.bad_count)
        )
    return sentence + "."
