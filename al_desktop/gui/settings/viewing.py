"""What the commands of the view do: text size and theme."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from al_desktop.gui.frame import preferences
from al_desktop.gui.frame.screens import Handlers
from al_desktop.gui.frame.shell import Shell
from al_desktop.gui.language import words


class Viewing(QObject):
    def __init__(self, shell: Shell, restyle: Callable[[], None]) -> None:
        """`restyle` puts the settings' theme and text size in force."""
        super().__init__(shell)
        self._shell = shell
        self._restyle = restyle

    def handlers(self) -> Handlers:
        return {
            "view.larger": lambda: self._change_size(1),
            "view.smaller": lambda: self._change_size(-1),
            "view.normal": lambda: self._set_size(100),
            "view.theme": self._next_theme,
        }

    def _change_size(self, step: int) -> None:
        self._set_size(preferences.next_size(self._shell.settings, step))

    def _set_size(self, percent: int) -> None:
        self._shell.settings["text_size"] = percent
        self._restyle()
        self._shell.status.notice(self.tr("Text size {0} %").format(percent))

    def _next_theme(self) -> None:
        settings = self._shell.settings
        settings["theme"] = chosen = preferences.next_theme(settings)
        self._restyle()
        name = words.translate("settings", chosen)
        self._shell.status.notice(self.tr("Theme: {0}").format(name))
