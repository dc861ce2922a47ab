"""Which key presses are commands of the window."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QApplication, QWidget

from al_desktop.gui.commands import keys
from al_desktop.gui.commands.situation import Situation
from al_desktop.gui.frame import focus
from al_desktop.gui.frame.shell import Shell


class KeyFilter(QObject):
    """Sees every key before the widgets do; a held key answers once."""

    def __init__(self, shell: Shell, situation: Callable[[], Situation]) -> None:
        super().__init__(shell)
        self._shell = shell
        self._situation = situation

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key_pressed(watched, event)
        return False

    def _key_pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        """Whether the key was a command of this window, and so is used up."""
        if not isinstance(watched, QWidget) or watched.window() is not self._shell.window:
            return False
        if QApplication.activePopupWidget() or QApplication.activeModalWidget():
            return False
        if focus.wants(QApplication.focusWidget(), event):
            return False
        pressed = keys.names(event)
        now = self._situation()
        command = self._shell.keymap.find(pressed, now)
        if command is None:
            # On the annotate screen a useless key of ours must not wander on to a widget.
            return now.is_annotating and self._shell.keymap.is_bound(pressed)
        if not event.isAutoRepeat() or command.repeats:
            self._shell.run(command.name)
        return True
