"""What a screen of the window is, and the stack that shows one of them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from typing import Generic, TypeVar

from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget

from al_desktop.core.questions import Answer
from al_desktop.gui.commands.situation import Situation
from al_desktop.gui.frame.status_line import StatusLine
from al_desktop.gui.widgets.button_row import COMMAND_OF, ButtonRow
from al_desktop.gui.widgets.passage import Passage
from al_desktop.gui.work.workbench import Workbench

Handlers = Mapping[str, Callable[[], None]]
W = TypeVar("W", bound=QWidget)


def nothing() -> None:
    """For a screen that needs nothing more."""


def _attach_nothing(_: Workbench | None) -> None:
    """For a screen that shows nothing of the project."""


def _as_it_is(now: Situation) -> Situation:
    return now


@dataclass(frozen=True, slots=True)
class Screen:
    """name       what `Situation.screen` says while it shows
    widget     its `commanded` signal, if it has one, gives names of commands to run
    command    the command that shows it
    tab        the command whose tab is marked while it shows; its own: it has a tab; "": no tab
    enter      after it came to the front: brings it up to date and takes the focus
    leave      before another one comes to the front
    attach     takes the project that was opened; None when it is closed
    handlers   what its commands do; for a command of several screens the one that shows decides
    situation  fills in what commands depend on while it shows
    row        its row of answer buttons, to be named and enabled as commands are
    """

    name: str
    widget: QWidget
    command: str
    tab: str = ""
    enter: Callable[[], None] = nothing
    leave: Callable[[], None] = nothing
    attach: Callable[[Workbench | None], None] = _attach_nothing
    handlers: Handlers = field(default_factory=dict)
    situation: Callable[[Situation], Situation] = _as_it_is
    row: ButtonRow | None = None


def answer_handlers(answer: Callable[[Answer], None]) -> Handlers:
    """The commands of the three answer keys."""
    return {command: partial(answer, each) for each, command in COMMAND_OF.items()}


def passage_handlers(passage: Passage, status: StatusLine) -> Handlers:
    """The commands of a screen that shows a text."""

    def copy() -> None:
        if passage.copy_selection():
            status.notice(passage.tr("Copied."))

    return {
        "passage.down": lambda: passage.scroll_by_page(1),
        "passage.up": lambda: passage.scroll_by_page(-1),
        "passage.copy": copy,
    }


class Passing(Generic[W]):
    """Holds a screen that is made anew each time it shows."""

    def __init__(self, make: Callable[[], W]) -> None:
        self._make = make
        self.holder = QWidget()
        layout = QVBoxLayout(self.holder)
        layout.setContentsMargins(0, 0, 0, 0)
        self.now: W | None = None

    def renew(self) -> W:
        self.drop()
        self.now = made = self._make()
        layout = self.holder.layout()
        assert layout is not None
        layout.addWidget(made)
        return made

    def drop(self) -> None:
        if self.now is not None:
            self.now.hide()
            self.now.deleteLater()
            self.now = None


class Screens(QStackedWidget):
    """Shows one screen at a time."""

    def __init__(self) -> None:
        super().__init__()
        self.table: tuple[Screen, ...] = ()

    def fill(self, table: Sequence[Screen]) -> None:
        """Takes the screens; the first one is in front."""
        self.table = tuple(table)
        for screen in self.table:
            self.addWidget(screen.widget)

    @property
    def current(self) -> Screen:
        return self.table[self.currentIndex()]

    def show_screen(self, name: str) -> None:
        """Brings a screen to the front, up to date and with the focus."""
        self.bring(name)
        self.current.enter()

    def bring(self, name: str) -> None:
        """Brings a screen to the front as it is."""
        at = next(at for at, screen in enumerate(self.table) if screen.name == name)
        if at != self.currentIndex():
            self.current.leave()
        self.setCurrentIndex(at)

    def attach(self, bench: Workbench | None) -> None:
        for screen in self.table:
            screen.attach(bench)

    def handlers(self) -> dict[str, Callable[[], None]]:
        """What all commands of screens do now."""
        found = {each.command: partial(self.show_screen, each.name) for each in self.table}
        return {
            **found,
            **{
                name: handler
                for screen in (*reversed(self.table), self.current)
                for name, handler in screen.handlers.items()
            },
        }
