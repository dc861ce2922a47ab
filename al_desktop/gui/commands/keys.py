"""What a key press may stand for on any keyboard layout, and how a key is shown."""

import sys

from PySide6.QtCore import QCoreApplication, QKeyCombination, Qt
from PySide6.QtGui import QKeyEvent, QKeySequence

# Scan codes of the typewriter block by row, as Linux (evdev) and Windows (set 1) count them.
_ROWS = {2: "1234567890", 16: "QWERTYUIOP", 30: "ASDFGHJKL", 44: "ZXCVBNM"}
_BY_SCAN_CODE = {
    first + offset: character
    for first, row in _ROWS.items()
    for offset, character in enumerate(row)
}
_X11_OFFSET = 8  # X and Wayland report evdev codes plus 8

# macOS has no scan codes but numbers its virtual keys by position (HIToolbox/Events.h, kVK_ANSI_*).
_MAC_ROWS = {0: "ASDFHGZXCV", 11: "BQWERYT1234659", 26: "7", 28: "80", 31: "OU", 34: "IP"}
_BY_MAC_KEY = {
    first + offset: character
    for first, row in _MAC_ROWS.items()
    for offset, character in enumerate(row)
} | {37: "L", 38: "J", 40: "K", 45: "N", 46: "M"}

_SYMBOLS = {
    "Right": "→",
    "Left": "←",
    "Up": "↑",
    "Down": "↓",
    "Backspace": "⌫",
    "PgDown": "Page ↓",
    "PgUp": "Page ↑",
    "Return": "↵",
}


def names(event: QKeyEvent) -> list[str]:
    """Portable names this press may stand for, the likeliest first.

    First the key as typed. Then, where the layout gives no ASCII letter (Cyrillic, Greek, Arabic)
    or a symbol in place of a digit (French), the key at that position of a Latin keyboard.
    """
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
    key = event.key()
    if _is_symbol(key):  # the layout decides whether "?" or "+" needs Shift
        modifiers &= ~Qt.KeyboardModifier.ShiftModifier
    found = [_name(modifiers, key)] if key > 0 else []
    at_position = _latin(event)
    if at_position and not _is_ascii_letter(key):
        found.append(_name(event.modifiers(), ord(at_position)))
    return found


def shown(key: str) -> str:
    """A key's name for people: "Ctrl+Z" (or "⌘Z" on a Mac), "⌫", "Space"."""
    if key == "Space":
        return QCoreApplication.translate("keys", "Space")
    _, plus, last = key.rpartition("+")
    native = QKeySequence(key).toString(QKeySequence.SequenceFormat.NativeText)
    if last not in _SYMBOLS or (plus and not native.endswith(last)):
        return native
    return native.removesuffix(last) + _SYMBOLS[last] if plus else _SYMBOLS[last]


def _name(modifiers: Qt.KeyboardModifier, key: int) -> str:
    pressed = QKeyCombination(modifiers, Qt.Key(key))
    return QKeySequence(pressed).toString(QKeySequence.SequenceFormat.PortableText)


def _is_ascii_letter(key: int) -> bool:
    return Qt.Key.Key_A <= key <= Qt.Key.Key_Z


def _is_symbol(key: int) -> bool:
    return 0x21 <= key < 0x7F and not _is_ascii_letter(key)


def _latin(event: QKeyEvent) -> str:
    if sys.platform == "darwin":
        return _BY_MAC_KEY.get(event.nativeVirtualKey(), "") if event.nativeVirtualKey() else ""
    code = event.nativeScanCode()
    if sys.platform != "win32":
        code -= _X11_OFFSET
    return _BY_SCAN_CODE.get(code, "")
