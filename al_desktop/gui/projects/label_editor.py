"""Rows in which labels are named, coloured and given words to start from."""

import json
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QGuiApplication, QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QColorDialog,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.configuration import Label
from al_desktop.gui.language import words
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import LABEL_COLOURS, Look


class Swatch(QAbstractButton):
    """A label's colour; a click chooses another."""

    def __init__(self, look: Look, colour: str) -> None:
        super().__init__()
        self._look = look
        self.colour = colour
        self.setAccessibleName(self.tr("Colour"))
        self.setToolTip(self.tr("Choose a colour"))
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.clicked.connect(self._choose)

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(28), self._look.theme.px(28))

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            focus = self._look.colours.text if self.hasFocus() else self.colour
            painter.setPen(QColor(focus))
            painter.setBrush(QColor(self.colour))
            painter.drawRoundedRect(self.rect().adjusted(3, 3, -3, -3), 6, 6)

    def _choose(self) -> None:
        chosen = QColorDialog.getColor(QColor(self.colour), self, self.tr("Colour of the label"))
        if chosen.isValid():
            self.colour = chosen.name()
            self.update()


class TermsEdit(QLineEdit):
    """Words with commas between them; pasted lines become that."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        pasted = QGuiApplication.clipboard().text()
        if event.matches(QKeySequence.StandardKey.Paste) and "\n" in pasted:
            self.insert(", ".join(line.strip() for line in pasted.splitlines() if line.strip()))
        else:
            super().keyPressEvent(event)


class LabelRow(QWidget):
    """`file_wanted` when words or patterns are to come from a file."""

    changed = Signal()
    removed = Signal(object)
    file_wanted = Signal(object)

    def __init__(
        self, look: Look, label: Label | None, position: int, is_brought: bool = False
    ) -> None:
        """An existing label keeps its key, and so its answers, whatever it is named; so does one
        that texts brought along, and its annotations."""
        super().__init__()
        self.brought = label.key if label and is_brought else ""
        self._label = label
        self._sources = label.patterns if label else ()
        colour = label.colour if label and label.colour else ""
        self._usual = LABEL_COLOURS[position % len(LABEL_COLOURS)]
        self.swatch = Swatch(look, colour or self._usual)
        self.name = QLineEdit(label.name if label else "")
        self.name.setCursorPosition(0)
        self.name.setPlaceholderText(self.tr("Name, such as TREATY"))
        self.name.setAccessibleName(self.tr("Name of the label"))
        self.terms = TermsEdit(", ".join(label.terms) if label else "")
        self.terms.setCursorPosition(0)  # a long list shows from its beginning
        self.terms.setPlaceholderText(self.tr("Words to start from, with commas (optional)"))
        self.terms.setAccessibleName(self.tr("Words to start from"))
        self._number = text_label("", "small")
        self._number.setFixedWidth(look.theme.px(14))
        self._number.setToolTip(self.tr("Its key when you highlight"))
        self._patterns = text_label("", "small")
        file = QToolButton()
        file.setText("…")
        file.setToolTip(self.tr("Words or patterns from a file"))
        file.setAccessibleName(self.tr("Words or patterns from a file"))
        file.clicked.connect(lambda: self.file_wanted.emit(self))
        remove = QToolButton()
        remove.setText("✕")
        remove.setToolTip(self.tr("Remove this label"))
        remove.setAccessibleName(self.tr("Remove this label"))
        remove.clicked.connect(lambda: self.removed.emit(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self._number)
        row.addWidget(self.swatch)
        row.addWidget(self.name, 2)
        row.addWidget(self.terms, 4)
        row.addWidget(self._patterns)
        row.addWidget(file)
        row.addWidget(remove)
        self.name.textChanged.connect(self.changed)
        self._show_patterns()

    def show_place(self, position: int) -> None:
        """The number key of its place, from 0; none behind the ninth."""
        self._number.setText(str(position + 1) if position < 9 else "")

    def start_from(self, terms: Sequence[str], patterns: Sequence[str]) -> None:
        """Adds words and patterns to those that are there. A phrase with a comma, which parts
        words in the field, becomes a pattern."""
        phrases = [json.dumps(term) for term in terms if "," in term]
        words_alone = (term for term in terms if "," not in term)
        self._sources = tuple(dict.fromkeys((*self._sources, *phrases, *patterns)))
        self.terms.setText(", ".join(dict.fromkeys((*self.label().terms, *words_alone))))
        self._show_patterns()

    @property
    def key(self) -> str:
        """Of the label that is there already; "" for a new one."""
        return self._label.key if self._label and not self.brought else ""

    def label(self) -> Label:
        name = self.name.text().strip()
        before = self._label or Label(key=name, name=name)
        terms = tuple(
            dict.fromkeys(term.strip() for term in self.terms.text().split(",") if term.strip())
        )
        colour = before.colour if self.swatch.colour == self._usual else self.swatch.colour
        return replace(before, name=name, terms=terms, colour=colour, patterns=self._sources)

    def _show_patterns(self) -> None:
        count = len(self._sources)
        self._patterns.setVisible(bool(count))
        self._patterns.setText(
            words.counted(count, self.tr("+ {0} pattern"), self.tr("+ {0} patterns"))
        )


class LabelEditor(QWidget):
    """`changed` when a name was typed or a row came or went; `file_wanted` is the name of the
    label for which words or patterns are to come from a file."""

    changed = Signal()
    file_wanted = Signal(object)

    def __init__(self, look: Look, labels: tuple[Label, ...] = (), can_merge: bool = False) -> None:
        """`can_merge` is whether two labels that are there already may be made one."""
        super().__init__()
        self._look = look
        self._can_merge = can_merge
        self._rows: list[LabelRow] = []
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(8)
        self._problem = text_label("", "error", wrap=True)
        self._problem.hide()
        self._add = QPushButton(self.tr("Add a label"))
        self._add.clicked.connect(lambda: self.add_row().name.setFocus())
        below = QHBoxLayout()
        below.addWidget(self._add)
        below.addStretch(1)
        self._layout.addWidget(self._problem)
        self._layout.addLayout(below)
        for label in labels or (None,):
            self.add_row(label)

    def add_row(self, label: Label | None = None, is_brought: bool = False) -> LabelRow:
        row = LabelRow(self._look, label, len(self._rows), is_brought)
        row.changed.connect(self._check)
        row.removed.connect(self._remove)
        row.file_wanted.connect(self.file_wanted)
        self._rows.append(row)
        self._layout.insertWidget(len(self._rows) - 1, row)
        self._number()
        self.changed.emit()
        return row

    def start_with(self, names: Iterable[str]) -> None:
        """Labels that texts brought along, in place of those they brought before and of rows
        without a name. Renaming one maps it."""
        names = list(dict.fromkeys(names))
        for row in list(self._rows):
            is_empty = bool(names) and not row.name.text().strip()
            if is_empty or (row.brought and row.brought not in names):
                self._drop(row)
        known = {row.brought for row in self._rows} | {row.name.text() for row in self._rows}
        for name in names:
            if name not in known:
                self.add_row(Label(name, name), is_brought=True)
        if not self._rows:
            self.add_row()
        self._check()

    def start_from(
        self,
        row: LabelRow,
        terms: Mapping[str, Sequence[str]],
        patterns: Mapping[str, Sequence[str]],
    ) -> None:
        """Words and patterns by the name of a label, "" for that of the row; labels that aren't
        there get a row."""
        row = row if row in self._rows else self._rows[0]
        for name in dict.fromkeys((*terms, *patterns)):
            found = row
            if name and name != row.name.text().strip():
                rows = (each for each in self._rows if each.name.text().strip() == name)
                found = next(rows, None) or self._row_for(name, row)
            found.start_from(terms.get(name, ()), patterns.get(name, ()))
        self._check()

    def _row_for(self, name: str, empty: LabelRow) -> LabelRow:
        if empty.name.text().strip():
            return self.add_row(Label(name, name))
        empty.name.setText(name)
        return empty

    def _number(self) -> None:
        for position, row in enumerate(self._rows):
            row.show_place(position)

    def labels(self) -> tuple[Label, ...]:
        """The labels that have a name, in their order; merged ones as the first of them, with the
        words and patterns of all."""
        merged = self.merged()
        found = {row.key or str(id(row)): row.label() for row in self._named()}
        for old, new in merged.items():
            gone, kept = found.pop(old), found[new]
            found[new] = replace(
                kept,
                terms=tuple(dict.fromkeys((*kept.terms, *gone.terms))),
                patterns=tuple(dict.fromkeys((*kept.patterns, *gone.patterns))),
            )
        return tuple(found.values())

    def merged(self) -> dict[str, str]:
        """The key of the label that stays by that of the one that is merged into it: labels that
        were given the same name."""
        merged: dict[str, str] = {}
        by_name: dict[str, str] = {}
        for row in self._named():
            name = row.name.text().strip()
            if self._can_merge and row.key and by_name.setdefault(name, row.key) != row.key:
                merged[row.key] = by_name[name]
        return merged

    def _named(self) -> list[LabelRow]:
        return [row for row in self._rows if row.name.text().strip()]

    @property
    def problem(self) -> str:
        """What is wrong; "" when the labels can be used."""
        names = [label.name for label in self.labels()]
        if not names:
            return self.tr("Name at least one label.")
        if len(set(names)) < len(names):
            return self.tr("Two labels have the same name.")
        return ""

    def take_focus(self) -> None:
        self._rows[0].name.setFocus()

    def _remove(self, row: LabelRow) -> None:
        self._drop(row)
        if not self._rows:
            self.add_row()
        self._check()

    def _drop(self, row: LabelRow) -> None:
        self._rows.remove(row)
        row.hide()
        row.deleteLater()
        self._number()

    def _check(self) -> None:
        names = [label.name for label in self.labels()]
        self._problem.setText(self.problem if len(set(names)) < len(names) else "")
        self._problem.setVisible(bool(self._problem.text()))
        self.changed.emit()
