"""How a file is read: its format and encoding, and where text and label are; found out, and
corrected."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QSizePolicy, QVBoxLayout, QWidget

from al_desktop.formats import READERS
from al_desktop.gui.language import words
from al_desktop.gui.widgets.controls import Choice
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.project.preview import Preview

_ENCODINGS = ("utf-8", "utf-16", "cp1252", "latin-1", "shift_jis", "gb18030", "euc_kr", "koi8-r")


class WayOfReading(QHBoxLayout):
    """A row of choices; shows only those that the file leaves open.

    corrected  another one was chosen: the file is to be read anew
    own        what the user chose, by the names that formats know
    """

    corrected = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        px = look.theme.px
        self.setSpacing(px(12))
        self.own: dict[str, str] = {}
        self._found: Preview | None = None
        self.format = Choice(look, self.tr("Format"))
        self.encoding = Choice(look, self.tr("Encoding"))
        self.text = Choice(look, self.tr("Text is in"))
        self.label = Choice(look, self.tr("Label is in"))
        self._boxes = {
            "format": self.format,
            "encoding": self.encoding,
            "text": self.text,
            "label": self.label,
        }
        self._fields: dict[Choice, QWidget] = {}
        for name, box in self._boxes.items():
            field = self._fields[box] = QWidget()
            column = QVBoxLayout(field)
            column.setContentsMargins(0, 0, 0, 0)
            column.setSpacing(px(4))
            column.addWidget(text_label(box.accessibleName(), "small"))
            column.addWidget(box)
            box.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
            box.currentIndexChanged.connect(lambda _, name=name: self._correct(name))
            field.hide()
            self.addWidget(field, 4 if box is self.format else 3)

    def start_anew(self) -> None:
        """For another file."""
        self.own.clear()
        self._found = None

    def choices(self, with_labels: bool) -> dict[str, str]:
        """For `project.importing.Order`; empty values are left out."""
        seen = self._found
        if seen is None:
            return {}
        possible = READERS[seen.format].choices
        wanted = {**self.own, "format": seen.format, "label": seen.label if with_labels else ""}
        return {
            name: value
            for name, value in wanted.items()
            if value and (name in possible or name in ("format", "encoding"))
        }

    def offer_formats(self) -> None:
        """Where nothing could be found out, the user may know better."""
        formats = [(each.name, name) for name, each in READERS.items()]
        self.format.fill([(self.tr("automatic"), ""), *formats], self.own.get("format", ""))
        self._fill_encodings(self.tr("automatic"))
        for box, field in self._fields.items():
            field.setVisible(box in (self.format, self.encoding))

    def show_found(self, found: Preview) -> None:
        self._found = found
        self.format.fill([(each.name, name) for name, each in READERS.items()], found.format)
        self._fill_encodings(self.tr("automatic ({0})").format(found.encoding.upper()))
        choice = _choice_of_text(found.format)
        if choice == "unit":
            units = [
                (self.tr("each line"), "line"),
                (self.tr("each paragraph"), "paragraph"),
                (self.tr("the whole file"), "file"),
            ]
            self.text.fill(units, self.own.get("unit", "line"))
        else:
            names = [(_column_title(name), name) for name in found.columns.names]
            if not found.columns.text:
                names.insert(0, (self.tr("automatic"), ""))
            self.text.fill(names, self.own.get("text", found.columns.text))
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

    def _fill_encodings(self, automatic: str) -> None:
        encodings = [(automatic, ""), *((name.upper(), name) for name in _ENCODINGS)]
        self.encoding.fill(encodings, self.own.get("encoding", ""))

    def _correct(self, name: str) -> None:
        """Another choice; what is in which column is found out anew for another format."""
        value = self._boxes[name].value
        if name == "format":
            self.own = {key: own for key, own in self.own.items() if key == "encoding"}
        if name == "text" and self._found is not None:
            name = _choice_of_text(self._found.format) or name
        self.own[name] = value
        if name in ("format", "encoding") and not value:
            del self.own[name]
        self.corrected.emit()


def _choice_of_text(format: str) -> str:  # noqa: A002
    """Which choice of the format says where the text is; "" where there is none."""
    possible = READERS[format].choices
    return next((each for each in ("text", "unit") if each in possible), "")


def _column_title(name: str) -> str:
    return words.translate("picker", "column {0}").format(name) if name.isdecimal() else name
