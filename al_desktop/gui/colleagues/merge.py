"""Copies that came back: what each would bring in, and taking them in."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QDialog,
    QHBoxLayout,
    QPlainTextEdit,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.errors import KnownError
from al_desktop.core.identifiers import uuid7
from al_desktop.gui.language import words
from al_desktop.gui.language.known import translated
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.widgets.work_dialog import WorkThread
from al_desktop.storage import ProjectFile
from al_desktop.storage.merge_description import Merge


@dataclass(frozen=True, slots=True)
class Copy:
    """What a file brings in, or the sentence on why it can't be merged."""

    path: Path
    coming: Merge | None
    refusal: str = ""

    @property
    def brings_something(self) -> bool:
        return self.coming is not None and not self.coming.is_empty


def preview(project: Path, sources: Sequence[Path]) -> Iterator[Copy]:
    """Of one after the other: what two of them share counts for the first. Changes nothing, and
    the project may be open."""
    with ProjectFile.open_for_reading(project) as file:
        for path, found in file.preview_merges(sources):
            if isinstance(found, KnownError):
                yield Copy(path, None, str(found))
            else:
                yield Copy(path, found)


def merge(
    project: Path, sources: Sequence[Path], stop: Callable[[], bool] = lambda: False
) -> Iterator[Copy]:
    """Takes them in, one a step; one that is refused, or under way when `stop` says so, changes
    nothing."""
    together = uuid7()
    with ProjectFile.open(project) as file:
        for path in sources:
            try:
                yield Copy(path, file.merge(path, stop, together))
            except KnownError as error:
                yield Copy(path, None, str(error))


def undo(project: Path) -> Iterator[str]:
    """Takes out the last merge; yields the names of the files that were merged."""
    with ProjectFile.open(project) as file:
        yield ", ".join(file.undo_merge())


class MergeDialog(QDialog):
    """Shows what the files would bring in; `wanted` is the list of those to merge."""

    wanted = Signal(object)

    def __init__(self, look: Look, project: Path, sources: Sequence[Path], parent: QWidget) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Merge copies"))
        px = look.theme.px
        self.setMinimumWidth(px(600))
        self._copies: list[Copy] = []
        self._title = text_label(self.tr("Looking into the files…"), "subtitle", wrap=True)
        self._bar = QProgressBar(textVisible=False, minimum=0, maximum=0)
        self._bar.setAccessibleName(self.tr("Looking into the files…"))
        self.preview = QPlainTextEdit(readOnly=True)
        self.preview.setAccessibleName(self.tr("What will come in"))
        self.preview.setMinimumHeight(px(200))
        self.merge = QPushButton(self.tr("Merge"))
        self.merge.setEnabled(False)
        self.merge.setProperty("role", "primary")
        self.merge.clicked.connect(self._merge)
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.reject)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(26), px(22), px(26), px(20))
        layout.setSpacing(px(12))
        for widget in (self._title, self._bar, self.preview):
            layout.addWidget(widget)
        row = QHBoxLayout()
        row.addStretch(1)
        row.addWidget(cancel)
        row.addWidget(self.merge)
        layout.addLayout(row)
        self._thread = WorkThread(lambda: preview(project, sources))
        self._thread.came.connect(self._show)
        self._thread.failed.connect(self.preview.appendPlainText)
        self._thread.finished.connect(self._finish)
        self._thread.start()

    def done(self, result: int) -> None:
        self._thread.cancel()
        self._thread.wait()
        super().done(result)

    def _show(self, copy: Copy) -> None:
        self._copies.append(copy)
        self.preview.appendPlainText(sentences(copy) + "\n")

    def _finish(self) -> None:
        self._bar.hide()
        number = sum(copy.brings_something for copy in self._copies)
        self.merge.setEnabled(number > 0)
        if number:
            self._title.setText(self.tr("This will come in"))
            self.merge.setDefault(True)
            self.merge.setFocus()
        else:
            self._title.setText(self.tr("There is nothing to merge"))

    def _merge(self) -> None:
        self.wanted.emit([copy.path for copy in self._copies if copy.brings_something])
        self.accept()


def sentences(copy: Copy) -> str:
    """What one file brings in, for the user; plain text of a few lines."""
    translate = words.translate
    coming = copy.coming
    if coming is None:
        return f"{copy.path.name}\n  {translated(copy.refusal)}"
    if coming.is_empty:
        return f"{copy.path.name}\n  " + translate("colleagues", "Nothing new.")
    lines = [copy.path.name, "  " + amounts(coming.texts, coming.events, coming.annotators)]
    lines.append(
        "  "
        + translate("colleagues", "Known already: {0} texts, {1} answers and corrections").format(
            words.number(coming.known_texts), words.number(coming.known_events)
        )
    )
    lines += (f"  {translated(change)}" for change in coming.labels)
    if coming.settings:
        lines.append("  " + translate("colleagues", "Later settings of the project"))
    if coming.metadata:
        lines.append("  " + translate("colleagues", "Other details of texts that are known"))
    return "\n".join(lines)


def amounts(texts: int, events: int, annotators: dict[str, int]) -> str:
    """Such as "5 texts, 12 answers and corrections (ben 12)"."""
    sentence = words.translate("colleagues", "{0}, {1} answers and corrections").format(
        words.texts(texts), words.number(events)
    )
    by = ", ".join(f"{name} {words.number(count)}" for name, count in annotators.items())
    return f"{sentence} ({by})" if by else sentence
