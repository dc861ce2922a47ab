"""An import under way: how far it is, how long it takes, cancel; then what could not be read."""

import time
from pathlib import Path

from PySide6.QtCore import Signal
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

from al_desktop.gui.language import words
from al_desktop.gui.language.known import left_out
from al_desktop.gui.widgets import file_dialogs
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.work.background_thread import BackgroundThread
from al_desktop.project import ImportProgress, ImportReport
from al_desktop.project.background import Ended
from al_desktop.project.importing import Order, carry_out

_BAR_STEPS = 1000
_FIRST_GUESS_SECONDS = 2.0


class ImportWork(QDialog):
    """Carries out an import in a process of its own. Cancelled, it leaves the project as it was.

    imported   the ImportReport, once the texts are in
    given_up   nothing came in: it was cancelled, or an error was shown and is closed now
    """

    imported = Signal(object)
    given_up = Signal()

    def __init__(self, look: Look, order: Order, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Import texts"))
        px = look.theme.px
        self.setMinimumWidth(px(520))
        self._source = order.source
        self._is_over = False
        self._has_failed = False
        self._report: ImportReport | None = None
        self._title = text_label(self.tr("Importing {0}").format(order.source.name), "subtitle")
        self._sentence = text_label(self.tr("Reading…"), "muted", wrap=True)
        self._bar = QProgressBar(textVisible=False, maximum=_BAR_STEPS)
        self._bar.setAccessibleName(self.tr("Progress"))
        self._bad = QPlainTextEdit(readOnly=True)
        self._bad.setAccessibleName(self.tr("Lines that were left out"))
        self._bad.setFixedHeight(px(180))
        self._bad.setTabChangesFocus(True)
        self._bad.hide()
        self._save = QPushButton(self.tr("Save this list…"))
        self._save.clicked.connect(self._save_list)
        self._save.hide()
        self._button = QPushButton(self.tr("Cancel"))
        self._button.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(26), px(22), px(26), px(20))
        layout.setSpacing(px(12))
        for widget in (self._title, self._bar, self._sentence, self._bad):
            layout.addWidget(widget)
        row = QHBoxLayout()
        row.addWidget(self._save)
        row.addStretch(1)
        row.addWidget(self._button)
        layout.addLayout(row)
        self._began = time.monotonic()
        self._files = BackgroundThread.of(self)
        self._files.came.connect(self._take)
        self._files.ended.connect(self._end)
        self._files.do(carry_out, order)

    def reject(self) -> None:
        """Cancels while it is under way; nothing of the file has been added then."""
        if self._is_over:
            self._files.close()
            super().reject()
            if self._has_failed:
                self.given_up.emit()
            return
        self._button.setEnabled(False)
        self._sentence.setText(self.tr("Cancelling…"))
        self._files.cancel()

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.reject()

    def _take(self, ticket: int, progress: object) -> None:
        if isinstance(progress, ImportProgress) and self._button.isEnabled():
            self._bar.setValue(round(progress.share * _BAR_STEPS))
            self._sentence.setText(self._said(progress))

    def _said(self, progress: ImportProgress) -> str:
        if progress.stored:
            said = self.tr("Storing {0}").format(words.texts(progress.taken))
        else:
            said = self.tr("{0} read").format(words.texts(progress.taken))
        seconds = time.monotonic() - self._began
        if seconds > _FIRST_GUESS_SECONDS and progress.share > 0:
            left = seconds * (1 - progress.share) / progress.share
            said += " · " + time_left(left)
        return said

    def _end(self, ended: Ended) -> None:
        self._is_over = True
        self._button.setEnabled(True)
        self._button.setText(self.tr("Close"))
        if ended.cancelled:
            self._has_failed = True
            self.reject()
        elif not isinstance(ended.value, ImportReport):
            self._has_failed = True
            self._title.setText(self.tr("Nothing was imported"))
            self._sentence.setText(ended.problem)
            self._bar.hide()
        else:
            self._finish(ended.value)

    def _finish(self, report: ImportReport) -> None:
        self._report = report
        self._bar.setValue(_BAR_STEPS)
        self._title.setText(sentence_of(report))
        remarks = remarks_of(report)
        if report.bad_count:
            remarks.append(self.tr("These lines were left out:"))
            self._bad.setPlainText(_list_of(report))
            self._bad.show()
            self._save.show()
        self._bar.hide()
        self._sentence.setText("\n".join(remarks))
        self._title.setWordWrap(True)
        self.adjustSize()
        self.imported.emit(report)
        if not remarks:
            self.reject()

    def _save_list(self) -> None:
        assert self._report is not None, "the button shows with the report"
        chosen = file_dialogs.choose_list(self, f"{self._source.stem} left out.txt")
        if chosen is None:
            return
        try:
            Path(chosen).write_text(_list_of(self._report) + "\n", encoding="utf-8")
        except OSError as error:
            said = self.tr("{0} can’t be written: {1}. Choose another place.")
            self._sentence.setText(said.format(chosen, error.strerror or error))
        else:
            self._sentence.setText(self.tr("Saved as {0}.").format(chosen.name))


def time_left(seconds: float) -> str:
    """In words that don't change too often."""
    translate = words.translate
    if seconds < 10:
        return translate("importing", "a few seconds left")
    if seconds < 90:
        return translate("importing", "about {0} s left").format(round(seconds / 5) * 5)
    return translate("importing", "about {0} min left").format(round(seconds / 60))


def sentence_of(report: ImportReport) -> str:
    """What an import did, in one sentence."""
    translate = words.translate
    sentence = translate("importing", "Added {0}").format(words.texts(report.added))
    if report.annotations:
        sentence += translate("importing", " with {0} annotations").format(
            words.number(report.annotations)
        )
    if report.duplicates:
        sentence += translate("importing", "; skipped {0} that were there already").format(
            words.number(report.duplicates)
        )
    if report.bad_count:
        sentence += translate("importing", "; left out {0} that can't be read").format(
            words.number(report.bad_count)
        )
    return sentence + "."


def remarks_of(report: ImportReport) -> list[str]:
    """What else there is to know, a sentence each."""
    translate = words.translate
    remarks = []
    if report.repaired:
        remarks.append(
            translate(
                "importing", "In {0} characters that can’t be stored were replaced by “�”."
            ).format(words.texts(report.repaired))
        )
    if report.unknown_labels:
        names = ", ".join(sorted(report.unknown_labels)[:8])
        remarks.append(
            translate("importing", "{0} annotations were left out, of the labels {1}.").format(
                words.number(sum(report.unknown_labels.values())), names
            )
        )
    return remarks


def _list_of(report: ImportReport) -> str:
    lines = [left_out(line) for line in report.bad]
    more = report.bad_count - len(lines)
    if more:
        said = words.translate("importing", "and {0} more")
        lines.append(said.format(words.number(more)))
    return "\n".join(lines)
