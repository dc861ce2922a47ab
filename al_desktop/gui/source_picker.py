"""Choosing a file of texts: how it is read can be corrected, and the first rows show."""

import itertools
import json
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.errors import KnownError
from al_desktop.formats import READERS, BadLine, Source, reader_for
from al_desktop.formats.delimited import sniff
from al_desktop.gui.controls import Choice
from al_desktop.gui.parts import text_label
from al_desktop.gui.theme import Look

PREVIEW_ROWS = 6
_PREVIEW_CHARACTERS = 160
_SAMPLE_CHARACTERS = 1 << 16
_ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1", "shift_jis", "gb18030", "euc_kr", "koi8-r")


class SourcePicker(QWidget):
    """`changed` when another file or another way of reading it was chosen."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.theme.px
        self.path: Path | None = None
        self.problem = ""
        self._file = text_label(self.tr("No file chosen; drop one here, or choose it"), "strong")
        choose = QPushButton(self.tr("Choose a file…"))
        choose.clicked.connect(self._choose)
        self._format = Choice(look, self.tr("Format"))
        self._encoding = Choice(look, self.tr("Encoding"))
        self._column = Choice(look, self.tr("Text is in"))
        self._choices = QWidget()
        grid = QGridLayout(self._choices)
        grid.setContentsMargins(0, 0, 0, 0)
        grid.setHorizontalSpacing(px(16))
        for number, (title, box) in enumerate(
            (
                (self.tr("Format"), self._format),
                (self.tr("Encoding"), self._encoding),
                (self.tr("Text is in"), self._column),
            )
        ):
            grid.addWidget(text_label(title, "small"), 0, number)
            grid.addWidget(box, 1, number)
        self._choices.hide()
        self._preview = QFrame()
        self._preview.setObjectName("card")
        self._rows = QVBoxLayout(self._preview)
        self._rows.setContentsMargins(px(18), px(14), px(18), px(14))
        self._rows.setSpacing(px(8))
        self._preview.hide()
        self._problem = text_label("", "error", wrap=True)
        self._problem.hide()
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(14))
        top = QHBoxLayout()
        top.addWidget(choose)
        top.addSpacing(px(8))
        top.addWidget(self._file, 1)
        layout.addLayout(top)
        layout.addWidget(self._choices)
        layout.addWidget(self._problem)
        layout.addWidget(self._preview)
        for box in (self._format, self._encoding, self._column):
            box.currentIndexChanged.connect(self._read_again)

    def choose(self, path: Path) -> None:
        """Takes a file, guesses how it is to be read, and shows its first rows."""
        self.path = path
        self._file.setText(path.name)
        try:
            guessed = reader_for(path)
        except KnownError:
            guessed = READERS["text"]
        self._format.fill(
            [(reader.name, name) for name, reader in READERS.items()],
            next(name for name, reader in READERS.items() if reader is guessed),
        )
        self._encoding.fill(
            [(self.tr("automatic"), ""), *((name, name) for name in _ENCODINGS)],
            "",
        )
        self._show_columns()
        self._choices.show()
        self._read_again()

    def choices(self) -> dict[str, str]:
        """For `project.import_texts`; empty values are left out."""
        chosen = {
            "format": self._format.value,
            "encoding": self._encoding.value,
            self._choice_of_text: self._column.value,
        }
        return {name: value for name, value in chosen.items() if name and value}

    @property
    def _choice_of_text(self) -> str:
        """Which choice of the format says where the text is; "" where there is none."""
        possible = READERS[self._format.value].choices if self._format.value else ()
        return next((each for each in ("text", "unit") if each in possible), "")

    def _choose(self) -> None:
        chosen, _ = QFileDialog.getOpenFileName(self, self.tr("Choose a file of texts"))
        if chosen:
            self.choose(Path(chosen))

    def _show_columns(self) -> None:
        """The columns of a table, the keys of JSON, or what a text is in a plain file."""
        kind = self._format.value
        if kind == "text":
            entries = [
                (self.tr("each line"), "line"),
                (self.tr("each paragraph"), "paragraph"),
                (self.tr("the whole file"), "file"),
            ]
        else:
            entries = [(self.tr("automatic"), ""), *((name, name) for name in self._names(kind))]
        self._column.setEnabled(bool(self._choice_of_text))
        self._column.fill(entries, self._column.value)

    def _names(self, kind: str) -> list[str]:
        if self.path is None:
            return []
        try:
            with Source(self.path, self._encoding.value or None) as source:
                sample = source.characters().read(_SAMPLE_CHARACTERS)
        except KnownError:
            return []
        if kind == "xlsx":
            return []
        if kind == "csv":
            layout = sniff(sample, whole=len(sample) < _SAMPLE_CHARACTERS)
            return list(layout.header)
        try:
            first = json.loads(sample.partition("\n")[0])
        except ValueError:
            return []
        return (
            [key for key, value in first.items() if isinstance(value, str)]
            if isinstance(first, dict)
            else []
        )

    def _read_again(self) -> None:
        if self.path is None:
            return
        if self.sender() in (self._format, self._encoding):
            self._show_columns()
        choices = self.choices()
        rows: list[str] = []
        self.problem = ""
        try:
            reader = reader_for(self.path, choices.pop("format"))
            with Source(self.path, choices.pop("encoding", None)) as source:
                for record in itertools.islice(reader.read(source, **choices), PREVIEW_ROWS):
                    if isinstance(record, BadLine):
                        rows.append(
                            self.tr("Line {0} can't be used: {1}").format(
                                record.line, record.reason
                            )
                        )
                    else:
                        rows.append(" ".join(record.content[:_PREVIEW_CHARACTERS].split()))
        except KnownError as error:
            self.problem = str(error)
        if not rows and not self.problem:
            self.problem = self.tr("There is no text in this file.")
        self._show_rows(rows)
        self.changed.emit()

    def _show_rows(self, rows: list[str]) -> None:
        while (item := self._rows.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        for row in rows:
            label = text_label(row)
            label.setMinimumWidth(1)
            label.setAlignment(Qt.AlignmentFlag.AlignLeading)
            self._rows.addWidget(label)
        self._preview.setVisible(bool(rows))
        self._problem.setText(self.problem)
        self._problem.setVisible(bool(self.problem))
