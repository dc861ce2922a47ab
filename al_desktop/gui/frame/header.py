"""The top line: the menu, whose project this is, and the way to the screens."""

from collections.abc import Callable

from PySide6.QtCore import QPoint, Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QFrame,
    QHBoxLayout,
    QMenu,
    QSizePolicy,
    QWidget,
)

from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import BOLD, MEDIUM, Look


class Tab(QAbstractButton):
    """The way to a screen: underlined when it is the one shown."""

    def __init__(self, look: Look, title: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setText(title)
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Expanding)
        look.changed.connect(self._resize)
        self._resize()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, colours = self._look.theme, self._look.colours
        with QPainter(self) as painter:
            painter.setFont(theme.font(13, BOLD if self.isChecked() else MEDIUM))
            colour = colours.accent if self.isChecked() else colours.muted
            if self.underMouse() and not self.isChecked():
                colour = colours.text
            painter.setPen(QColor(colour))
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, self.text())
            if self.isChecked() or self.hasFocus():
                height = theme.px(3 if self.isChecked() else 2)
                painter.fillRect(
                    0, self.height() - height, self.width(), height, QColor(colours.accent)
                )

    def _resize(self) -> None:
        theme = self._look.theme
        self.setFont(theme.font(13, BOLD))
        width = self.fontMetrics().horizontalAdvance(self.text())
        self.setFixedWidth(width + theme.px(26))


class MenuButton(QAbstractButton):
    """Three lines, the sign for a menu."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(self.tr("Menu"))
        self.setToolTip(self.tr("Menu (F10)"))
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self._resize)
        self._resize()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, colours = self._look.theme, self._look.colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if self.underMouse() or self.hasFocus() or self.isDown():
                painter.setBrush(QColor(colours.hover))
                painter.setPen(QColor(colours.focus) if self.hasFocus() else Qt.PenStyle.NoPen)
                painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), 7, 7)
            width, step, thick = theme.px(15), theme.px(5), max(2, theme.px(1.6))
            left = (self.width() - width) // 2
            middle = (self.height() - thick) // 2
            for line in (-1, 0, 1):
                painter.fillRect(left, middle + line * step, width, thick, QColor(colours.text))

    def _resize(self) -> None:
        self.setFixedSize(self._look.theme.px(34), self._look.theme.px(34))


class Header(QFrame):
    """`commanded` is the name of the command whose tab was clicked."""

    commanded = Signal(str)

    def __init__(self, look: Look, fill_menu: Callable[[QMenu], None]) -> None:
        super().__init__()
        self.setObjectName("header")
        self._look = look
        self._fill_menu = fill_menu
        self._tabs: dict[str, Tab] = {}
        self.menu_button = MenuButton(look)
        self.menu_button.clicked.connect(self.open_menu)
        self._name = text_label("", "strong")
        self._about = text_label("", "muted")
        self._row = QHBoxLayout(self)
        self._row.addWidget(self.menu_button)
        self._row.addWidget(self._name)
        self._row.addWidget(self._about)
        self._row.addStretch(1)
        look.changed.connect(self._resize)
        self._resize()

    def add_tab(self, command: str, title: str) -> None:
        tab = Tab(self._look, title)
        tab.clicked.connect(lambda: self.commanded.emit(command))
        self._tabs[command] = tab
        self._row.addWidget(tab)

    def show_project(self, name: str, about: str) -> None:
        self._name.setText(name)
        self._about.setText(about)
        self._about.setVisible(bool(about))

    def show_tab(self, command: str, usable: bool) -> None:
        """Marks the tab of the screen that is shown; `usable` is whether a project is open."""
        for name, tab in self._tabs.items():
            tab.setChecked(name == command)
            tab.setVisible(usable)

    def open_menu(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self._fill_menu(menu)
        menu.popup(self.menu_button.mapToGlobal(QPoint(0, self.menu_button.height() + 4)))

    def _resize(self) -> None:
        px = self._look.theme.px
        self.setFixedHeight(px(50))
        self._row.setContentsMargins(px(10), 0, px(18), 0)
        self._row.setSpacing(px(10))
