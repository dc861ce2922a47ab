"""What the window lends to screens and commands: the open project, the keys, the bottom line."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtWidgets import QDialog, QWidget

from al_desktop.core.errors import KnownError
from al_desktop.gui.commands import keys
from al_desktop.gui.commands.table import BY_NAME, Keymap, title_of
from al_desktop.gui.frame.problem import ProblemDialog
from al_desktop.gui.frame.status_line import StatusLine
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.work.workbench import Workbench
from al_desktop.settings import Settings


class Shell(QObject):
    """One for the window.

    commanded        the command of this name is to be run, if it has an effect now
    changed          what commands depend on may have changed: buttons and titles follow
    setting_changed  the setting of this name was changed
    """

    commanded = Signal(str)
    changed = Signal()
    setting_changed = Signal(str)

    def __init__(self, window: QWidget, look: Look, settings: Settings) -> None:
        """`window` is the parent of dialogs."""
        super().__init__(window)
        self.window = window
        self.look = look
        self.settings = settings
        self.status = StatusLine(look)
        self.keymap = Keymap(settings["keys"])
        self.bench: Workbench | None = None

    def opened(self) -> Workbench:
        """The open project; commands that need one run only when there is one."""
        if self.bench is None:
            raise RuntimeError("this command needs an open project")
        return self.bench

    def run(self, name: str) -> None:
        self.commanded.emit(name)

    def guard(self, action: Callable[[], None]) -> None:
        """Does it; an error is shown, never raised."""
        try:
            action()
        except KnownError as error:
            self.status.warn(str(error))
        except Exception as error:
            ProblemDialog(self.look, error, self.window).exec()

    def show_dialog(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def first_key(self, name: str) -> str:
        """The key of a command as it is shown; "" for none."""
        bound = self.keymap.keys(name)
        return keys.shown(bound[0]) if bound else ""

    def name_of(self, name: str) -> tuple[str, str, str]:
        """Title, shown key and tool tip of a command's button."""
        title = title_of(BY_NAME[name])
        shown = (keys.shown(key) for key in self.keymap.keys(name))
        return title, self.first_key(name), f"{title} ({', '.join(shown)})"
