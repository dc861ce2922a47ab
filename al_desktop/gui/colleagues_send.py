"""What a copy for colleagues is to hold: one copy, or a part of the texts for each of them."""

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
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

from al_desktop.gui.controls import Tick
from al_desktop.gui.parts import text_label
from al_desktop.gui.theme import Look
from al_desktop.gui.words import translate
from al_desktop.storage import SUFFIX, ProjectFile

_MOST_IN_COMMON = 1_000_000


@dataclass(frozen=True, slots=True)
class Sending:
    """`to` is a file or, where there are colleagues to deal the texts out to, a folder.

    percent  share of the texts in the one copy, 1..100
    overlap  number of texts that every colleague gets
    """

    to: Path
    answers: bool = True
    percent: int = 100
    colleagues: tuple[str, ...] = ()
    overlap: int = 0


class SendDialog(QDialog):
    """`wanted` is the Sending, once it is known where to."""

    wanted = Signal(object)

    def __init__(self, look: Look, project: Path, parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Save a copy to send"))
        self._project = project
        px = look.theme.px
        self.setMinimumWidth(px(520))
        self.names = QLineEdit(placeholderText=self.tr("Leave empty for one copy"))
        self.share = QSpinBox(minimum=1, maximum=100, value=100, suffix=" %")
        self.overlap = QSpinBox(minimum=0, maximum=_MOST_IN_COMMON)
        self.answers = Tick(look, self.tr("With the answers given so far"))
        self.answers.setChecked(True)
        form = QFormLayout()
        form.setVerticalSpacing(px(10))
        form.setHorizontalSpacing(px(16))
        for title, widget in (
            (self.tr("Deal out to (names, with commas)"), self.names),
            (self.tr("Share of the texts"), self.share),
            (self.tr("Texts that all of them get"), self.overlap),
        ):
            widget.setAccessibleName(title)
            form.addRow(text_label(title), widget)
        self.names.textChanged.connect(self._refresh)
        buttons = QHBoxLayout()
        buttons.addStretch(1)
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.reject)
        save = QPushButton(self.tr("Save…"), default=True)
        save.setProperty("role", "primary")
        save.clicked.connect(self._choose)
        buttons.addWidget(cancel)
        buttons.addWidget(save)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(26), px(22), px(26), px(20))
        layout.setSpacing(px(14))
        layout.addWidget(text_label(self.tr("Save a copy to send"), "subtitle"))
        layout.addWidget(
            text_label(
                self.tr(
                    "With names, everybody gets a copy with a part of the texts. The texts that "
                    "all of them get show how far they agree."
                ),
                "muted",
                wrap=True,
            )
        )
        layout.addLayout(form)
        layout.addWidget(self.answers)
        layout.addLayout(buttons)
        self._refresh()

    def sending(self, to: Path) -> Sending:
        return Sending(
            to, self.answers.isChecked(), self.share.value(), self._names(), self.overlap.value()
        )

    def _names(self) -> tuple[str, ...]:
        return tuple(name.strip() for name in self.names.text().split(",") if name.strip())

    def _refresh(self) -> None:
        several = bool(self._names())
        self.share.setEnabled(not several)
        self.overlap.setEnabled(several)

    def _choose(self) -> None:
        to = self._folder() if self._names() else self._file()
        if to is not None:
            self.wanted.emit(self.sending(to))
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

    from al_desktop.project.sharing import Parcel
    from al_desktop.project.sharing import send as write

    parcel = Parcel(
        percent=100 if sending.colleagues else sending.percent,
        answers=sending.answers,
        colleagues=sending.colleagues,
        overlap=sending.overlap,
    )
    with ProjectFile.open_for_reading(project) as file:
        yield from write(file, sending.to, parcel, by, np.random.default_rng())
