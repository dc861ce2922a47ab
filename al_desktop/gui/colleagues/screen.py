"""Colleagues: copies to send, copies that come back, and how far everybody agrees."""

from collections.abc import Iterable
from pathlib import Path
from threading import Event

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QDialog,
    QFileDialog,
    QPushButton,
)

from al_desktop.gui.colleagues.agreement import AgreementTable, Found, examine
from al_desktop.gui.colleagues.merge import Copy, MergeDialog, amounts, merge, undo
from al_desktop.gui.colleagues.send import SendDialog, Sending, send
from al_desktop.gui.language import words
from al_desktop.gui.language.origins import origin_words
from al_desktop.gui.widgets.layouts import Card, ScreenGround, buttons, page
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.widgets.work_dialog import WorkDialog, WorkThread
from al_desktop.gui.work.workbench import Workbench
from al_desktop.storage import SUFFIX


class Colleagues(ScreenGround):
    """Merging needs the project file for itself.

    commanded  the name of a command
    closing    the project must be closed now
    changed    path of the project, which is another one now: it must be opened anew
    """

    commanded = Signal(str)
    closing = Signal()
    changed = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._bench: Workbench | None = None
        self._examining: WorkThread | None = None
        self.result = text_label("", "banner", wrap=True)
        self.result.hide()
        column = page(self, self.tr("Colleagues"))
        self._origin = text_label("", "muted", wrap=True)
        column.addWidget(self._origin)
        column.addWidget(self.result)
        column.addWidget(self._build_sending())
        column.addWidget(self._build_merging())
        self.agreement = AgreementTable()
        column.addWidget(self.agreement)
        column.addWidget(self._build_settling())
        column.addStretch(1)

    def attach(self, bench: Workbench | None) -> None:
        self._stop_examining()
        self._bench = bench
        self._say("")

    @property
    def can_undo_merge(self) -> bool:
        return self._undo.isEnabled()

    def refresh(self) -> None:
        """Shows what there is now."""
        bench = self._bench
        if bench is None:
            return
        self._origin.setText(origin_words(bench.project.file))
        self._origin.setVisible(bool(self._origin.text()))
        last = ", ".join(bench.project.file.last_merge)
        self._undo.setEnabled(bool(last))
        self._last.setText(self.tr("Merged last: {0}").format(last) if last else "")
        self._last.setVisible(bool(last))
        self._examine(bench.project.file.path)

    def _examine(self, project: Path) -> None:
        self._stop_examining()
        self.agreement.show_waiting()
        self._examining = WorkThread(lambda: examine(project))
        self._examining.came.connect(self._show_found)
        self._examining.failed.connect(self.agreement.show_error)
        self._examining.start()

    def _stop_examining(self) -> None:
        if self._examining is not None:
            examining, self._examining = self._examining, None
            examining.came.disconnect()
            examining.failed.disconnect()
            examining.wait()

    def _show_found(self, found: Found) -> None:
        bench = self._bench
        if bench is not None:
            self.agreement.show_report(found.report, bench.label_name)
            sentence = self.tr("{0} to settle, one key each. Your verdict wins in export.")
            number = words.number(found.to_settle)
            nothing = self.tr("Nothing to settle.")
            self.to_settle.setText(sentence.format(number) if found.to_settle else nothing)
            self._settle.setEnabled(found.to_settle > 0)

    def send(self) -> None:
        bench = self._bench
        if bench is not None:
            file = bench.project.file
            dialog = SendDialog(self._look, file.path, file.configuration.labels, self)
            dialog.wanted.connect(self.write)
            _show(dialog)

    def write(self, sending: Sending) -> None:
        """Writes the copies."""
        bench = self._bench
        if bench is None:
            return
        project, by = bench.project.file.path, bench.annotator
        title = self.tr("Writing copies…")
        dialog = WorkDialog(self._look, title, lambda: send(project, sending, by), self)
        dialog.ended.connect(self._wrote)
        _show(dialog)

    def choose_copies(self) -> None:
        bench = self._bench
        if bench is None:
            return
        chosen, _ = QFileDialog.getOpenFileNames(
            self,
            self.tr("Merge copies"),
            str(bench.project.file.path.parent),
            words.translate("files", "Projects (*{0})").format(SUFFIX),
        )
        self.offer([Path(each) for each in chosen])

    def offer(self, copies: list[Path]) -> None:
        """Shows what these files would bring in, to be merged or not."""
        bench = self._bench
        if bench is None or not copies:
            return
        project = bench.project.file.path
        dialog = MergeDialog(self._look, project, copies, self)
        dialog.wanted.connect(lambda wanted: self._merge(project, wanted))
        _show(dialog)

    def undo_merge(self) -> None:
        bench = self._bench
        if bench is None:
            return
        project = bench.project.file.path
        self.closing.emit()
        title = self.tr("Taking out the last merge…")
        dialog = WorkDialog(self._look, title, lambda: undo(project), self)
        dialog.ended.connect(lambda found, error: self._undone(project, found, error))
        _show(dialog)

    def _merge(self, project: Path, copies: list[Path]) -> None:
        self.closing.emit()
        title = self.tr("Merging…")
        stop = Event()
        dialog = WorkDialog(self._look, title, lambda: merge(project, copies, stop.is_set), self)
        dialog.cancelled.connect(stop.set)
        dialog.ended.connect(lambda copies, error: self._merged(project, copies, error))
        _show(dialog)

    def _wrote(self, paths: list[Path], error: str) -> None:
        lines = [self.tr("Wrote {0}.").format(path) for path in paths]
        self._say(*lines, error)

    def _merged(self, project: Path, copies: list[Copy], error: str) -> None:
        self.changed.emit(project)
        self._say(*merged_sentences(copies), error)

    def _undone(self, project: Path, found: list[str], error: str) -> None:
        self.changed.emit(project)
        names = filter(None, found)
        self._say(
            *(self.tr("Took out again what {0} brought in.").format(name) for name in names), error
        )

    def _say(self, *lines: str) -> None:
        self.result.setText("\n".join(line for line in lines if line))
        self.result.setVisible(any(lines))

    def _build_sending(self) -> Card:
        card = Card()
        card.add_head(
            self.tr("Send"),
            self.tr(
                "A copy is one file with the texts and labels. A colleague opens it with AL "
                "Desktop, answers, and sends it back."
            ),
        )
        save = QPushButton(self.tr("Save a copy to send…"))
        save.setProperty("role", "primary")
        save.clicked.connect(lambda: self.commanded.emit("colleagues.send"))
        card.column.addLayout(buttons(save))
        return card

    def _build_merging(self) -> Card:
        card = Card()
        card.add_head(
            self.tr("Merge"),
            self.tr(
                "Takes in the copies that came back; nothing is lost and nothing doubled. You "
                "see first what will come in. Or drop the files on this window."
            ),
        )
        choose = QPushButton(self.tr("Merge copies…"))
        choose.clicked.connect(lambda: self.commanded.emit("colleagues.merge"))
        self._undo = QPushButton(self.tr("Undo the last merge"))
        self._undo.clicked.connect(lambda: self.commanded.emit("colleagues.undo_merge"))
        self._last = text_label("", "small", wrap=True)
        card.column.addLayout(buttons(choose, self._undo))
        card.column.addWidget(self._last)
        return card

    def _build_settling(self) -> Card:
        card = Card()
        card.add_head(self.tr("Disagreements"))
        self.to_settle = text_label(self.tr("Computing…"), "muted", wrap=True)
        self._settle = QPushButton(self.tr("Settle them…"))
        self._settle.setEnabled(False)
        self._settle.clicked.connect(lambda: self.commanded.emit("colleagues.settle"))
        card.column.addWidget(self.to_settle)
        card.column.addLayout(buttons(self._settle))
        return card


def merged_sentences(copies: Iterable[Copy]) -> list[str]:
    """What came in, one sentence for each file."""
    return [
        words.translate("colleagues", "{0}: {1}").format(copy.path.name, _outcome(copy))
        for copy in copies
    ]


def _outcome(copy: Copy) -> str:
    if copy.coming is None:
        return copy.refusal
    return amounts(copy.coming.texts, copy.coming.events, copy.coming.annotators)


def _show(dialog: QDialog) -> None:
    dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
    dialog.open()
