"""What is to become of the annotations that a file brings along."""

from collections.abc import Iterator, Mapping, Sequence

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from al_desktop.core.configuration import Label
from al_desktop.core.questions import Kind
from al_desktop.gui.language import words
from al_desktop.gui.widgets.controls import Choice
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.project.annotations import by_name

_FEW = 20
_MOST_SHOWN = 200
_ADD, _LEAVE = "+", ""


class AnnotationChoice(QWidget):
    """Answers, gold, an evaluation set or nothing; and which label of the project each label of
    the file is.

    `changed` when another way was chosen.
    """

    changed = Signal()

    def __init__(self, look: Look, labels: Sequence[Label] | None) -> None:
        """`labels` are those of the project; None where there is no project yet, and each label
        of the file becomes one."""
        super().__init__()
        self._look = look
        self._known = labels
        self._kind: Kind | None = None
        self._counts: dict[str, int] = {}
        self._has_chosen = False
        self._boxes: dict[str, Choice] = {}
        self._chosen: dict[str, str] = {}
        px = look.theme.px
        self._sentence = text_label("", wrap=True)
        self.way = Choice(look, self.tr("Annotations of the file"))
        self.way.fill(
            [
                (self.tr("Take each as an answer"), "answers"),
                (self.tr("Take all of a text as everything there is in it"), "gold"),
                (self.tr("Leave them out"), "none"),
                (
                    self.tr("Judge the model by them, and learn nothing from these texts"),
                    "evaluation",
                ),
            ],
            "answers",
        )
        self.way.activated.connect(self._choose)
        self.way.currentIndexChanged.connect(self._show)
        self._meaning = text_label("", "small", wrap=True)
        self._grid = QGridLayout()
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(px(14))
        self._grid.setVerticalSpacing(px(6))
        self._grid.setColumnStretch(2, 1)
        self._table = QWidget()
        self._table.setLayout(self._grid)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(px(8))
        for widget in (self._sentence, self.way, self._meaning, self._table):
            column.addWidget(widget)
        self.hide()

    def start_anew(self) -> None:
        """Another file: what was chosen for the last one is forgotten."""
        self._has_chosen = False
        self._chosen.clear()
        self.show_found({}, self._kind or Kind.SPANS)

    def show_found(self, counts: Mapping[tuple[Kind, str], int], kind: Kind) -> None:
        """`counts` are the file's annotations, of which those of this kind can be taken."""
        self._kind = kind
        own = {name: count for (about, name), count in counts.items() if about is kind}
        self.setVisible(bool(counts))
        self.way.setVisible(bool(own))
        self._meaning.setVisible(bool(own))
        others = sum(counts.values()) - sum(own.values())
        self._sentence.setText(_said(own, others, kind))
        if list(own) != list(self._counts):
            self._counts = own
            if not self._has_chosen:
                self.way.blockSignals(True)
                self.way.setCurrentIndex(0 if len(own) <= _FEW else 2)
                self.way.blockSignals(False)
            self._list_labels()
        else:
            self._counts = own
        self._show()

    @property
    def chosen(self) -> str:
        """One of `project.ANNOTATIONS`."""
        return self.way.value if self._counts else "none"

    @property
    def names(self) -> tuple[str, ...]:
        """Labels of the file that are to be taken over."""
        if self.chosen == "none":
            return ()
        return tuple(name for name in self._counts if self._target(name) != _LEAVE)

    def mapping(self) -> tuple[dict[str, str], tuple[Label, ...]]:
        """Keys of labels by their names in the file, "" where they are left out; and the labels
        that are new."""
        if self._known is None or self.chosen == "none":
            return {}, ()
        taken = {label.key for label in self._known}
        keys: dict[str, str] = {}
        new: list[Label] = []
        for name in self._counts:
            target = self._target(name)
            if target == _ADD:
                key = next(key for key in _keys(name) if key not in taken)
                taken.add(key)
                new.append(Label(key, name))
                target = key
            keys[name] = target
        return keys, tuple(new)

    def _target(self, name: str) -> str:
        if self._known is None:
            return _ADD
        if name in self._chosen:
            return self._chosen[name]
        found = by_name(self._known)
        label = found.get(name) or found.get(name.casefold())
        if label is not None:
            return label.key
        return _ADD if len(self._counts) <= _FEW else _LEAVE

    def _choose(self) -> None:
        self._has_chosen = True

    def _list_labels(self) -> None:
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.hide()
                widget.deleteLater()
        self._boxes.clear()
        if self._known is None:
            return
        for row, name in enumerate(list(self._counts)[:_MOST_SHOWN]):
            title = text_label(name, "strong")
            count = text_label("", "small")
            count.setText(words.number(self._counts[name]))
            count.setAlignment(Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter)
            box = Choice(self._look, self.tr("{0} becomes").format(name))
            box.fill(
                [
                    *((label.name, label.key) for label in self._known),
                    (self.tr("a new label"), _ADD),
                    (self.tr("left out"), _LEAVE),
                ],
                self._target(name),
            )
            box.currentIndexChanged.connect(lambda _, name=name: self._map(name))
            self._boxes[name] = box
            self._grid.addWidget(title, row, 0)
            self._grid.addWidget(count, row, 1)
            self._grid.addWidget(box, row, 2)

    def _map(self, name: str) -> None:
        self._chosen[name] = self._boxes[name].value
        self.changed.emit()

    def _show(self) -> None:
        way = self.chosen
        self._table.setVisible(bool(self._boxes) and way != "none")
        self._meaning.setText(
            {
                "answers": self.tr(
                    "As if you had answered each of these questions. Nothing is said about the "
                    "rest of a text."
                ),
                "evaluation": self.tr(
                    "Take only texts that are annotated in full, and chosen by chance from texts "
                    "like yours. They take the place of the random checks."
                ),
                "gold": self.tr(
                    "As if you had highlighted each text: what isn’t marked there is none of these "
                    "labels."
                ),
            }.get(way, self.tr("Only the texts come in."))
        )
        self.changed.emit()


def _said(own: Mapping[str, int], others: int, kind: Kind) -> str:
    sentences = []
    if own:
        names = ", ".join(
            f"{name} ({words.number(count)})"
            for name, count in sorted(own.items(), key=lambda item: -item[1])[:8]
        )
        if len(own) > 8:
            names += ", …"
        found = (
            words.translate("annotations", "Marked phrases in this file: {0}")
            if kind is Kind.SPANS
            else words.translate("annotations", "Labels of texts in this file: {0}")
        )
        sentences.append(found.format(names))
    if others:
        left = (
            words.translate(
                "annotations",
                "{0} labels of whole texts are left out: this project asks about phrases.",
            )
            if kind is Kind.SPANS
            else words.translate(
                "annotations",
                "{0} marked phrases are left out: this project asks about whole texts.",
            )
        )
        sentences.append(left.format(words.number(others)))
    return "\n".join(sentences)


def _keys(name: str) -> Iterator[str]:
    yield name
    number = 2
    while True:
        yield f"{name} {number}"
        number += 1
