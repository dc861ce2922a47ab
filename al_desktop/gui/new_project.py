"""A new project in three steps: what to ask, which texts, which labels."""

import re
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QKeyEvent, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QAbstractButton,
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QSizePolicy,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.configuration import BUNDLED_BASE, Configuration
from al_desktop.core.questions import Kind
from al_desktop.gui.controls import Tick
from al_desktop.gui.label_editor import LabelEditor
from al_desktop.gui.parts import text_label
from al_desktop.gui.source_picker import SourcePicker
from al_desktop.gui.theme import BOLD, Look
from al_desktop.storage.project_file import SUFFIX


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to make. `source` is None for a project without texts as yet; `choices` say how to
    read it. `highlights` is whether a few texts are to be marked before any question."""

    name: str
    configuration: Configuration
    source: Path | None
    choices: dict[str, str]
    highlights: bool = False


class ChoiceCard(QAbstractButton):
    """A choice with a title and a sentence, one of several."""

    def __init__(self, look: Look, title: str, sentence: str) -> None:
        super().__init__()
        self._look = look
        self._sentence = sentence
        self.setText(title)
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(look.theme.px(96))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, colours = self._look.theme, self._look.colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            chosen = self.isChecked()
            edge = colours.accent if chosen or self.hasFocus() else colours.line
            painter.setPen(QPen(QColor(edge), 2.0 if chosen or self.hasFocus() else 1.0))
            painter.setBrush(QColor(colours.accent_soft if chosen else colours.surface))
            frame = self.rect().adjusted(2, 2, -2, -2)
            painter.drawRoundedRect(frame, theme.px(12), theme.px(12))
            inside = frame.adjusted(theme.px(20), theme.px(16), -theme.px(20), -theme.px(12))
            painter.setPen(QColor(colours.text))
            painter.setFont(theme.font(16, BOLD))
            painter.drawText(inside, Qt.AlignmentFlag.AlignTop, self.text())
            inside.setTop(inside.top() + theme.px(30))
            painter.setFont(theme.font(13))
            painter.setPen(QColor(colours.muted))
            wrap = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignTop.value
            painter.drawText(inside, wrap, self._sentence)


class NewProject(QWidget):
    """`wanted` when all is said; `cancelled` when not."""

    wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        px = look.theme.px
        self._step_words = text_label("", "muted")
        self._title = text_label("", "title")
        self._steps = QStackedWidget()
        self._titles = (
            self.tr("What do you want to ask about?"),
            self.tr("Which texts?"),
            self.tr("Which labels?"),
        )
        self.picker = SourcePicker(look)
        self.labels = LabelEditor(look)
        self._steps.addWidget(self._build_kinds(look))
        self._steps.addWidget(_at_top(self.picker))
        self._steps.addWidget(_at_top(self._build_labels(look)))
        self._back = QPushButton(self.tr("Back"))
        self._back.clicked.connect(self.go_back)
        self.next = QPushButton()
        self.next.setProperty("role", "primary")
        self.next.clicked.connect(self.go_on)
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self.next)
        column = QWidget()
        column.setMaximumWidth(px(760))
        inner = QVBoxLayout(column)
        inner.setSpacing(px(14))
        for widget in (self._step_words, self._title):
            inner.addWidget(widget)
        inner.addSpacing(px(8))
        inner.addWidget(self._steps, 1)
        inner.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(32), px(40), px(32), px(24))
        row.addStretch(1)
        row.addWidget(column, 100)
        row.addStretch(1)
        self.picker.changed.connect(self._refresh)
        self.labels.changed.connect(self._refresh)
        self._name.textChanged.connect(self._refresh)
        self._show_step(0)

    def take_source(self, path: Path) -> None:
        """A file that was dropped on the window."""
        self.picker.choose(path)
        self._name.setText(path.stem)

    def take_focus(self) -> None:
        step = self._steps.currentIndex()
        if step == 0:
            self._spans.setFocus()
        elif step == 1:
            self.next.setFocus()
        else:
            self.labels.take_focus()

    def go_back(self) -> None:
        step = self._steps.currentIndex()
        if step:
            self._show_step(step - 1)
        else:
            self.cancelled.emit()

    def go_on(self) -> None:
        step = self._steps.currentIndex()
        if not self.next.isEnabled():
            return
        if step < 2:
            if step == 1 and self.picker.path and not self._name.text():
                self._name.setText(self.picker.path.stem)
            self._show_step(step + 1)
        else:
            self.wanted.emit(self._made())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        else:
            super().keyPressEvent(event)

    def _made(self) -> Wanted:
        kind = Kind.SPANS if self._spans.isChecked() else Kind.TEXTS
        base = BUNDLED_BASE if kind is Kind.SPANS and self._base.isChecked() else ""
        configuration = Configuration(kind, self.labels.labels(), base=base)
        return Wanted(
            self._name.text().strip(),
            configuration,
            self.picker.path,
            self.picker.choices(),
            self._highlights.isChecked(),
        )

    def _build_kinds(self, look: Look) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self._spans = ChoiceCard(
            look,
            self.tr("Names and phrases"),
            self.tr(
                "Each question shows a few words in a text: “Is this a DISEASE?” For named "
                "entities, product names, ingredients."
            ),
        )
        self._texts = ChoiceCard(
            look,
            self.tr("Topics of whole texts"),
            self.tr(
                "Each question shows a whole text: “Is this text about REFUNDS?” For intents, "
                "sentiment, relevance."
            ),
        )
        self._group = QButtonGroup(self)
        for card in (self._spans, self._texts):
            self._group.addButton(card)
            column.addWidget(card)
        self._spans.setChecked(True)
        column.addStretch(1)
        return page

    def _build_labels(self, look: Look) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addWidget(self.labels)
        self._base = Tick(
            look, self.tr("Let the English model that comes with AL Desktop propose names")
        )
        self._base.setChecked(True)
        self._highlights = Tick(look, self.tr("I’ll highlight a few texts first"))
        column.addSpacing(12)
        column.addWidget(self._base)
        column.addWidget(self._highlights)
        column.addSpacing(12)
        column.addWidget(text_label(self.tr("Name of the project"), "small"))
        self._name = QLineEdit()
        self._name.setAccessibleName(self.tr("Name of the project"))
        column.addWidget(self._name)
        return page

    def _show_step(self, step: int) -> None:
        self._steps.setCurrentIndex(step)
        self._title.setText(self._titles[step])
        self._step_words.setText(self.tr("Step {0} of 3").format(step + 1))
        self._base.setVisible(self._spans.isChecked())
        self._back.setText(self.tr("Back") if step else self.tr("Cancel"))
        self._refresh()
        self.take_focus()

    def _refresh(self) -> None:
        step = self._steps.currentIndex()
        ready = True
        title = self.tr("Next")
        if step == 1:
            ready = not self.picker.problem
            if self.picker.path is None:
                title = self.tr("Add texts later")
        elif step == 2:
            title = self.tr("Make the project")
            ready = not self.labels.problem and bool(self._name.text().strip())
        self.next.setText(title)
        self.next.setEnabled(ready)


def file_for(name: str, folder: Path) -> Path:
    """A project file of this name that does not exist yet."""
    stem = re.sub(r'[<>:"/\\|?*\x00-\x1f ]+', " ", name).strip(" .")[:80] or "project"
    path = folder / f"{stem}{SUFFIX}"
    number = 2
    while path.exists():
        path = folder / f"{stem} {number}{SUFFIX}"
        number += 1
    return path


def _at_top(widget: QWidget) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(0, 0, 0, 0)
    column.addWidget(widget)
    column.addStretch(1)
    return page
