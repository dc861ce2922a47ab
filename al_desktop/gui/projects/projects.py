"""What the commands of projects do: make, open and close one, change its labels."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from al_desktop.core.configuration import Label
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind
from al_desktop.gui.frame import preferences
from al_desktop.gui.frame.screens import Handlers, Passing, Screens
from al_desktop.gui.frame.shell import Shell
from al_desktop.gui.importing.work import ImportWork, sentence_of
from al_desktop.gui.language import words
from al_desktop.gui.projects.label_dialog import LabelDialog
from al_desktop.gui.projects.new_project import NewProject
from al_desktop.gui.projects.receiving import ReceivedDialog, is_news
from al_desktop.gui.projects.transfers import Transfers
from al_desktop.gui.projects.wanted import Wanted
from al_desktop.gui.widgets import file_dialogs
from al_desktop.gui.work.doorbell import Doorbell, ring
from al_desktop.gui.work.workbench import Workbench
from al_desktop.project import (
    ImportReport,
    create_project,
    default_annotator,
    default_project_folder,
    open_project,
    sample_project,
)
from al_desktop.project.importing import Order
from al_desktop.project.labels import change_labels
from al_desktop.recipes.approval import approve
from al_desktop.storage.lock import OpenElsewhereError
from al_desktop.storage.project_file import SUFFIX


class Projects(QObject):
    """sample_opened   after the sample project was opened
    offered         paths of project files to be merged with this one
    """

    sample_opened = Signal()
    offered = Signal(list)

    def __init__(self, shell: Shell, screens: Screens) -> None:
        super().__init__(shell)
        self._shell = shell
        self._screens = screens
        self._bell: Doorbell | None = None
        self.new_project = Passing(self._make_screen)
        self.transfers = Transfers(shell, self.reopen)

    def handlers(self) -> Handlers:
        return {
            "project.open": self._choose_project,
            "project.merge": self._choose_merge,
            "project.sample.spans": lambda: self._open_sample(Kind.SPANS),
            "project.sample.texts": lambda: self._open_sample(Kind.TEXTS),
            "project.labels": self._edit_labels,
            **self.transfers.handlers(),
            "project.origin": self._show_origin,
        }

    # Opening and closing

    def open(self, path: Path) -> None:
        """Opens a project and starts its learner. Raises KnownError where it can't be opened."""
        path = path.resolve()
        bench = self._shell.bench
        if bench is not None and bench.project.file.path == path:
            self._screens.show_screen("annotate")
            return
        annotator = self._shell.settings["annotator"] or default_annotator()
        try:
            project = open_project(path, annotator)
        except OpenElsewhereError:
            if not ring(path):
                raise
            said = self.tr("{0} is open in another window, which is in front now.")
            self._shell.status.notice(said.format(path.name))
            return
        bench = Workbench(project, annotator)
        self.attach(bench)
        self._bell = Doorbell(path)
        self._bell.rung.connect(self._come_forward)
        self._bell.start()
        preferences.remember_project(self._shell.settings, path)
        bench.start()
        if is_news(project.file):
            self._show_origin()

    def attach(self, bench: Workbench) -> None:
        """Shows a project in place of the one that is open, which is closed."""
        self.close()
        self._shell.bench = bench
        bench.warned.connect(self._shell.status.warn)
        self._screens.attach(bench)
        self._screens.show_screen("annotate")

    def close(self) -> None:
        if self._bell is not None:
            self._bell.close()
            self._bell = None
        bench, self._shell.bench = self._shell.bench, None
        if bench is not None:
            self._screens.attach(None)
            self._shell.status.warn("")
            bench.close()
            bench.deleteLater()

    def reopen(self) -> None:
        """Closes the project and opens it anew, as what is in its file now."""
        path = self._shell.opened().project.file.path
        self.close()
        self.open(path)

    def _come_forward(self) -> None:
        """Somebody opened the project a second time."""
        window = self._shell.window
        state = window.windowState() & ~Qt.WindowState.WindowMinimized
        window.setWindowState(state | Qt.WindowState.WindowActive)
        window.show()
        window.raise_()
        window.activateWindow()

    def open_or_say(self, path: Path) -> None:
        self._shell.guard(lambda: self.open(path))

    def open_merged(self, path: Path) -> None:
        """Back where a merge began, on what there is now; or says why that can't be opened."""
        self._shell.guard(lambda: self._open_merged(path))

    def _open_merged(self, path: Path) -> None:
        try:
            self.open(path)
        except KnownError:
            self._screens.show_screen("home")
            raise
        self._screens.show_screen("colleagues")

    def _choose_project(self) -> None:
        chosen = file_dialogs.choose_project(self._shell.window, default_project_folder())
        if chosen is not None:
            self.open(chosen)

    def _choose_merge(self) -> None:
        """From the home screen: first the project, then the copies of it."""
        if self._shell.bench is None:
            self._choose_project()
        if self._shell.bench is not None:
            self._screens.show_screen("colleagues")
            self._shell.run("colleagues.merge")

    def _open_sample(self, kind: Kind) -> None:
        self.open(sample_project(kind))
        self.sample_opened.emit()

    def forget(self, path: Path) -> None:
        """Takes a project off the list on the home screen; the file stays."""
        preferences.forget_project(self._shell.settings, path)
        self._screens.show_screen("home")

    # Making and changing

    def enter_new_project(self) -> None:
        self.new_project.renew().take_focus()

    def _make_screen(self) -> NewProject:
        screen = NewProject(self._shell.look, default_project_folder())
        screen.wanted.connect(lambda wanted: self._shell.guard(lambda: self.make(wanted)))
        screen.cancelled.connect(lambda: self._screens.show_screen("home"))
        return screen

    def make(self, wanted: Wanted) -> None:
        """Makes the project, brings its texts in and opens it; without its texts there is none."""
        share = self._shell.settings["audit_share"]
        configuration = replace(wanted.configuration, audit_share=share)
        approve(configuration.base)  # whoever chooses a model approves it
        create_project(wanted.path, wanted.name, configuration).close()
        if wanted.source is None:
            self._open_made(wanted)
            return
        order = Order(wanted.path, wanted.source, wanted.choices, wanted.annotations, beside=False)
        work = ImportWork(self._shell.look, order, self._shell.window)
        work.imported.connect(
            lambda report: self._shell.guard(lambda: self._open_made(wanted, report))
        )
        work.given_up.connect(lambda: wanted.path.unlink(missing_ok=True))
        self._shell.show_dialog(work)

    def _open_made(self, wanted: Wanted, report: ImportReport | None = None) -> None:
        self.open(wanted.path)
        if wanted.highlights:
            self._screens.show_screen("highlight")
        if report is not None:
            self._shell.status.notice(sentence_of(report))

    def _edit_labels(self) -> None:
        shell = self._shell
        labels = shell.opened().project.file.configuration.labels
        dialog = LabelDialog(shell.look, labels, shell.window)
        dialog.accepted_labels.connect(
            lambda found, merged: shell.guard(lambda: self.set_labels(found, merged))
        )
        shell.show_dialog(dialog)

    def set_labels(self, labels: tuple[Label, ...], merged: dict[str, str]) -> None:
        """Stores them and opens the project anew: the learner asks about what there is now.
        `merged` gives the key of the label that stays by that of the one that goes."""
        project = self._shell.opened().project
        taken = change_labels(project, labels, merged)
        self.reopen()
        if merged:
            said = self.tr("Merged. Taken over: {0}.").format(words.answers(taken))
            self._shell.status.notice(said)

    # Files from the system

    def take_files(self, files: list[Path]) -> None:
        """What was dropped on the window. Project files are merged with the project that is
        open, if there is one."""
        if self._shell.bench is not None and all(path.suffix == SUFFIX for path in files):
            self._screens.show_screen("colleagues")
            self.offered.emit(files)
        else:
            self.take_file(files[0])

    def take_file(self, path: Path) -> None:
        """Opens a project; takes any other file as texts, for this project or a new one."""
        if path.suffix == SUFFIX:
            self.open(path)
        elif self._shell.bench is not None and self.new_project.now is None:
            self.transfers.choose_texts(path)
        else:
            if self.new_project.now is None:
                self._screens.show_screen("new project")
            if self.new_project.now is not None:
                self.new_project.now.take_source(path)

    # What came from somebody else

    def _show_origin(self) -> None:
        """Who made this copy, and whether the model that it asks for may be loaded."""
        shell = self._shell
        dialog = ReceivedDialog(shell.look, shell.opened().project.file, shell.window)
        dialog.approved.connect(lambda model: shell.guard(lambda: self._approve(model)))
        shell.show_dialog(dialog)

    def _approve(self, model: str) -> None:
        """Opens the project anew: the model is loaded with it."""
        approve(model)
        self.reopen()
