"""Answers on their way out: which of them, in which format, and where to."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QComboBox,
    QDialog,
    QFileDialog,
    QFormLayout,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.configuration import Configuration
from al_desktop.core.questions import Answer
from al_desktop.gui.language import words
from al_desktop.gui.language.known import translated
from al_desktop.gui.widgets.controls import Choice, Tick
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.project import EXPORTS, Project, Wanted, export_answers
from al_desktop.storage import ProjectFile

_NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


@dataclass(frozen=True, slots=True)
class Export:
    """`to` is a file or, for some formats, a new folder; `format` a key of EXPORTS."""

    to: Path
    format: str
    wanted: Wanted


class ExportDialog(QDialog):
    """`ordered` is the Export, once it is known where to."""

    ordered = Signal(object)

    def __init__(
        self,
        look: Look,
        project: Path,
        configuration: Configuration,
        annotators: Sequence[str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Export answers"))
        self._project = project
        px = look.theme.px
        self.setMinimumWidth(px(640))
        kind = configuration.kind
        self.format = Choice(look, self.tr("Format"))
        formats = [(one.name, key) for key, one in EXPORTS.items() if kind in one.kinds]
        self.format.fill(formats, "prodigy")
        self.label = Choice(look, self.tr("Label"))
        labels = [(label.name, label.key) for label in configuration.labels]
        self.label.fill([(self.tr("All labels"), ""), *labels], "")
        self.annotator = Choice(look, self.tr("Answered by"))
        everybody = [(self.tr("Everybody"), "")]
        self.annotator.fill(everybody + [(name, name) for name in annotators], "")
        self.conflicts = Choice(look, self.tr("Where annotators differ"))
        self.conflicts.fill(
            [
                (self.tr("The verdict, or else the latest answer"), "settled"),
                (self.tr("The verdict, or else what most answered"), "majority"),
                (self.tr("Everybody's answers"), "all"),
            ],
            "settled",
        )
        self.answers = {each: Tick(look, words.answer(each).capitalize()) for each in Answer}
        ticks = QHBoxLayout()
        ticks.setSpacing(px(12))
        for tick in self.answers.values():
            tick.setChecked(True)
            tick.toggled.connect(self._refresh)
            tick.setMinimumWidth(tick.sizeHint().width())  # no word of it is cut
            ticks.addWidget(tick)
        ticks.addStretch(1)
        self.audit = Tick(look, self.tr("Only answers to random checks"))
        self._loses = text_label("", "small", wrap=True)
        self._loses.setMinimumHeight(px(60))  # the dialog keeps its size from format to format
        self._loses.setAlignment(Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignLeft)
        form = QFormLayout()
        form.setVerticalSpacing(px(10))
        form.setHorizontalSpacing(px(16))
        for choice in (self.format, self.label, self.annotator, self.conflicts):
            # A long name must not make the dialog wider.
            choice.setSizeAdjustPolicy(_NARROW)
            choice.setMinimumContentsLength(20)
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.addRow(text_label(self.tr("Format")), self.format)
        form.addRow(self._loses)
        form.addRow(text_label(self.tr("Answers")), ticks)
        form.addRow(text_label(self.tr("Label")), self.label)
        form.addRow(text_label(self.tr("Answered by")), self.annotator)
        form.addRow(text_label(self.tr("Where annotators differ")), self.conflicts)
        self.format.currentIndexChanged.connect(self._refresh)
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.reject)
        self.export = QPushButton(self.tr("Export…"), default=True)
        self.export.setProperty("role", "primary")
        self.export.clicked.connect(self._choose)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.export)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(26), px(22), px(26), px(20))
        layout.setSpacing(px(14))
        layout.addWidget(text_label(self.tr("Export answers"), "subtitle"))
        layout.addLayout(form)
        layout.addWidget(self.audit)
        layout.addStretch(1)
        layout.addLayout(row)
        self._refresh()

    @property
    def wanted(self) -> Wanted:
        return Wanted(
            answers=frozenset(each for each, tick in self.answers.items() if tick.isChecked()),
            labels=frozenset(filter(None, (self.label.value,))),
            annotators=frozenset(filter(None, (self.annotator.value,))),
            audit=self.audit.isChecked(),
            conflicts=self.conflicts.value,
        )

    def _refresh(self) -> None:
        sentences = [translated(each) for each in EXPORTS[self.format.value].loses]
        everything = self.tr("This format carries everything.")
        self._loses.setText("\n".join(sentences) if sentences else everything)
        self.export.setEnabled(any(tick.isChecked() for tick in self.answers.values()))

    def _choose(self) -> None:
        writer = EXPORTS[self.format.value]
        suggestion = self._project.with_suffix(writer.suffix)
        if writer.folder:
            suggestion = self._project.with_name(f"{self._project.stem}-{self.format.value}")
        title = self.tr("A new folder for the answers") if writer.folder else self.windowTitle()
        kinds = "" if writer.folder else f"{writer.name} (*{writer.suffix})"
        chosen, _ = QFileDialog.getSaveFileName(self, title, str(suggestion), kinds)
        if chosen:
            path = Path(chosen)
            if writer.suffix and not path.suffix:
                path = path.with_name(path.name + writer.suffix)
            self.ordered.emit(Export(path, self.format.value, self.wanted))
            self.accept()


def write(project: Path, export: Export) -> Iterator[int]:
    """The number of rows or texts written, in one step; the project may be open."""
    with Project(ProjectFile.open_for_reading(project), "") as opened:
        yield export_answers(opened, export.to, export.format, export.wanted)
