"""Rows in which labels are named, coloured and given words to start from."""

from dataclasses import replace

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
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
from al_desktop.gui.parts import text_label
from al_desktop.gui.theme import LABEL_COLOURS, Look


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


class LabelRow(QWidget):
    changed = Signal()
    removed = Signal(object)

    def __init__(self, look: Look, label: Label | None, position: int) -> None:
        """An existing label keeps its key, and so its answers, whatever it is named."""
        super().__init__()
        self._label = label
        colour = label.colour if label and label.colour else ""
        self._usual = LABEL_COLOURS[position % len(LABEL_COLOURS)]
        self.swatch = Swatch(look, colour or self._usual)
        self.name = QLineEdit(label.name if label else "")
        self.name.setPlaceholderText(self.tr("Name, such as TREATY"))
        self.name.setAccessibleName(self.tr("Name of the label"))
        self.terms = QLineEdit(", ".join(label.terms) if label else "")
        self.terms.setPlaceholderText(self.tr("Words to start from, with commas (optional)"))
        self.terms.setAccessibleName(self.tr("Words to start from"))
        remove = QToolButton()
        remove.setText("✕")
        remove.setToolTip(self.tr("Remove this label"))
        remove.setAccessibleName(self.tr("Remove this label"))
        remove.clicked.connect(lambda: self.removed.emit(self))
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.addWidget(self.swatch)
        row.addWidget(self.name, 2)
        row.addWidget(self.terms, 4)
        row.addWidget(remove)
        self.name.textChanged.connect(self.changed)

    def label(self) -> Label:
        name = self.name.text().strip()
        before = self._label or Label(key=name, name=name)
        terms = tuple(
            dict.fromkeys(term.strip() for term in self.terms.text().split(",") if term.strip())
        )
        colour = before.colour if self.swatch.colour == self._usual else self.swatch.colour
        return replace(before, name=name, terms=terms, colour=colour)


class LabelEditor(QWidget):
    """`changed` when a name was typed or a row came or went."""

    changed = Signal()

    def __init__(self, look: Look, labels: tuple[Label, ...] = ()) -> None:
        super().__init__()
        self._look = look
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

    def add_row(self, label: Label | None = None) -> LabelRow:
        row = LabelRow(self._look, label, len(self._rows))
        row.changed.connect(self._check)
        row.removed.connect(self._remove)
        self._rows.append(row)
        self._layout.insertWidget(len(self._rows) - 1, row)
        self.changed.emit()
        return row

    def labels(self) -> tuple[Label, ...]:
        """The labels that have a name, in their order."""
        return tuple(row.label() for row in self._rows if row.name.text().strip())

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
        self._rows.remove(row)
        row.deleteLater()
        if not self._rows:
            self.add_row()
        self._check()

    def _check(self) -> None:
        names = [label.name for label in self.labels()]
        self._problem.setText(self.problem if len(set(names)) < len(names) else "")
        self._problem.setVisible(bool(self._problem.text()))
        self.changed.emit()
