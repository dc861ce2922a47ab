"""What a screen reader is told: every widget that takes the focus has a name and a role."""

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QWidget

from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench

SCREENS = (
    "screen.home",
    "project.new",
    "screen.annotate",
    "screen.highlight",
    "screen.browse",
    "screen.insights",
    "screen.model",
    "screen.colleagues",
    "colleagues.settle",
    "screen.settings",
)


def reachable(window: MainWindow) -> list[QWidget]:
    return [
        widget
        for widget in window.findChildren(QWidget)
        if widget.isVisible()
        and widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.focusProxy() is None
        and not widget.objectName().startswith("qt_")
        and widget.objectName() != "screen"
    ]


@pytest.mark.parametrize("command", SCREENS)
def test_everything_reachable_has_a_name(
    window: MainWindow, bench: Workbench, command: str
) -> None:
    window.run("screen.settings" if command == "screen.home" else "screen.home")
    window.run(command)
    for widget in reachable(window):
        told = QAccessible.queryAccessibleInterface(widget)
        assert told is not None, widget
        name = told.text(QAccessible.Text.Name) or told.text(QAccessible.Text.Value)
        assert name, f"{type(widget).__name__} in {type(widget.parent()).__name__}"
        assert told.role() != QAccessible.Role.NoRole


def test_the_text_and_the_buttons_are_told(window: MainWindow, bench: Workbench) -> None:
    passage = window.annotate.passage
    assert passage.accessibleName() == "Text"
    assert "Treaty of Paris" in passage.accessibleDescription()
    accept = QAccessible.queryAccessibleInterface(window.annotate.buttons["answer.accept"])
    assert accept.text(QAccessible.Text.Name) == "Accept"
    assert accept.role() == QAccessible.Role.Button


def test_everything_can_be_reached_by_tab(window: MainWindow, bench: Workbench) -> None:
    window.activateWindow()
    window.annotate.setFocus()
    reached = set()
    for _ in range(40):
        QTest.keyClick(window.focusWidget() or window, Qt.Key.Key_Tab)
        reached.add(window.focusWidget())
    assert set(window.annotate.buttons.values()) - reached <= {
        button for button in window.annotate.buttons.values() if not button.isEnabled()
    }
    assert window.header.menu_button in reached
