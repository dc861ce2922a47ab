"""Choosing texts: a file, a folder or what was pasted. How it is read can be corrected, and the
first rows show. The file is read in a process of its own."""

import atexit
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QLocale, QMimeData, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QGuiApplication, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QPushButton,
    QSizePolicy,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.questions import Kind
from al_desktop.formats import READERS
from al_desktop.gui.importing.annotation_choice import AnnotationChoice
from al_desktop.gui.importing.preview_rows import PreviewRows
from al_desktop.gui.language import words
from al_desktop.gui.language.known import translated
from al_desktop.gui.widgets import file_dialogs
from al_desktop.gui.widgets.controls import Choice
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.work.background_thread import BackgroundThread
from al_desktop.project.background import Ended
from al_desktop.project.preview import Preview, preview

_ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1", "shift_jis", "gb18030", "euc_kr", "koi8-r")
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
        self._own: dict[str, str] = {}
        self._ticket = 0
        self.files = BackgroundThread.of(self)
        self.files.came.connect(self._take)
        self.files.ended.connect(self._end)
        px = look.theme.px
        self._empty = _Dropping(look)
        self._build_empty()
        self._chosen = QWidget()
        self._file = text_label("", "strong")
        self._size = text_label("", "small")
        another = QPushButton(self.tr("Other texts…"))
        another.clicked.connect(self.ask)
        self.format = Choice(look, self.tr("Format"))
        self.encoding = Choice(look, self.tr("Encoding"))
        self.text = Choice(look, self.tr("Text is in"))
        self.label = Choice(look, self.tr("Label is in"))
        self._fields: dict[Choice, QWidget] = {}
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
        for field in self._fields.values():
            field.hide()
        for name, box in self._boxes().items():
            box.currentIndexChanged.connect(lambda _, name=name: self._correct(name))
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
        self._own.clear()
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

    def paste(self) -> bool:
        """Takes the files or the text of the clipboard, if there are any."""
        data: QMimeData = QGuiApplication.clipboard().mimeData()
        files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
        if files:
            self.choose(files[0])
        elif data.text().strip():
            self.choose(_keep(data.text()))
        return bool(files or data.text().strip())

    @property
    def is_ready(self) -> bool:
        """Whether the first rows are there, and among them a text."""
        return self.preview is not None and not self.problem

    def choices(self) -> dict[str, str]:
        """For `project.import_texts`; empty values are left out."""
        seen = self.preview
        if seen is None:
            return {}
        possible = READERS[seen.format].choices
        label = seen.label if self.annotations.chosen != "none" else ""
        wanted = {**self._own, "format": seen.format, "label": label}
        return {
            name: value
            for name, value in wanted.items()
            if value and (name in possible or name in ("format", "encoding"))
        }

    def _boxes(self) -> dict[str, Choice]:
        return {
            "format": self.format,
            "encoding": self.encoding,
            "text": self.text,
            "label": self.label,
        }

    def _build_empty(self) -> None:
        choose = QPushButton(self.tr("Choose a file…"))
        choose.clicked.connect(self.ask)
        folder = QPushButton(self.tr("A folder…"))
        folder.clicked.connect(self.ask_folder)
        paste = QPushButton(self.tr("Paste"))
        paste.clicked.connect(self.paste)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (choose, folder, paste):
            row.addWidget(button)
        row.addStretch(1)
        px = self._look.theme.px
        column = QVBoxLayout(self._empty)
        column.setContentsMargins(px(24), px(34), px(24), px(30))
        column.setSpacing(px(10))
        title = text_label(self.tr("Drop a file here"), "subtitle")
        known = text_label(
            self.tr(
                "Tables (CSV, TSV, Excel), JSON Lines, JSON, plain text, CoNLL, spaCy, brat, and "
                "what Prodigy, doccano and Label Studio export; also folders, .zip and .gz."
            ),
            "small",
            wrap=True,
        )
        for label in (title, known):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(px(6))
        column.addLayout(row)
        self.first = choose

    def _build_chosen(self, another: QPushButton) -> None:
        px = self._look.theme.px
        top = QHBoxLayout()
        names = QVBoxLayout()
        names.setSpacing(px(2))
        names.addWidget(self._file)
        names.addWidget(self._size)
        top.addLayout(names, 1)
        top.addWidget(another)
        row = QHBoxLayout()
        row.setSpacing(px(12))
        for box in self._boxes().values():
            field = self._fields[box] = QWidget()
            column = QVBoxLayout(field)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(4))
            column.addWidget(text_label(box.accessibleName(), "small"))
            column.addWidget(box)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            row.addWidget(field, 4 if box is self.format else 3)
        whole = QVBoxLayout(self._chosen)
        whole.setContentsMargins(0, 0, 0, 0)
        whole.setSpacing(px(12))
        whole.addLayout(top)
        whole.addLayout(row)

    def _correct(self, name: str) -> None:
        """Another choice; what is in which column is found out anew for another format."""
        value = self._boxes()[name].value
        if name == "format":
            self._own = {key: own for key, own in self._own.items() if key == "encoding"}
        if name == "text" and self.preview is not None:
            name = self._choice_of_text(self.preview.format) or name
        self._own[name] = value
        if name in ("format", "encoding") and not value:
            del self._own[name]
        self._read()

    def _read(self) -> None:
        assert self.path is not None, "chosen before"
        self.problem = ""
        self._slow.start()
        self._ticket = self.files.do(preview, self.path, dict(self._own))
        self._show()
        self.changed.emit()

    def _take(self, ticket: int, found: object) -> None:
        if ticket == self._ticket and isinstance(found, Preview):
            self._slow.stop()
            is_first = self.preview is None
            self.preview = found
            self._fill(found)
            self._show()
            self.annotations.show_found(found.labels, self._kind)
            self.changed.emit()
            if is_first:
                self.looked_at.emit()

    def _end(self, ended: Ended) -> None:
        if ended.ticket != self._ticket or ended.cancelled:
            return
        self._slow.stop()
        self.problem = translated(ended.problem)
        if self.preview is None:
            self._offer_formats()
        if not ended.problem and (self.preview is None or not self.preview.texts):
            self.problem = self.tr("There is no text in this file that can be read.")
        self._show()
        self.changed.emit()

    def _offer_formats(self) -> None:
        """Where nothing could be found out, the user may know better."""
        formats = [(each.name, name) for name, each in READERS.items()]
        self.format.fill([(self.tr("automatic"), ""), *formats], self._own.get("format", ""))
        encodings = [(name.upper(), name) for name in _ENCODINGS]
        chosen = self._own.get("encoding", "")
        self.encoding.fill([(self.tr("automatic"), ""), *encodings], chosen)
        for box, field in self._fields.items():
            field.setVisible(box in (self.format, self.encoding))

    def _fill(self, found: Preview) -> None:
        self.format.fill([(each.name, name) for name, each in READERS.items()], found.format)
        automatic = self.tr("automatic ({0})").format(found.encoding.upper())
        encodings = [(automatic, ""), *((name.upper(), name) for name in _ENCODINGS)]
        self.encoding.fill(encodings, self._own.get("encoding", ""))
        choice = self._choice_of_text(found.format)
        if choice == "unit":
            units = [
                (self.tr("each line"), "line"),
                (self.tr("each paragraph"), "paragraph"),
                (self.tr("the whole file"), "file"),
            ]
            self.text.fill(units, self._own.get("unit", "line"))
        else:
            names = [(_column_title(name), name) for name in found.columns.names]
            if not found.columns.text:
                names.insert(0, (self.tr("automatic"), ""))
            self.text.fill(names, self._own.get("text", found.columns.text))
        labels = [(_column_title(name), name) for name in found.columns.names]
        self.label.fill([(self.tr("no column"), ""), *labels], found.label)
        shown = {
            self.format: True,
            self.encoding: bool(found.encoding),
            self.text: bool(choice) and self.text.count() > 1,
            self.label: "label" in READERS[found.format].choices and bool(labels),
        }
        for box, is_shown in shown.items():
            self._fields[box].setVisible(is_shown)

    def _choice_of_text(self, format: str) -> str:  # noqa: A002
        """Which choice of the format says where the text is; "" where there is none."""
        possible = READERS[format].choices
        return next((each for each in ("text", "unit") if each in possible), "")

    def _show(self) -> None:
        path, found = self.path, self.preview
        self._empty.setVisible(path is None)
        self._chosen.setVisible(path is not None)
        if path is not None:
            self._file.setText(
                self.tr("Pasted texts") if path.parent == _pasting_folder() else path.name
            )
            self._size.setText(_size_of(path, found))
        self._problem.setText(self.problem)
        self._problem.setVisible(bool(self.problem))
        if found is not None and not self.problem:
            labels = list(dict.fromkeys(name for _, name in found.labels))
            self._rows.show_rows(found.rows, {name: at for at, name in enumerate(labels)})
        self._preview.setVisible(found is not None and bool(found.rows) and not self.problem)
        self._state.setText(_counted(found) if found is not None and not self.problem else "")
        self._state.setVisible(path is not None and not self.problem)


class _Dropping(QFrame):
    """A place with a dashed edge."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look

    def paintEvent(self, event: QPaintEvent) -> None:
        px, colours = self._look.theme.px, self._look.colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.muted), 1.2, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(colours.surface))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(12), px(12))


def _column_title(name: str) -> str:
    return words.translate("picker", "column {0}").format(name) if name.isdecimal() else name


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


@cache
def _pasting_folder() -> Path:
    """Lasts until the program ends: an import may still read from it after the picker is gone."""
    folder = TemporaryDirectory(prefix="al-desktop-pasted-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _keep(text: str) -> Path:
    """Pasted text as a file; its ending says what it looks like."""
    lines = [line for line in text.splitlines() if line.strip()]
    is_table = len(lines) > 1 and len({line.count("\t") for line in lines}) == 1
    ending = ".tsv" if is_table and "\t" in lines[0] else ".txt"
    if all(line.startswith("{") and line.endswith("}") for line in lines):
        ending = ".jsonl"
    number = len(list(_pasting_folder().iterdir())) + 1
    path = _pasting_folder() / f"pasted {number}{ending}"
    path.write_text(text, encoding="utf-8", errors="replace")
    return path
