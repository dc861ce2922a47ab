"""Disagreements, settled one key each."""

from collections.abc import Iterator
from typing import TYPE_CHECKING

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from al_desktop.core.events import EventKind
from al_desktop.core.questions import Answer
from al_desktop.gui import words
from al_desktop.gui.annotate import source_line
from al_desktop.gui.button_row import ButtonRow
from al_desktop.gui.controls import Tick
from al_desktop.gui.parts import Chip, text_label
from al_desktop.gui.passage import Passage
from al_desktop.gui.theme import Look, label_colours
from al_desktop.gui.workbench import Workbench

if TYPE_CHECKING:
    from al_desktop.core.agreement import Disagreement


class Settle(QWidget):
    """Shows the disagreements that have no verdict, one after the other.

    commanded   the name of the command whose button was clicked
    """

    commanded = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._look = look
        self._bench: Workbench | None = None
        self._open: list[Disagreement] = []
        self.passage = Passage(look)
        self.row = ButtonRow(look)
        self.row.commanded.connect(self.commanded)
        self.buttons = self.row.buttons
        self.blind = Tick(look, self.tr("Hide who said what"))
        self.blind.setChecked(True)
        self.blind.setFocusPolicy(Qt.FocusPolicy.TabFocus)  # a click must not take Space
        self.blind.toggled.connect(self._show_current)
        self._column = QVBoxLayout(self)
        self._column.addLayout(self._build_question_line())
        self._column.addWidget(self._build_card(), 1)
        self._column.addWidget(self.row)
        look.changed.connect(self._resize)
        self._resize()

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
        for widget in (self._ask, self._chip, self._mark, self.passage):
            widget.setVisible(current is not None)
        self._empty.setVisible(current is None)
        if bench is None or current is None:
            self._left.setText("")
            self._source.setText("")
            self.said.hide()
            self.passage.clear_text()
            return
        question = current.question
        self._left.setText(self.tr("{0} left to settle").format(words.number(len(self._open))))
        has_span = question.start is not None and question.end is not None
        name, colour, position = bench.label_look(question.label)
        self._ask.setText(self.tr("Is this") if has_span else self.tr("Is this text about"))
        self._chip.show_label(name, colour, position)
        self.said.setText(who_said_what(current))
        self.said.setVisible(not self.blind.isChecked())
        text = bench.text(question.text_key)
        span = None
        if question.start is not None and question.end is not None:
            span = (question.start, question.end)
        colours = label_colours(colour, position, self._look.colours.is_dark)
        self.passage.show_text(text.content, span, colours)
        self._source.setText(source_line(text, words.translate("Annotate", "line {0}")))

    def _build_question_line(self) -> QHBoxLayout:
        self._ask = text_label("", "question")
        self._chip = Chip(self._look)
        self._mark = text_label("?", "question")
        self._left = text_label("", "muted")
        back = QPushButton(self.tr("Back to colleagues"))
        back.setProperty("role", "quiet")
        back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        back.clicked.connect(lambda: self.commanded.emit("screen.colleagues"))
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._ask)
        line.addWidget(self._chip)
        line.addWidget(self._mark)
        line.addStretch(1)
        line.addWidget(self._left)
        line.addWidget(self.blind)
        line.addWidget(back)
        return line

    def _build_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        self._card = QVBoxLayout(card)
        self.said = text_label("", "banner", wrap=True)
        self._empty = QWidget()
        empty = QVBoxLayout(self._empty)
        empty.addStretch(1)
        for words_, role in (
            (self.tr("All settled"), "subtitle"),
            (self.tr("There is no disagreement left."), "muted"),
        ):
            label = text_label(words_, role)
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            empty.addWidget(label)
        empty.addStretch(2)
        self._source = text_label("", "small")
        self._card.addWidget(self.said)
        self._card.addWidget(self._empty, 1)
        self._card.addWidget(self.passage, 1)
        self._card.addWidget(self._source)
        return card

    def _resize(self) -> None:
        px = self._look.theme.px
        self._column.setContentsMargins(px(34), px(24), px(34), px(20))
        self._column.setSpacing(px(16))
        self._card.setContentsMargins(px(35), px(28), px(24), px(16))
        self._card.setSpacing(px(12))
        self._show_current()


def who_said_what(disagreement: "Disagreement") -> str:
    """Such as "anna: accepted · ben: rejected"."""
    return "  ·  ".join(
        f"{name}: {words.answer(event.answer)}"
        for name, event in sorted(disagreement.answers.items())
    )
