"""What the commands of projects do: make, open and close one, bring texts in and answers out."""

from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal

from al_desktop.core.configuration import Label
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind
from al_desktop.gui.frame import preferences
from al_desktop.gui.frame.screens import Handlers, Passing, Screens
from al_desktop.gui.frame.shell import Shell
from al_desktop.gui.importing.dialog import ImportDialog
from al_desktop.gui.importing.work import ImportWork, sentence_of
from al_desktop.gui.language import words
from al_desktop.gui.projects.exporting import Export, ExportDialog, write
from al_desktop.gui.projects.label_dialog import LabelDialog
from al_desktop.gui.projects.new_project import NewProject, Wanted
from al_desktop.gui.projects.receiving import ReceivedDialog, is_news
from al_desktop.gui.widgets import file_dialogs
from al_desktop.gui.widgets.work_dialog import WorkDialog
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
    imported        after texts came in
    offered         paths of project files to be merged with this one
    """

    sample_opened = Signal()
    imported = Signal()
    offered = Signal(list)

    def __init__(self, shell: Shell, screens: Screens) -> None:
        super().__init__(shell)
        self._shell = shell
        self._screens = screens
        self._bell: Doorbell | None = None
        self.new_project = Passing(self._make_screen)

    def handlers(self) -> Handlers:
        return {
            "project.open": self._choose_project,
            "project.merge": self._choose_merge,
            "project.sample.spans": lambda: self._open_sample(Kind.SPANS),
            "project.sample.texts": lambda: self._open_sample(Kind.TEXTS),
            "project.labels": self._edit_labels,
            "project.import": self._import,
            "project.export": self._export,
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
        self.close()
        self.open(project.file.path)
        if merged:
            said = self.tr("Merged. Taken over: {0}.").format(words.answers(taken))
            self._shell.status.notice(said)

    # Texts in, answers out

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
            self._import(path)
        else:
            if self.new_project.now is None:
                self._screens.show_screen("new project")
            if self.new_project.now is not None:
                self.new_project.now.take_source(path)

    def _import(self, source: Path | None = None) -> None:
        """Lets the user say how a file is to be read, and brings it in."""
        shell = self._shell
        file = shell.opened().project.file
        dialog = ImportDialog(shell.look, file.path, file.configuration, shell.window)
        dialog.wanted.connect(self._carry_out)
        shell.show_dialog(dialog)
        if source is not None:
            dialog.choose(source)

    def _carry_out(self, order: Order) -> None:
        bench = self._shell.opened()
        bench.holds_still = True
        work = ImportWork(self._shell.look, order, self._shell.window)
        work.imported.connect(lambda report: self._shell.guard(lambda: self.take_report(report)))
        work.given_up.connect(bench.go_on)
        self._shell.show_dialog(work)

    def take_report(self, report: ImportReport) -> None:
        """After texts were brought in."""
        bench = self._shell.opened()
        bench.go_on()
        if report.annotations:
            path = bench.project.file.path
            self.close()
            self.open(path)
        else:
            bench.texts_changed()
            self.imported.emit()
        self._shell.status.notice(sentence_of(report))

    def _export(self) -> None:
        shell = self._shell
        project = shell.opened().project
        annotators = sorted({event.annotator for event in project.log})
        file = project.file
        dialog = ExportDialog(shell.look, file.path, file.configuration, annotators, shell.window)
        dialog.ordered.connect(self.export)
        shell.show_dialog(dialog)

    def export(self, export: Export) -> None:
        """Writes the answers out, beside the window."""
        shell = self._shell
        project = shell.opened().project.file.path
        title = self.tr("Exporting…")
        dialog = WorkDialog(shell.look, title, lambda: write(project, export), shell.window)
        dialog.ended.connect(lambda rows, error: self._exported(export, rows, error))
        shell.show_dialog(dialog)

    def _exported(self, export: Export, rows: list[int], error: str) -> None:
        for count in rows:
            said = self.tr("Wrote {0} to {1}.").format(words.rows(count), export.to.name)
            self._shell.status.notice(said)
        if error:
            self._shell.status.warn(error)

    # What came from somebody else

    def _show_origin(self) -> None:
        """Who made this copy, and whether the model that it asks for may be loaded."""
        shell = self._shell
        dialog = ReceivedDialog(shell.look, shell.opened().project.file, shell.window)
        dialog.approved.connect(lambda model: shell.guard(lambda: self._approve(model)))
        shell.show_dialog(dialog)

    def _approve(self, model: str) -> None:
        """Opens the project anew: the model is loaded with it."""
        path = self._shell.opened().project.file.path
        approve(model)
        self.close()
        self.open(path)
