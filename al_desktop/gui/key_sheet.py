"""All keys on one sheet, from the table of commands."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QDialog, QGridLayout, QHBoxLayout, QVBoxLayout, QWidget

from al_desktop.gui import keys
from al_desktop.gui.commands import COMMANDS, Command, Keymap, group_of, title_of
from al_desktop.gui.parts import text_label
from al_desktop.gui.theme import Look


class KeySheet(QDialog):
    def __init__(self, look: Look, keymap: Keymap, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("All keys"))
        px = look.theme.px
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(28), px(24), px(28), px(24))
        layout.setSpacing(px(16))
        layout.addWidget(text_label(self.tr("All keys"), "title"))
        columns = QHBoxLayout()
        columns.setSpacing(px(48))
        groups: dict[str, list[Command]] = {}
        for command in COMMANDS:
            if keymap.keys(command.name):
                groups.setdefault(group_of(command), []).append(command)
        half = (sum(map(len, groups.values())) + 2 * len(groups)) / 2
        column, length = _column(px(10)), 0
        for name, commands in groups.items():
            if length >= half:
                column.addStretch(1)
                columns.addLayout(column)
                column, length = _column(px(10)), 0
            column.addWidget(text_label(name.upper(), "heading"))
            column.addLayout(_rows(commands, keymap, px(10)))
            column.addSpacing(px(14))
            length += len(commands) + 2
        column.addStretch(1)
        columns.addLayout(column)
        layout.addLayout(columns)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.text() == "?" or event.key() in (Qt.Key.Key_F1, Qt.Key.Key_Escape):
            self.accept()
        else:
            super().keyPressEvent(event)


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
