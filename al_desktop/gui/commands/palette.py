"""The command palette: type a few letters of what to do, Enter does it."""

from collections.abc import Iterable

from PySide6.QtCore import QEvent, QObject, QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListWidget,
    QListWidgetItem,
    QVBoxLayout,
    QWidget,
)

from al_desktop.gui.commands.table import Command, group_of, title_of
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look


class CommandPalette(QDialog):
    """`chosen` is the name of a command."""

    chosen = Signal(str)

    def __init__(
        self, look: Look, commands: Iterable[tuple[Command, str]], parent: QWidget | None = None
    ) -> None:
        """`commands` are those with an effect now, and their shown keys."""
        super().__init__(parent, Qt.WindowType.Popup | Qt.WindowType.FramelessWindowHint)
        px = look.theme.px
        self.setAccessibleName(self.tr("Commands"))
        self._commands = list(commands)
        self._look = look
        self.line = QLineEdit()
        self.line.setPlaceholderText(self.tr("What do you want to do?"))
        self.line.setAccessibleName(self.tr("Search commands"))
        self.line.textChanged.connect(self._filter)
        self.line.installEventFilter(self)
        self.list = QListWidget()
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.list.itemClicked.connect(lambda item: self._choose())
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(12), px(12), px(12), px(12))
        layout.setSpacing(px(8))
        layout.addWidget(self.line)
        layout.addWidget(self.list)
        self.setObjectName("palette")
        self.setFixedSize(px(520), px(420))
        self._filter("")

    def open_over(self, window: QWidget) -> None:
        corner = window.mapToGlobal(window.rect().center())
        self.move(corner.x() - self.width() // 2, window.mapToGlobal(window.rect().topLeft()).y())
        self.move(self.x(), self.y() + self._look.theme.px(64))
        self.show()
        self.line.setFocus()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QKeyEvent) and event.type() == QEvent.Type.KeyPress:
            if event.key() in (Qt.Key.Key_Up, Qt.Key.Key_Down):
                QApplication.sendEvent(self.list, event)
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._choose()
                return True
        return False

    def _filter(self, typed: str) -> None:
        wanted = typed.casefold().split()
        self.list.clear()
        for command, shown in self._commands:
            words = f"{title_of(command)} {group_of(command)}".casefold()
            if all(each in words for each in wanted):
                self._add(command, shown)
        self.list.setCurrentRow(0)

    def _add(self, command: Command, shown: str) -> None:
        item = QListWidgetItem(self.list)
        item.setData(Qt.ItemDataRole.UserRole, command.name)
        item.setData(Qt.ItemDataRole.AccessibleTextRole, title_of(command))
        row = QWidget()
        line = QHBoxLayout(row)
        line.setContentsMargins(12, 0, 12, 0)
        line.addWidget(text_label(title_of(command)))
        line.addStretch(1)
        line.addWidget(text_label(shown, "small"))
        item.setSizeHint(QSize(0, self._look.theme.px(34)))
        self.list.setItemWidget(item, row)

    def _choose(self) -> None:
        item = self.list.currentItem()
        if item is not None:
            name = item.data(Qt.ItemDataRole.UserRole)
            self.close()
            self.chosen.emit(name)
