"""Words and patterns read from a file into the labels, and what in it can't be used."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtWidgets import QPlainTextEdit, QVBoxLayout, QWidget

from al_desktop.gui.language import words
from al_desktop.gui.language.known import left_out
from al_desktop.gui.projects.label_editor import LabelEditor, LabelRow
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.work.background_thread import BackgroundThread
from al_desktop.project.background import Ended
from al_desktop.project.starting_points import StartingPoints, read_starting_points

_SHOWN = 200


class StartingFile(QWidget):
    """Says below the labels what came from a file; hidden until one was read."""

    def __init__(self, look: Look, labels: LabelEditor, language: Callable[[], str]) -> None:
        """`language` is that of the tokeniser on which patterns are tried."""
        super().__init__()
        self._labels = labels
        self._language = language
        self._row: LabelRow | None = None
        self._name = ""
        self._files = BackgroundThread.of(self)
        self._files.came.connect(self._take)
        self._files.ended.connect(self._end)
        self._sentence = text_label("", "small", wrap=True)
        self._bad = QPlainTextEdit(readOnly=True)
        self._bad.setAccessibleName(self.tr("Lines that can’t be used"))
        self._bad.setTabChangesFocus(True)
        self._bad.setFixedHeight(look.theme.px(92))
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(look.theme.px(6))
        column.addWidget(self._sentence)
        column.addWidget(self._bad)
        self.hide()

    def read(self, path: Path, row: LabelRow) -> None:
        """What names no label is for the label of this row."""
        self._row, self._name = row, path.name
        self._say(self.tr("Reading {0}…").format(path.name))
        self._files.do(read_starting_points, path, self._language())

    def _take(self, ticket: int, found: object) -> None:
        if not isinstance(found, StartingPoints) or self._row is None:
            return
        if not found.checked:
            self._say(self.tr("Trying the patterns of {0}…").format(self._name))
            return
        self._labels.start_from(self._row, found.terms, found.patterns)
        terms = sum(map(len, found.terms.values()))
        patterns = sum(map(len, found.patterns.values()))
        parts = []
        if terms:
            parts.append(words.counted(terms, self.tr("{0} phrase"), self.tr("{0} phrases")))
        if patterns:
            parts.append(words.counted(patterns, self.tr("{0} pattern"), self.tr("{0} patterns")))
        taken = ", ".join(parts) or self.tr("nothing")
        self._say(
            self.tr("From {0}: {1}.").format(self._name, taken)
            + (" " + self.tr("These lines can’t be used:") if found.bad else ""),
            "\n".join(left_out(line) for line in found.bad[:_SHOWN]),
        )

    def _end(self, ended: Ended) -> None:
        if ended.problem:
            self._say(ended.problem)

    def _say(self, sentence: str, bad: str = "") -> None:
        self._sentence.setText(sentence)
        self._bad.setPlainText(bad)
        self._bad.setVisible(bool(bad))
        self.show()
