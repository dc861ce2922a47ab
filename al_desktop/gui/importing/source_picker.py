"""Choosing texts: a file, a folder or what was pasted. How it is read can be corrected, and the
first rows show. The file is read in a process of its own."""

from pathlib import Path

from PySide6.QtCore import QLocale, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.questions import Kind
from al_desktop.gui.importing.annotation_choice import AnnotationChoice
from al_desktop.gui.importing.drop_place import DropPlace
from al_desktop.gui.importing.pasting import is_pasted, pasted
from al_desktop.gui.importing.preview_rows import PreviewRows
from al_desktop.gui.importing.way_of_reading import WayOfReading
from al_desktop.gui.language import words
from al_desktop.gui.widgets import file_dialogs
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.work.background_thread import BackgroundThread
from al_desktop.project.background import Ended
from al_desktop.project.preview import Preview, preview

_PATIENCE_MS = 250
_UNITS = QLocale.DataSizeFormat.DataSizeTraditionalFormat


class SourcePicker(QWidget):
    """changed    another file or another way of reading it was chosen, or more is known
    looked_at  the first rows of another file are there
    """

    changed = Signal()
    looked_at = Signal()

    def __init__(self, look: Look, annotations: AnnotationChoice) -> None:
        super().__init__()
        self._look = look
        self.annotations = annotations
        self.path: Path | None = None
        self.problem = ""
        self.preview: Preview | None = None
        self._kind = Kind.SPANS
        self._ticket = 0
        self.files = BackgroundThread.of(self)
        self.files.came.connect(self._take)
        self.files.ended.connect(self._end)
        px = look.theme.px
        self._empty = DropPlace(look)
        self.first = self._empty.first
        self._chosen = QWidget()
        self._file = text_label("", "strong")
        self._size = text_label("", "small")
        another = QPushButton(self.tr("Other texts…"))
        another.clicked.connect(self.ask)
        self.way = WayOfReading(look)
        self._build_chosen(another)
        self._preview = QFrame()
        self._preview.setObjectName("card")
        self._rows = PreviewRows(look)
        rows = QVBoxLayout(self._preview)
        rows.setContentsMargins(px(16), px(6), px(16), px(6))
        rows.addWidget(self._rows)
        self._state = text_label("", "small")
        self._problem = text_label("", "error", wrap=True)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(px(12))
        for widget in (
            self._empty,
            self._chosen,
            self._problem,
            self._preview,
            self._state,
            annotations,
        ):
            layout.addWidget(widget)
        self._slow = QTimer(self, singleShot=True, interval=_PATIENCE_MS)
        self._slow.timeout.connect(lambda: self._state.setText(self.tr("Reading…")))
        self._empty.file_wanted.connect(self.ask)
        self._empty.folder_wanted.connect(self.ask_folder)
        self._empty.paste_wanted.connect(self.paste)
        self.way.corrected.connect(self._read)
        annotations.changed.connect(self.changed)
        self._show()

    def set_kind(self, kind: Kind) -> None:
        """What the project asks about."""
        self._kind = kind
        if self.preview is not None:
            self.annotations.show_found(self.preview.labels, kind)

    def choose(self, path: Path) -> None:
        """Takes a file or a folder, guesses how it is to be read, and shows its first rows."""
        self.path = path
        self.way.start_anew()
        self.preview = None
        self.annotations.start_anew()
        self._read()

    def ask(self) -> None:
        chosen = file_dialogs.choose_texts(self)
        if chosen is not None:
            self.choose(chosen)

    def ask_folder(self) -> None:
        chosen = file_dialogs.choose_folder_of_texts(self)
        if chosen is not None:
            self.choose(chosen)

    def paste(self) -> None:
        """Takes the files or the text of the clipboard, if there are any."""
        path = pasted()
        if path is not None:
            self.choose(path)

    @property
    def is_ready(self) -> bool:
        """Whether the first rows are there, and among them a text."""
        return self.preview is not None and not self.problem

    def choices(self) -> dict[str, str]:
        """For `project.importing.Order`; empty values are left out."""
        return self.way.choices(with_labels=self.annotations.chosen != "none")

    def _build_chosen(self, another: QPushButton) -> None:
        px = self._look.theme.px
        top = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(px(2))
        names.addWidget(self._file)
        names.addWidget(self._size)
        top.addLayout(names, 1)
        top.addWidget(another)
        whole = QVBoxLayout(self._chosen)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(12))
        whole.addLayout(top)
        whole.addLayout(self.way)

    def _read(self) -> None:
        assert self.path is not None, "chosen before"
        self.problem = ""
        self._slow.start()
        self._ticket = self.files.do(preview, self.path, dict(self.way.own))
        self._show()
        self.changed.emit()

    def _take(self, ticket: int, found: object) -> None:
        if ticket == self._ticket and isinstance(found, Preview):
            self._slow.stop()
            is_first = self.preview is None
            self.preview = found
            self.way.show_found(found)
            self._show()
            self.annotations.show_found(found.labels, self._kind)
            self.changed.emit()
            if is_first:
                self.looked_at.emit()

    def _end(self, ended: Ended) -> None:
        if ended.ticket != self._ticket or ended.cancelled:
            return
        self._slow.stop()
        self.problem = ended.problem
        if self.preview is None:
            self.way.offer_formats()
        if not ended.problem and (self.preview is None or not self.preview.texts):
            self.problem = self.tr("There is no text in this file that can be read.")
        self._show()
        self.changed.emit()

    def _show(self) -> None:
        path, found = self.path, self.preview
        self._empty.setVisible(path is None)
        self._chosen.setVisible(path is not None)
        if path is not None:
            self._file.setText(self.tr("Pasted texts") if is_pasted(path) else path.name)
            self._size.setText(_size_of(path, found))
        self._problem.setText(self.problem)
        self._problem.setVisible(bool(self.problem))
        if found is not None and not self.problem:
            labels = list(dict.fromkeys(name for _, name in found.labels))
            self._rows.show_rows(found.rows, {name: at for at, name in enumerate(labels)})
        self._preview.setVisible(found is not None and bool(found.rows) and not self.problem)
        self._state.setText(_counted(found) if found is not None and not self.problem else "")
        self._state.setVisible(path is not None and not self.problem)


def _size_of(path: Path, found: Preview | None) -> str:
    """Such as "2.1 MB" or "12 files"."""
    if found is not None and found.files > 1:
        return words.translate("picker", "{0} files").format(words.number(found.files))
    try:
        size = path.stat().st_size if path.is_file() else 0
    except OSError:
        size = 0
    return QLocale().formattedDataSize(size, 1, _UNITS) if size else ""


def _counted(found: Preview) -> str:
    """How much there is, as far as it was looked through."""
    if not found.texts:
        return ""
    texts = words.texts(found.texts)
    said = texts if found.complete else words.translate("picker", "more than {0}").format(texts)
    if found.bad:
        bad = words.translate("picker", "{0} lines can’t be read").format(words.number(found.bad))
        said += " · " + bad
    return said
