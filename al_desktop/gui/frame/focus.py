"""Which keys the widget with the focus wants for itself."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)

from al_desktop.gui.commands.key_editor import KeyButton

_LIST_KEYS = (
    Qt.Key.Key_Up,
    Qt.Key.Key_Down,
    Qt.Key.Key_PageUp,
    Qt.Key.Key_PageDown,
    Qt.Key.Key_Home,
    Qt.Key.Key_End,
    Qt.Key.Key_Return,
    Qt.Key.Key_Enter,
    Qt.Key.Key_Delete,
)
_EDIT_KEYS = (Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Z)
_PRESS_KEYS = (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)


def wants(focus: QWidget | None, event: QKeyEvent) -> bool:
    """Whether this key is for the widget, and no command: typing, choosing, pressing."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    if isinstance(focus, QLineEdit | QPlainTextEdit | QAbstractSpinBox):
        return plain or event.key() in _EDIT_KEYS
    if isinstance(focus, QComboBox | QAbstractItemView):
        return plain and event.key() in _LIST_KEYS
    if isinstance(focus, KeyButton) and focus.is_waiting:
        return True
    if isinstance(focus, QAbstractButton):
        return plain and event.key() in _PRESS_KEYS
    return False
