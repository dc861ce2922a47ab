"""What the screens that show a question or a text have in common."""

from collections.abc import Callable

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QVBoxLayout, QWidget

from al_desktop.core.questions import Question, Text
from al_desktop.gui.language import words
from al_desktop.gui.widgets.parts import Chip, text_label
from al_desktop.gui.widgets.passage import Passage
from al_desktop.gui.widgets.signs import Flag
from al_desktop.gui.widgets.theme import Look

LabelLook = Callable[[str], tuple[str, str, int]]
"""Gives the name, colour and position of a label by its key."""

_SHOWN_META = 3


class QuestionLine(QHBoxLayout):
    """Such as "Is this [DISEASE] ?", with room for more at its end."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setSpacing(10)
        self._ask = text_label("", "question")
        self._chip = Chip(look)
        self._mark = text_label("?", "question")
        self.flag = Flag(look)
        self._shown = (self._ask, self._chip, self._mark)
        for widget in (*self._shown, self.flag):
            self.addWidget(widget)
        self.addStretch(1)

    def show_question(self, question: Question, label_look: LabelLook) -> None:
        has_span = span_of(question) is not None
        self._ask.setText(
            words.translate("question", "Is this")
            if has_span
            else words.translate("question", "Is this text about")
        )
        self._chip.show_label(*label_look(question.label))
        self.set_visible(True)

    def set_visible(self, visible: bool) -> None:
        for widget in self._shown:
            widget.setVisible(visible)
        if not visible:
            self.flag.hide()


class Nothing(QWidget):
    """In place of a text: why there is none."""

    def __init__(self, title: str = "", sentence: str = "") -> None:
        super().__init__()
        column = QVBoxLayout(self)
        self.title = text_label(title, "subtitle")
        self.sentence = text_label(sentence, "muted", wrap=True)
        column.addStretch(1)
        for label in (self.title, self.sentence):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addStretch(2)

    def say(self, title: str, sentence: str) -> None:
        self.title.setText(title)
        self.sentence.setText(sentence)
        self.show()


class QuestionCard(QFrame):
    """A card that holds a passage; a `notice` above it, where it is from (`source`) below, and in
    place of it why there is `nothing`."""

    def __init__(self, look: Look, passage: Passage, nothing: Nothing) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self.notice = text_label("", "banner", wrap=True)
        self.notice.hide()
        self.nothing = nothing
        self.source = text_label("", "small")
        self.column = QVBoxLayout(self)
        self.column.addWidget(self.notice)
        self.column.addWidget(nothing, 1)
        self.column.addWidget(passage, 1)
        self.column.addWidget(self.source)
        self._resize()
        look.changed.connect(self._resize)

    def _resize(self) -> None:
        px = self._look.theme.px
        self.column.setContentsMargins(px(35), px(28), px(24), px(16))
        self.column.setSpacing(px(12))


class TextColumn(QVBoxLayout):
    """The middle of a screen: what is asked, the card, the buttons."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._resize()
        look.changed.connect(self._resize)

    def _resize(self) -> None:
        px = self._look.theme.px
        self.setContentsMargins(px(34), px(24), px(34), px(20))
        self.setSpacing(px(16))


def span_of(question: Question) -> tuple[int, int] | None:
    """Start and end of what is asked about; None for the whole text."""
    if question.start is None or question.end is None:
        return None
    return question.start, question.end


def source_line(text: Text) -> str:
    """Where a text comes from: file, line, and a few of its properties."""
    parts = [text.source] if text.source else []
    if text.line:
        line = words.translate("question", "line {0}")
        parts.append(line.format(words.number(text.line)))
    for name, value in list(text.meta.items())[:_SHOWN_META]:
        if isinstance(value, str | int | float) and len(str(value)) <= 60:
            parts.append(f"{name} {value}")
    return "  ·  ".join(parts)
