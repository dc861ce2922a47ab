"""A new project in three steps: what to ask, which texts, which labels."""

from pathlib import Path

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QKeySequence
from PySide6.QtWidgets import (
    QButtonGroup,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QStackedWidget,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.configuration import Configuration
from al_desktop.core.questions import Kind
from al_desktop.formats import Record
from al_desktop.gui.importing.annotation_choice import AnnotationChoice
from al_desktop.gui.importing.source_picker import SourcePicker
from al_desktop.gui.projects.choice_card import ChoiceCard
from al_desktop.gui.projects.label_editor import LabelEditor, LabelRow
from al_desktop.gui.projects.starting_file import StartingFile
from al_desktop.gui.projects.starting_point import StartingPoint
from al_desktop.gui.projects.wanted import Wanted, file_for
from al_desktop.gui.widgets import file_dialogs
from al_desktop.gui.widgets.layouts import ScreenGround, scrolling
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.project.language import likely_language


class NewProject(ScreenGround):
    """`wanted` when all is said; `cancelled` when not."""

    wanted = Signal(object)
    cancelled = Signal()

    def __init__(self, look: Look, folder: Path) -> None:
        """`folder` is where projects are made unless the user says otherwise."""
        super().__init__()
        px = look.theme.px
        self._folder = folder
        self._step_words = text_label("", "muted")
        self._title = text_label("", "title")
        self._steps = QStackedWidget()
        self._titles = (
            self.tr("What do you want to ask about?"),
            self.tr("Which texts?"),
            self.tr("Which labels?"),
        )
        self.annotations = AnnotationChoice(look, None)
        self.picker = SourcePicker(look, self.annotations)
        self.labels = LabelEditor(look)
        self.start = StartingPoint(look)
        self.file = StartingFile(look, self.labels, lambda: self.start.language.value)
        self._name = QLineEdit()
        self._place = text_label("", "small", wrap=True)
        pages = (self._build_kinds(look), self.picker, self._build_labels(px(1)))
        for page, title in zip(pages, self._titles, strict=True):
            self._steps.addWidget(scrolling(_at_top(page, px(6)), title))
        self._back = QPushButton(self.tr("Back"))
        self._back.clicked.connect(self.go_back)
        self.next = QPushButton()
        self.next.setProperty("role", "primary")
        self.next.clicked.connect(self.go_on)
        self._missing = text_label("", "small")
        buttons = QHBoxLayout()
        buttons.addWidget(self._back)
        buttons.addStretch(1)
        buttons.addWidget(self._missing)
        buttons.addSpacing(px(8))
        buttons.addWidget(self.next)
        column = QWidget()
        column.setMaximumWidth(px(800))
        inner = QVBoxLayout(column)
        inner.setSpacing(px(10))
        for widget in (self._step_words, self._title):
            inner.addWidget(widget)
        inner.addSpacing(px(4))
        inner.addWidget(self._steps, 1)
        inner.addLayout(buttons)
        row = QHBoxLayout(self)
        row.setContentsMargins(px(32), px(32), px(32), px(20))
        row.addStretch(1)
        row.addWidget(column, 100)
        row.addStretch(1)
        self.picker.changed.connect(self._refresh)
        self.picker.looked_at.connect(self._go_on_next)
        self.labels.changed.connect(self._refresh)
        self._name.textChanged.connect(self._refresh)
        self._group.buttonClicked.connect(lambda: self.picker.set_kind(self.kind))
        self._show_step(0)

    @property
    def kind(self) -> Kind:
        return Kind.SPANS if self._spans.isChecked() else Kind.TEXTS

    def take_source(self, path: Path) -> None:
        """A file that was dropped on the window."""
        self.picker.choose(path)
        self._name.setText(_stem(path))

    def take_focus(self) -> None:
        step = self._steps.currentIndex()
        if step == 0:
            (self._spans if self._spans.isChecked() else self._texts).setFocus()
        elif step == 1:
            (self.picker.first if self.picker.path is None else self.next).setFocus()
        else:
            self.labels.take_focus()

    def go_back(self) -> None:
        step = self._steps.currentIndex()
        if step:
            self._show_step(step - 1)
        else:
            self.cancelled.emit()

    def go_on(self) -> None:
        step = self._steps.currentIndex()
        if not self.next.isEnabled():
            return
        if step < 2:
            self._show_step(step + 1)
        else:
            self.wanted.emit(self._made())

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            focus = self.focusWidget()
            if isinstance(focus, QPushButton | QToolButton) and focus is not self.next:
                focus.click()
            else:
                self.go_on()
        elif event.key() == Qt.Key.Key_Escape:
            self.go_back()
        elif event.matches(QKeySequence.StandardKey.Paste) and self._steps.currentIndex() == 1:
            self.picker.paste()
        else:
            super().keyPressEvent(event)

    def _made(self) -> Wanted:
        base = self.start.base.value if self.kind is Kind.SPANS else ""
        return Wanted(
            self._path(),
            Configuration(
                self.kind, self.labels.labels(), language=self.start.language.value, base=base
            ),
            self.picker.path,
            self.picker.choices(),
            self.annotations.chosen,
            self.start.highlights.isChecked(),
        )

    def _path(self) -> Path:
        return file_for(self._name.text().strip(), self._folder)

    def _build_kinds(self, look: Look) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        self._spans = ChoiceCard(
            look,
            self.tr("Names and phrases"),
            self.tr(
                "Each question shows a few words in a text: “Is this a DISEASE?” For named "
                "entities, product names, ingredients."
            ),
        )
        self._texts = ChoiceCard(
            look,
            self.tr("Topics of whole texts"),
            self.tr(
                "Each question shows a whole text: “Is this text about REFUNDS?” For intents, "
                "sentiment, relevance."
            ),
        )
        self._group = QButtonGroup(self)
        for card in (self._spans, self._texts):
            self._group.addButton(card)
            column.addWidget(card)
        self._spans.setChecked(True)
        return page

    def _build_labels(self, unit: int) -> QWidget:
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10 * unit)
        column.addWidget(self.labels)
        column.addWidget(self.file)
        column.addSpacing(10 * unit)
        column.addWidget(self.start)
        column.addSpacing(10 * unit)
        self._name.setAccessibleName(self.tr("Name of the project"))
        elsewhere = QPushButton(self.tr("Elsewhere…"))
        elsewhere.clicked.connect(self._choose_place)
        row = QHBoxLayout()
        row.addWidget(self._name, 1)
        row.addWidget(elsewhere)
        column.addWidget(text_label(self.tr("Name of the project"), "small"))
        column.addLayout(row)
        column.addWidget(self._place)
        self.labels.file_wanted.connect(self._start_from_file)
        return page

    def _start_from_file(self, row: LabelRow) -> None:
        chosen = file_dialogs.choose_starting_points(self)
        if chosen is not None:
            self.file.read(chosen, row)

    def _choose_place(self) -> None:
        chosen = file_dialogs.choose_new_project(self, self._path())
        if chosen is not None:
            self._folder = chosen.parent
            self._name.setText(chosen.stem)
            self._refresh()

    def _show_step(self, step: int) -> None:
        if step == 1:
            self.picker.set_kind(self.kind)
        if step == 2:
            self._begin_labels()
        self._steps.setCurrentIndex(step)
        self._title.setText(self._titles[step])
        self._step_words.setText(self.tr("Step {0} of 3").format(step + 1))
        self._back.setText(self.tr("Back") if step else self.tr("Cancel"))
        self._refresh()
        self.take_focus()

    def _go_on_next(self) -> None:
        if self._steps.currentIndex() == 1:
            self.next.setFocus()

    def _begin_labels(self) -> None:
        """What the texts told: their labels, their language, a name for the project."""
        self.labels.start_with(self.annotations.names)
        self.start.show_for_spans(self.kind is Kind.SPANS)
        rows = self.picker.preview.rows if self.picker.preview is not None else ()
        language = likely_language(row.content for row in rows if isinstance(row, Record))
        if language:
            self.start.set_language(language)
        if self.picker.path is not None and not self._name.text():
            self._name.setText(_stem(self.picker.path))

    def _refresh(self) -> None:
        step = self._steps.currentIndex()
        ready, missing = True, ""
        title = self.tr("Next")
        if step == 1:
            ready = self.picker.is_ready or self.picker.path is None
            if self.picker.path is None:
                title = self.tr("Add texts later")
        elif step == 2:
            title = self.tr("Make the project")
            missing = self.labels.problem
            if not missing and not self._name.text().strip():
                missing = self.tr("Name the project.")
            ready = not missing
            self._place.setText(str(self._path()) if self._name.text().strip() else "")
        self.next.setText(title)
        self.next.setEnabled(ready)
        self._missing.setText(missing)


def _stem(path: Path) -> str:
    """The file's name without its endings, such as ".jsonl.gz"."""
    return path.name.split(".")[0] or path.stem


def _at_top(widget: QWidget, gap: int) -> QWidget:
    page = QWidget()
    column = QVBoxLayout(page)
    column.setContentsMargins(2, 2, gap, 2)
    column.addWidget(widget)
    column.addStretch(1)
    return page
