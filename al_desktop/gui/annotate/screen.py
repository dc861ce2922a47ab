"""The annotate screen: one question, its text, four buttons, and the panel beside them."""

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QHBoxLayout, QWidget

from al_desktop.core.events import Event
from al_desktop.core.questions import Answer, Asked, Question, Text
from al_desktop.gui.annotate.side_panel import SidePanel
from al_desktop.gui.language import words
from al_desktop.gui.widgets.button_row import COMMAND_OF, ButtonRow
from al_desktop.gui.widgets.layouts import ScreenGround
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.passage import Passage
from al_desktop.gui.widgets.question_parts import (
    LabelLook,
    Nothing,
    QuestionCard,
    QuestionLine,
    TextColumn,
    source_line,
    span_of,
)
from al_desktop.gui.widgets.theme import Look, label_colours


class Annotate(ScreenGround):
    """Shows a question, an earlier answer, or why there is nothing to show.

    commanded   the name of the command whose button was clicked
    """

    commanded = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._look = look
        self._label_look: LabelLook = lambda key: (key, "", 0)
        self._label_key = ""
        self._line = QuestionLine(look)
        self._why = text_label("", "muted")
        self._line.addWidget(self._why)
        self.passage = Passage(look)
        self.nothing = Nothing()
        self.panel = SidePanel(look)
        self.row = ButtonRow(look)
        self.row.commanded.connect(self.commanded)
        self.buttons = self.row.buttons
        column = TextColumn(look)
        column.addLayout(self._line)
        self.card = QuestionCard(look, self.passage, self.nothing)
        column.addWidget(self.card, 1)
        column.addWidget(self.row)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(column, 1)
        row.addWidget(self.panel)
        look.changed.connect(self._recolour)

    def set_labels(self, label_look: LabelLook) -> None:
        self._label_look = label_look

    def show_question(
        self, asked: Asked, text: Text, curve: tuple[float, float] | None = None
    ) -> None:
        """`curve` corrects the score that is shown, where there is one."""
        self._show(asked.question, text)
        few, sentence = words.why(asked.selection, curve)
        self._why.setText(few)
        self._why.setToolTip(sentence)
        self.card.notice.hide()

    def show_earlier(self, event: Event, text: Text, hint: str) -> None:
        """An answer given before, to be looked at or revised."""
        self._show(event.question, text)
        self._why.setText("")
        self._why.setToolTip("")
        self.card.notice.setText(hint)
        self.card.notice.show()

    def show_marked(self, text: Text, hint: str) -> None:
        """A text that was marked in full, to be looked at."""
        self._line.set_visible(False)
        self._why.setText("")
        self._why.setToolTip("")
        self.nothing.hide()
        self.passage.show()
        self.passage.show_text(text.content, None, ("", ""))
        self.card.source.setText(source_line(text))
        self.card.notice.setText(hint)
        self.card.notice.show()

    def show_flag(self, flagged: bool) -> None:
        self._line.flag.setVisible(flagged)

    def show_nothing(self, title: str, sentence: str) -> None:
        """In place of a question."""
        self._line.set_visible(False)
        self.card.notice.hide()
        self._why.setText("")
        self.card.source.setText("")
        self.passage.clear_text()
        self.passage.hide()
        self.nothing.say(title, sentence)

    def flash(self, answer: Answer) -> None:
        self.buttons[COMMAND_OF[answer]].flash()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a narrow window the question keeps the room it needs.
        self.panel.setVisible(self.width() >= self._look.theme.px(820))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(420), self._look.theme.px(320))

    def changeEvent(self, event: QEvent) -> None:
        if event.type() == QEvent.Type.LayoutDirectionChange:
            self.update()
        super().changeEvent(event)

    def _show(self, question: Question, text: Text) -> None:
        self._line.show_question(question, self._label_look)
        self.passage.show()
        self.nothing.hide()
        _, colour, position = self._label_look(question.label)
        colours = label_colours(colour, position, self._look.colours.is_dark)
        self.passage.show_text(text.content, span_of(question), colours)
        self._label_key = question.label
        self.card.source.setText(source_line(text))

    def _recolour(self) -> None:
        _, colour, position = self._label_look(self._label_key)
        self.passage.recolour(label_colours(colour, position, self._look.colours.is_dark))
