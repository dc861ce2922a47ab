"""What the commands of import and export do: texts in, answers out."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QObject, Signal

from al_desktop.gui.frame.screens import Handlers
from al_desktop.gui.frame.shell import Shell
from al_desktop.gui.importing.dialog import ImportDialog
from al_desktop.gui.importing.work import ImportWork, sentence_of
from al_desktop.gui.language import words
from al_desktop.gui.projects.exporting import Export, ExportDialog, write
from al_desktop.gui.widgets.work_dialog import WorkDialog
from al_desktop.project import ImportReport
from al_desktop.project.importing import Order


class Transfers(QObject):
    """`imported` after texts came in."""

    imported = Signal()

    def __init__(self, shell: Shell, reopen: Callable[[], None]) -> None:
        """`reopen` opens the project anew, as what is in its file now."""
        super().__init__(shell)
        self._shell = shell
        self._reopen = reopen

    def handlers(self) -> Handlers:
        return {"project.import": self.choose_texts, "project.export": self._export}

    def choose_texts(self, source: Path | None = None) -> None:
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
            self._reopen()
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
