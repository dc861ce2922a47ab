"""Disagreements, settled one key each."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from al_desktop.core.events import EventKind
from al_desktop.core.questions import Answer, Question
from al_desktop.gui.language import words
from al_desktop.gui.widgets.button_row import ButtonRow
from al_desktop.gui.widgets.controls import Tick
from al_desktop.gui.widgets.layouts import ScreenGround
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.passage import Passage
from al_desktop.gui.widgets.question_parts import (
    Nothing,
    QuestionCard,
    QuestionLine,
    TextColumn,
    source_line,
    span_of,
)
from al_desktop.gui.widgets.theme import Look, label_colours
from al_desktop.gui.work.workbench import Workbench

if TYPE_CHECKING:
    from al_desktop.core.agreement import Disagreement


class Settle(ScreenGround):
    """Shows the disagreements that have no verdict, one after the other.

    commanded   the name of the command whose button was clicked
    """

    commanded = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._look = look
        self._bench: Workbench | None = None
        self._open: list[Disagreement] = []
        self.passage = Passage(look)
        self._empty = Nothing(self.tr("All settled"), self.tr("There is no disagreement left."))
        self._card = QuestionCard(look, self.passage, self._empty)
        self.said = self._card.notice
        self.row = ButtonRow(look)
        self.row.commanded.connect(self.commanded)
        self.buttons = self.row.buttons
        self.blind = Tick(look, self.tr("Hide who said what"))
        self.blind.setChecked(True)
        self.blind.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take Space
        self.blind.toggled.connect(self._show_current)
        column = TextColumn(look)
        column.addLayout(self._build_question_line())
        column.addWidget(self._card, 1)
        column.addWidget(self.row)
        self.setLayout(column)
        look.changed.connect(self._show_current)
        self._show_current()

    def attach(self, bench: Workbench | None) -> None:
        self._bench = bench
        self._open = []

    def begin(self) -> None:
        """Shows the first disagreement without a verdict."""
        self._open = list(self._unsettled())
        self._show_current()

    @property
    def current(self) -> "Disagreement | None":
        return self._open[0] if self._open else None

    @property
    def asked(self) -> tuple[Question, None] | None:
        """The question on screen, to be flagged."""
        return (self.current.question, None) if self.current is not None else None

    def show_flag(self) -> None:
        """Shows whether the question on screen is flagged."""
        log = self._bench.project.log if self._bench is not None else None
        current = self.current
        self._line.flag.setVisible(
            log is not None and current is not None and bool(log.flags(current.question.key))
        )

    @property
    def can_undo(self) -> bool:
        """Whether this annotator's last step was a verdict."""
        step = self._bench.project.session.to_undo if self._bench is not None else None
        return step is not None and step.kind is EventKind.SETTLE

    def settle(self, answer: Answer) -> None:
        if self._bench is not None and self.current is not None:
            self._bench.settle(self.current.question, answer)
            del self._open[0]
            self._show_current()

    def undo(self) -> None:
        """Takes the last verdict back, and asks again about what it settled."""
        if self._bench is None or not self.can_undo:
            return
        change = self._bench.undo()
        if change is None:
            return
        key = change.event.question.key
        # What was taken back comes first; it need not be the one before the current one.
        self._open = sorted(self._unsettled(), key=lambda each: each.question.key != key)
        self._show_current()

    def _unsettled(self) -> "Iterator[Disagreement]":
        from al_desktop.core.agreement import disagreements  # numpy: the window starts without

        if self._bench is not None:
            found = disagreements(self._bench.project.log)
            yield from (each for each in found if each.verdict is None)

    def _show_current(self) -> None:
        bench, current = self._bench, self.current
        self._line.set_visible(current is not None)
        self.passage.setVisible(current is not None)
        self._empty.setVisible(current is None)
        if bench is None or current is None:
            self._left.setText("")
            self._card.source.setText("")
            self.said.hide()
            self.passage.clear_text()
            return
        question = current.question
        self._left.setText(self.tr("{0} left to settle").format(words.number(len(self._open))))
        self._line.show_question(question, bench.label_look)
        self.show_flag()
        self.said.setText(who_said_what(current))
        self.said.setVisible(not self.blind.isChecked())
        text = bench.text(question.text_key)
        _, colour, position = bench.label_look(question.label)
        colours = label_colours(colour, position, self._look.colours.is_dark)
        self.passage.show_text(text.content, span_of(question), colours)
        self._card.source.setText(source_line(text))

    def _build_question_line(self) -> QuestionLine:
        self._left = text_label("", "muted")
        back = QPushButton(self.tr("Back to colleagues"))
        back.setProperty("role", "quiet")
        back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        back.clicked.connect(lambda: self.commanded.emit("screen.colleagues"))
        self._line = QuestionLine(self._look)
        for widget in (self._left, self.blind, back):
            self._line.addWidget(widget)
        return self._line


def who_said_what(disagreement: "Disagreement") -> str:
    """Such as "anna: accepted · ben: rejected"."""
    return "  ·  ".join(
        f"{name}: {words.answer(event.answer)}"
        for name, event in sorted(disagreement.answers.items())
    )
