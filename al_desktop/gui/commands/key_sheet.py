"""All keys on one sheet, from the table of commands."""

from PySide6.QtCore import QSize, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QDialog,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from al_desktop.gui.commands import keys
from al_desktop.gui.commands.table import COMMANDS, Command, Keymap, group_of, title_of
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look

COLUMNS = 3


class KeySheet(QDialog):
    def __init__(self, look: Look, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("All keys"))
        px = look.theme.px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(28), px(24), px(28), px(24))
        layout.setSpacing(px(16))
        layout.addWidget(text_label(self.tr("All keys"), "title"))
        sheet = QWidget()
        sheet.setLayout(_columns(_groups(keymap), keymap, look))
        area = QScrollArea()
        area.setWidget(sheet)
        area.setAccessibleName(self.tr("All keys"))
        area.viewport().setAutoFillBackground(False)
        sheet.setAutoFillBackground(False)
        layout.addWidget(area)
        wanted = sheet.sizeHint() + QSize(px(76), px(120))
        self.resize(wanted.boundedTo(parent.size()) if parent else wanted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "?" or event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
            self.accept()
        else:
            super().keyPressEvent(event)


def _groups(keymap: Keymap) -> dict[str, list[Command]]:
    """The commands that have a key, by heading; of nine labels' keys the first stands for all."""
    groups: dict[str, list[Command]] = {}
    for command in COMMANDS:
        among_many = command.name.startswith("highlight.label.")
        if keymap.keys(command.name) and not (among_many and command.name[-1] != "1"):
            groups.setdefault(group_of(command), []).append(command)
    return groups


def _columns(groups: dict[str, list[Command]], keymap: Keymap, look: Look) -> QHBoxLayout:
    """Groups below each other in columns of about the same height."""
    px = look.theme.px
    columns = QHBoxLayout()
    columns.setSpacing(px(44))
    height = (sum(map(len, groups.values())) + 2 * len(groups)) / COLUMNS
    column, length = _column(px(10)), 0.0
    for name, commands in groups.items():
        if length and length + len(commands) / 2 > height:
            column.addStretch(1)
            columns.addLayout(column)
            column, length = _column(px(10)), 0.0
        column.addWidget(text_label(name.upper(), "heading"))
        column.addLayout(_rows(commands, keymap, px(10)))
        column.addSpacing(px(14))
        length += len(commands) + 2
    column.addStretch(1)
    columns.addLayout(column)
    return columns


def _column(gap: int) -> QVBoxLayout:
    column = QVBoxLayout()
    column.setSpacing(gap)
    return column


def _rows(commands: list[Command], keymap: Keymap, gap: int) -> QGridLayout:
    grid = QGridLayout()
    grid.setHorizontalSpacing(3 * gap)
    grid.setVerticalSpacing(gap)
    for row, command in enumerate(commands):
        grid.addWidget(text_label(title_of(command)), row, 0)
        shown = "   ".join(keys.shown(key) for key in keymap.keys(command.name))
        grid.addWidget(text_label(shown, "strong"), row, 1, Qt.AlignmentFlag.AlignRight)
    grid.setColumnStretch(0, 1)
    return grid
