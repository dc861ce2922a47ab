"""Layouts that several screens and dialogs share: a page of cards that scrolls, rows of buttons."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QDialog,
    QFrame,
    QHBoxLayout,
    QPushButton,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look

_PAGE_WIDTH = 900


class ScreenGround(QWidget):
    """What every screen is: a widget that paints the ground it lies on."""

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)


class Card(QFrame):
    """A card on a page; `column` is to be filled."""

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        self.column = QVBoxLayout(self)
        self.column.setContentsMargins(24, 20, 24, 20)
        self.column.setSpacing(10)

    def add_head(self, title: str, sentence: str = "") -> None:
        """What the card is for."""
        self.column.addWidget(text_label(title, "subtitle"))
        if sentence:
            self.column.addWidget(text_label(sentence, "muted", wrap=True))


def page(screen: QWidget, title: str) -> QVBoxLayout:
    """Makes a screen a page that scrolls, in the middle, not too wide; the column to fill, which
    holds the title already."""
    inside = QWidget()
    inside.setMaximumWidth(_PAGE_WIDTH)
    column = QVBoxLayout(inside)
    column.setContentsMargins(32, 36, 32, 24)
    column.setSpacing(16)
    column.addWidget(text_label(title, "title"))
    middle = QWidget()
    row = QHBoxLayout(middle)
    row.setContentsMargins(0, 0, 0, 0)
    row.addStretch(1)
    row.addWidget(inside, 100)
    row.addStretch(1)
    fill(screen, scrolling(middle, title))
    return column


def scrolling(inside: QWidget, name: str) -> QScrollArea:
    """An area without a frame; `name` is what a screen reader says."""
    area = QScrollArea()
    area.setWidgetResizable(True)
    area.setAccessibleName(name)
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidget(inside)
    inside.setAutoFillBackground(False)
    area.viewport().setAutoFillBackground(False)
    return area


def fill(screen: QWidget, inside: QWidget) -> None:
    """Puts a widget all over another one."""
    outer = QVBoxLayout(screen)
    outer.setContentsMargins(0, 0, 0, 0)
    outer.addWidget(inside)


def buttons(*row_of: QPushButton) -> QHBoxLayout:
    """Buttons side by side, at the start of the line."""
    row = QHBoxLayout()
    for button in row_of:
        row.addWidget(button)
    row.addStretch(1)
    return row


def titled(dialog: QDialog, look: Look, title: str) -> QVBoxLayout:
    """Gives a dialog a title; the column to fill, which holds it already."""
    dialog.setWindowTitle(title)
    px = look.theme.px
    column = QVBoxLayout(dialog)
    column.setContentsMargins(px(28), px(24), px(28), px(20))
    column.setSpacing(px(14))
    column.addWidget(text_label(title, "title", wrap=True))
    return column


def closing_row(dialog: QDialog, close: QPushButton, *others: QPushButton) -> QHBoxLayout:
    """The last line of a dialog to read: at its end the button that closes it, by Return too."""
    close.setProperty("role", "primary")
    close.setDefault(True)
    close.clicked.connect(dialog.accept)
    row = buttons(*others)
    row.addWidget(close)
    return row
