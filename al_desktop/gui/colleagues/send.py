"""What a copy for colleagues is to hold: one copy, or a part of the texts for each of them."""

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
    QLineEdit,
    QPushButton,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.configuration import Label
from al_desktop.core.questions import Answer
from al_desktop.gui.language import words
from al_desktop.gui.language.words import translate
from al_desktop.gui.widgets.controls import Choice, Tick
from al_desktop.gui.widgets.layouts import scrolling
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.project.choosing import Parcel, TextFilter
from al_desktop.storage import SUFFIX, ProjectFile

_MOST_IN_COMMON = 1_000_000
_NARROW = QComboBox.SizeAdjustPolicy.AdjustToMinimumContentsLengthWithIcon


@dataclass(frozen=True, slots=True)
class Sending:
    """`to` is a file or, where there are colleagues to deal the texts out to, a folder."""

    to: Path
    parcel: Parcel


class SendDialog(QDialog):
    """`wanted` is the Sending, once it is known where to."""

    wanted = Signal(object)

    def __init__(self, look: Look, project: Path, labels: Sequence[Label], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save a copy to send"))
        self._project = project
        self._model: Path | None = None
        px = look.theme.px
        self.resize(px(600), px(640))
        self.names = QLineEdit(placeholderText=self.tr("Leave empty for one copy"))
        self.overlap = QSpinBox(minimum=0, maximum=_MOST_IN_COMMON)
        self.share = QSpinBox(minimum=1, maximum=100, value=100, suffix=" %")
        for number in (self.overlap, self.share):
            number.lineEdit().setTextMargins(px(8), 0, px(8), 0)
        self.about = Choice(look, self.tr("Which texts"))
        self.about.fill(
            [
                (self.tr("All texts"), "all"),
                (self.tr("Texts without an answer"), "unanswered"),
                (self.tr("Texts with an answer"), "answered"),
                (self.tr("Texts that annotators disagree about"), "disagreed"),
            ],
            "all",
        )
        self.label = Choice(look, self.tr("Answers about"))
        everything = [(self.tr("All labels"), "")]
        self.label.fill(everything + [(label.name, label.key) for label in labels], "")
        self.answer = Choice(look, self.tr("Answers that are"))
        anything = [(self.tr("Any answer"), "")]
        self.answer.fill(anything + [(words.answer(each), each.value) for each in Answer], "")
        self.words = QLineEdit(placeholderText=self.tr("All of these words, in any place"))
        self.answers = Tick(look, self.tr("With the answers given so far"))
        self.answers.setChecked(True)
        self.model = Tick(look, self.tr("With a trained model"))
        self.model.clicked.connect(self._choose_model)
        form = QFormLayout()
        form.setLabelAlignment(Qt.AlignmentFlag.AlignVCenter)
        form.setVerticalSpacing(px(10))
        form.setHorizontalSpacing(px(16))
        for title, widget in (
            (self.tr("Deal out to (names, with commas)"), self.names),
            (self.tr("Texts that all of them get"), self.overlap),
            (self.tr("Which texts"), self.about),
            (self.tr("Answers about"), self.label),
            (self.tr("Answers that are"), self.answer),
            (self.tr("Texts with the words"), self.words),
            (self.tr("Share of these texts"), self.share),
        ):
            widget.setAccessibleName(title)
            form.addRow(text_label(title), widget)
        for choice in (self.about, self.label, self.answer):
            # The longest entry must not make the dialog wider.
            choice.setSizeAdjustPolicy(_NARROW)
            choice.setMinimumContentsLength(12)
        for changed in (self.names.textChanged, self.about.currentIndexChanged):
            changed.connect(self._refresh)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.setSpacing(px(12))
        dealing = self.tr(
            "With names, the texts are dealt out at random: a copy for each of them, in one "
            "folder. Give all of them some texts to see how far they agree."
        )
        learning = self.tr(
            "A colleague's program learns from the answers in the copy at once. Leave them here "
            "for answers that nobody has swayed; a trained model may go along."
        )
        column.addWidget(text_label(dealing, "muted", wrap=True))
        column.addLayout(form)
        column.addWidget(self.answers)
        column.addWidget(self.model)
        column.addWidget(text_label(learning, "muted", wrap=True))
        column.addStretch(1)
        buttons = QHBoxLayout()
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.reject)
        save = QPushButton(self.tr("Save…"), default=True)
        save.setProperty("role", "primary")
        save.clicked.connect(self._choose)
        buttons.addStretch(1)
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(26), px(22), px(26), px(20))
        layout.setSpacing(px(14))
        layout.addWidget(text_label(self.tr("Save a copy to send"), "subtitle"))
        layout.addWidget(scrolling(inside, self.tr("Save a copy to send")), 1)
        layout.addLayout(buttons)
        self._refresh()

    @property
    def parcel(self) -> Parcel:
        return Parcel(
            wanted=TextFilter(
                words=self.words.text().strip(),
                about=self.about.value,
                labels=frozenset(filter(None, (self.label.value,))),
                answers=frozenset(map(Answer, filter(None, (self.answer.value,)))),
            ),
            percent=self.share.value(),
            answers=self.answers.isChecked(),
            model=self._model if self.model.isChecked() else None,
            colleagues=self._names(),
            overlap=self.overlap.value(),
        )

    def _names(self) -> tuple[str, ...]:
        return tuple(name for part in self.names.text().split(",") if (name := part.strip()))

    def _refresh(self) -> None:
        self.overlap.setEnabled(bool(self._names()))
        # Which answers a disagreement is between goes without saying.
        self.answer.setEnabled(self.about.value != "disagreed")

    def _choose_model(self) -> None:
        if self.model.isChecked():
            title = self.tr("Folder of the trained model")
            chosen = QFileDialog.getExistingDirectory(self, title, str(self._project.parent))
            self._model = Path(chosen) if chosen else None
        else:
            self._model = None
        self.model.setChecked(self._model is not None)
        name = f": {self._model.name}" if self._model is not None else ""
        self.model.setText(self.tr("With a trained model") + name)

    def _choose(self) -> None:
        to = self._folder() if self._names() else self._file()
        if to is not None:
            self.wanted.emit(Sending(to, self.parcel))
            self.accept()

    def _folder(self) -> Path | None:
        title = self.tr("Folder for the copies")
        chosen = QFileDialog.getExistingDirectory(self, title, str(self._project.parent))
        return Path(chosen) if chosen else None

    def _file(self) -> Path | None:
        suggestion = self._project.with_name(f"{self._project.stem}-copy{SUFFIX}")
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Save a copy to send"),
            str(suggestion),
            translate("files", "Projects (*{0})").format(SUFFIX),
            options=QFileDialog.Option.DontConfirmOverwrite,  # a copy never replaces a file
        )
        if not chosen:
            return None
        path = Path(chosen)
        return path if path.suffix == SUFFIX else path.with_name(path.name + SUFFIX)


def send(project: Path, sending: Sending, by: str) -> Iterator[Path]:
    """Writes the copies, one a step. Raises KnownError where one can't be."""
    import numpy as np  # takes a while, and the window starts without

    from al_desktop.project.sharing import send as write

    with ProjectFile.open_for_reading(project) as file:
        yield from write(file, sending.to, sending.parcel, by, np.random.default_rng())
