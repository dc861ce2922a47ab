"""What the commands of help do: the tour, the palette, the sheet of keys, news, About."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QWidget

from al_desktop.gui.annotate.screen import Annotate
from al_desktop.gui.commands.key_sheet import KeySheet
from al_desktop.gui.commands.palette import CommandPalette
from al_desktop.gui.commands.situation import Situation
from al_desktop.gui.commands.table import COMMANDS
from al_desktop.gui.frame.screens import Handlers
from al_desktop.gui.frame.shell import Shell
from al_desktop.gui.help.about import AboutDialog
from al_desktop.gui.help.news import NewsDialog, all_news
from al_desktop.gui.help.tour import Tour
from al_desktop.gui.help.tour_steps import sample_steps


class Helping(QObject):
    def __init__(
        self, shell: Shell, annotate: Annotate, body: QWidget, situation: Callable[[], Situation]
    ) -> None:
        """`body` is what the tour lies upon; `situation` what the window shows now."""
        super().__init__(shell)
        self._shell = shell
        self._annotate = annotate
        self._body = body
        self._situation = situation
        self._tour: Tour | None = None

    @property
    def is_touring(self) -> bool:
        """Whether the tour can be seen."""
        return self._tour is not None and self._tour.isVisible()

    def handlers(self) -> Handlers:
        return {
            "help.tour": self.show_tour,
            "tour.next": self._go_on,
            "tour.skip": self._skip,
            "help.palette": self._show_palette,
            "help.keys": self._show_keys,
            "help.news": lambda: self.show_news(all_news()),
            "help.about": self._show_about,
        }

    def show_tour_once(self) -> None:
        """Unless it was shown before."""
        if not self._shell.settings["window"].get("toured"):
            self.show_tour()

    def show_tour(self) -> None:
        shell = self._shell
        if self._tour is not None:
            self._tour.end()
        shell.run("screen.annotate")
        shell.settings["window"] = {**shell.settings["window"], "toured": True}
        steps = sample_steps(self._annotate, shell.status, shell.first_key)
        keys = (shell.first_key("tour.next"), shell.first_key("tour.skip"))
        self._tour = Tour(shell.look, steps, self._body, keys)
        self._tour.ended.connect(self._forget_tour)

    def _go_on(self) -> None:
        if self._tour is not None:
            self._tour.go_on()

    def _skip(self) -> None:
        if self._tour is not None:
            self._tour.end()

    def _forget_tour(self) -> None:
        self._tour = None

    def show_news(self, news: str) -> None:
        self._shell.show_dialog(NewsDialog(self._shell.look, news, self._shell.window))

    def _show_about(self) -> None:
        self._shell.show_dialog(AboutDialog(self._shell.look, self._shell.window))

    def _show_keys(self) -> None:
        shell = self._shell
        shell.show_dialog(KeySheet(shell.look, shell.keymap, shell.window))

    def _show_palette(self) -> None:
        shell, now = self._shell, self._situation()
        possible = [each for each in COMMANDS if each.when(now) and each.name != "help.palette"]
        palette = CommandPalette(
            shell.look, [(each, shell.first_key(each.name)) for each in possible], shell.window
        )
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.chosen.connect(shell.run)
        palette.open_over(shell.window)
