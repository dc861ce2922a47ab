"""The annotate screen: one question, its text, four buttons, and the panel beside them."""

from collections.abc import Callable

from PySide6.QtCore import QEvent, QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QVBoxLayout, QWidget

from al_desktop.core.events import Event
from al_desktop.core.questions import Answer, Asked, Question, Text
from al_desktop.gui import words
from al_desktop.gui.button_row import ButtonRow
from al_desktop.gui.parts import Chip, text_label
from al_desktop.gui.passage import Passage
from al_desktop.gui.side_panel import SidePanel
from al_desktop.gui.theme import Look, label_colours

_COMMAND_OF = {
    Answer.ACCEPT: "answer.accept",
    Answer.REJECT: "answer.reject",
    Answer.IGNORE: "answer.ignore",
}
_SHOWN_META = 3

LabelLook = Callable[[str], tuple[str, str, int]]


class Annotate(QWidget):
    """Shows a question, an earlier answer, or why there is nothing to show.

    commanded   the name of the command whose button was clicked
    """

    commanded = Signal(str)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._look = look
        self._label_look: LabelLook = lambda key: (key, "", 0)
        self._label_key = ""
        self.passage = Passage(look)
        self.panel = SidePanel(look)
        self.row = ButtonRow(look)
        self.row.commanded.connect(self.commanded)
        self.buttons = self.row.buttons
        self._column = QVBoxLayout()
        self._column.addLayout(self._build_question_line())
        self._column.addWidget(self._build_card(), 1)
        self._column.addWidget(self.row)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(self._column, 1)
        row.addWidget(self.panel)
        look.changed.connect(self._resize)
        self._resize()

    def set_labels(self, label_look: LabelLook) -> None:
        """`label_look` gives the name, colour and position of a label by its key."""
        self._label_look = label_look

    def show_question(self, asked: Asked, text: Text) -> None:
        self._show(asked.question, text)
        few, sentence = words.why(asked.selection)
        self._why.setText(few)
        self._why.setToolTip(sentence)
        self._notice.hide()

    def show_earlier(self, event: Event, text: Text, hint: str) -> None:
        """An answer given before, to be looked at or revised."""
        self._show(event.question, text)
        self._why.setText("")
        self._why.setToolTip("")
        self._notice.setText(hint)
        self._notice.show()

    def show_nothing(self, title: str, sentence: str) -> None:
        """In place of a question."""
        for widget in (self._ask, self._chip, self._mark, self._notice):
            widget.hide()
        self._why.setText("")
        self._source.setText("")
        self.passage.clear_text()
        self.passage.hide()
        self._empty_title.setText(title)
        self._empty_sentence.setText(sentence)
        self._empty.show()

    def flash(self, answer: Answer) -> None:
        self.buttons[_COMMAND_OF[answer]].flash()

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
        span = (
            None
            if question.start is None or question.end is None
            else (question.start, question.end)
        )
        name, colour, position = self._label_look(question.label)
        self._ask.setText(self.tr("Is this") if span is not None else self.tr("Is this text about"))
        self._chip.show_label(name, colour, position)
        for widget in (self._ask, self._chip, self._mark, self.passage):
            widget.show()
        self._empty.hide()
        colours = label_colours(colour, position, self._look.colours.is_dark)
        self.passage.show_text(text.content, span, colours)
        self._label_key = question.label
        self._source.setText(source_line(text, self.tr("line {0}")))

    def _build_question_line(self) -> QHBoxLayout:
        self._ask = text_label("", "question")
        self._chip = Chip(self._look)
        self._mark = text_label("?", "question")
        self._why = text_label("", "muted")
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._ask)
        line.addWidget(self._chip)
        line.addWidget(self._mark)
        line.addStretch(1)
        line.addWidget(self._why)
        self._question_line = line
        return line

    def _build_card(self) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        self._card = QVBoxLayout(card)
        self._notice = text_label("", "banner", wrap=True)
        self._notice.hide()
        self._empty = QWidget()
        empty = QVBoxLayout(self._empty)
        self._empty_title = text_label("", "subtitle")
        self._empty_sentence = text_label("", "muted", wrap=True)
        empty.addStretch(1)
        for label in (self._empty_title, self._empty_sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            empty.addWidget(label)
        empty.addStretch(2)
        self._source = QLabel()
        self._source.setTextFormat(Qt.TextFormat.PlainText)
        self._source.setProperty("role", "small")
        self._card.addWidget(self._notice)
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
        _, colour, position = self._label_look(self._label_key)
        self.passage.recolour(label_colours(colour, position, self._look.colours.is_dark))


def source_line(text: Text, line_words: str) -> str:
    """Where a text comes from: file, line, and a few of its properties."""
    parts = [text.source] if text.source else []
    if text.line:
        parts.append(line_words.format(words.number(text.line)))
    for name, value in list(text.meta.items())[:_SHOWN_META]:
        if isinstance(value, str | int | float) and len(str(value)) <= 60:
            parts.append(f"{name} {value}")
    return "  ·  ".join(parts)
