"""What the commands about the model do: check, mark, keep, go back, train."""

from collections.abc import Callable

from PySide6.QtCore import QObject

from al_desktop.core.events import Event
from al_desktop.gui.frame.screens import Handlers, Screens
from al_desktop.gui.frame.shell import Shell
from al_desktop.gui.model.screen import CHECKS, TO_MARK, ModelScreen
from al_desktop.gui.model.snapshots import worse_in_short
from al_desktop.gui.work.workbench import Workbench


class Modelling(QObject):
    def __init__(
        self,
        screen: ModelScreen,
        shell: Shell,
        screens: Screens,
        mark_next: Callable[[], None],
    ) -> None:
        """`mark_next` draws another text on the highlight screen."""
        super().__init__(shell)
        self._screen = screen
        self._shell = shell
        self._screens = screens
        self._mark_next = mark_next

    def handlers(self) -> Handlers:
        return {
            "model.check": self._check,
            "model.mark": self._mark,
            "model.keep": self._keep,
            "model.restore": self._restore,
            "model.train": self._train,
        }

    def attach(self, bench: Workbench | None) -> None:
        self._screen.attach(bench)
        if bench is not None:
            bench.keeping.worse.connect(lambda event, *_: self._say_worse(event))

    def _check(self) -> None:
        self._shell.opened().learner.check(CHECKS)
        self._screens.show_screen("annotate")
        said = self.tr("The next {0} questions are random checks.").format(CHECKS)
        self._shell.status.notice(said)

    def _mark(self) -> None:
        self._shell.opened().judging.to_mark = TO_MARK
        self._screens.show_screen("highlight")
        self._mark_next()
        said = self.tr("The next {0} texts are random checks: mark all there is in them.")
        self._shell.status.notice(said.format(TO_MARK))

    def _keep(self) -> None:
        self._shell.opened().keeping.keep()
        self._shell.status.notice(self.tr("Kept. It is on the Model screen."))

    def _restore(self) -> None:
        self._shell.opened().keeping.restore()
        self._shell.status.notice(self.tr("The model learns from all answers again."))

    def _train(self) -> None:
        self._screens.show_screen("model")
        self._screen.training.train()

    def _say_worse(self, event: Event) -> None:
        self._shell.status.warn(worse_in_short(event))
