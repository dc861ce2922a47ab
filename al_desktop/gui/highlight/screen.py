"""The highlight screen: one text to mark in full, the labels above it, help beside it."""

from collections.abc import Sequence

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QScrollArea,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.questions import Kind, Text
from al_desktop.gui.highlight.labels import LabelRow
from al_desktop.gui.language import words
from al_desktop.gui.widgets.button_row import ButtonRow
from al_desktop.gui.widgets.controls import Tick
from al_desktop.gui.widgets.highlight_passage import MARKED_LINE_HEIGHT, HighlightPassage
from al_desktop.gui.widgets.layouts import ScreenGround
from al_desktop.gui.widgets.parts import Dot, text_label
from al_desktop.gui.widgets.question_parts import (
    Nothing,
    QuestionCard,
    TextColumn,
    source_line,
)
from al_desktop.gui.widgets.signs import Flag
from al_desktop.gui.widgets.theme import Look

_BUTTONS = (
    ("highlight.done", "accept", 3),
    ("highlight.skip", "neutral", 2),
    ("highlight.undo", "plain", 2),
)
ENOUGH_TEXTS = 3
"""After so many the screen points on to the questions."""


class Highlight(ScreenGround):
    """Shows a text and its marks, or why there is none.

    commanded   the name of the command whose button was clicked
    """

    commanded = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._look = look
        self.passage = HighlightPassage(look)
        self.labels = LabelRow(look)
        self.row = ButtonRow(look, _BUTTONS)
        self.row.commanded.connect(self.commanded)
        self.buttons = self.row.buttons
        self._card = self._build_card()
        column = TextColumn(look)
        self._ask = text_label("", "question", wrap=True)
        self.flag = Flag(look)
        line = QHBoxLayout()
        line.setSpacing(10)
        line.addWidget(self._ask, 1)
        line.addWidget(self.flag)
        column.addLayout(line)
        column.addWidget(self.labels)
        column.addWidget(self._card, 1)
        column.addWidget(self.row)
        row = QHBoxLayout(self)
        row.setContentsMargins(0, 0, 0, 0)
        row.setSpacing(0)
        row.addLayout(column, 1)
        row.addWidget(self._build_panel())
        look.changed.connect(self._resize)
        self._resize()

    def show_kind(self, kind: Kind) -> None:
        self._ask.setText(
            self.tr("Mark everything there is of these. What you leave unmarked is none of them.")
            if kind is Kind.SPANS
            else self.tr("What is this text about? Choose all that fit, or none.")
        )
        self.passage.line_height = MARKED_LINE_HEIGHT if kind is Kind.SPANS else None
        self.by_words.setVisible(kind is Kind.SPANS)
        self.suggesting.setVisible(kind is Kind.SPANS)

    def show_text(self, text: Text, hint: str = "") -> None:
        """A text to mark; `hint` says why it is shown where it was not drawn by lot."""
        self.nothing.hide()
        self.passage.show()
        self.passage.show_text(text.content, None, ("", ""))
        self._card.source.setText(source_line(text))
        self._card.notice.setText(hint)
        self._card.notice.setVisible(bool(hint))
        self.show_problem("")

    def show_nothing(self, title: str, sentence: str) -> None:
        """In place of a text."""
        self.passage.clear_text()
        self.passage.show_marks((), None)
        self.passage.hide()
        self._card.notice.hide()
        self._card.source.setText("")
        self.show_problem("")
        self.nothing.say(title, sentence)

    def show_problem(self, sentence: str) -> None:
        """Why the last key did nothing; "" clears it."""
        self._problem.setText(sentence)
        self._problem.setVisible(bool(sentence))
        self._card.source.setVisible(not sentence)

    def show_counts(self, highlighted: int, go_on_key: str) -> None:
        """How many texts have gold; `go_on_key` leads to the questions."""
        self._count.setText(words.number(highlighted))
        self._unit.setText(
            self.tr("text in full") if highlighted == 1 else self.tr("texts in full")
        )
        self._advice.setText(
            self.tr("The model learns from every text. A handful of texts gives it a start.")
            if highlighted < ENOUGH_TEXTS
            else self.tr(
                "The model has a start. Annotate ({0}) now asks about what it is least sure of; "
                "that is quicker than marking whole texts."
            ).format(go_on_key)
        )

    def show_model(self, tone: str, sentence: str) -> None:
        self._dot.show_tone(tone)
        self._state.setText(sentence)

    def show_keys(self, rows: Sequence[tuple[str, str]]) -> None:
        """Keys and what they do."""
        while (item := self._keys.takeAt(0)) is not None:
            if (widget := item.widget()) is not None:
                widget.deleteLater()
        for row, (key, meaning) in enumerate(rows):
            self._keys.addWidget(text_label(key, "strong"), row, 0)
            self._keys.addWidget(text_label(meaning, "small", wrap=True), row, 1)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        # In a small window the text keeps the room it needs.
        self._panel.setVisible(self.width() >= self._look.theme.px(820))
        self._ask.setVisible(self.height() >= self._look.theme.px(430))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(420), self._look.theme.px(320))

    def _build_card(self) -> QuestionCard:
        self.nothing = Nothing()
        self.nothing.hide()
        card = QuestionCard(self._look, self.passage, self.nothing)
        self._problem = text_label("", "error", wrap=True)
        self._problem.hide()
        card.column.insertWidget(card.column.indexOf(card.source), self._problem)
        return card

    def _build_panel(self) -> QWidget:
        self._panel = QScrollArea()
        self._panel.setObjectName("panel")
        self._panel.setWidgetResizable(True)
        self._panel.setFrameShape(QFrame.Shape.NoFrame)
        self._panel.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._panel.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        inside = QWidget()
        inside.setObjectName("panel")
        self._panel.setWidget(inside)
        self._side = QVBoxLayout(inside)
        self._count, self._unit = text_label("0", "number"), text_label("", "small")
        count = QHBoxLayout()
        count.setSpacing(5)
        for label in (self._count, self._unit):
            count.addWidget(label, 0, Qt.AlignmentFlag.AlignBaseline)
        count.addStretch(1)
        self._advice = text_label("", "small", wrap=True)
        self._dot = Dot(self._look)
        self._state = text_label("", "small", wrap=True)
        state = QHBoxLayout()
        state.setSpacing(8)
        state.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self._state, 1)
        self.by_words = Tick(self._look, self.tr("Whole words"))
        self.by_words.setChecked(True)
        self.suggesting = Tick(self._look, self.tr("Mark terms beforehand"))
        for tick, name in (
            (self.by_words, "highlight.words"),
            (self.suggesting, "highlight.terms"),
        ):
            tick.setFocusPolicy(Qt.FocusPolicy.TabFocus)
            tick.clicked.connect(lambda _=False, name=name: self.commanded.emit(name))
        self._keys = QGridLayout()
        self._keys.setColumnStretch(1, 1)
        self._side.addWidget(text_label(self.tr("HIGHLIGHTED"), "heading"))
        self._side.addLayout(count)
        self._side.addWidget(self._advice)
        self._side.addSpacing(14)
        self._side.addWidget(text_label(self.tr("MODEL"), "heading"))
        self._side.addLayout(state)
        self._side.addSpacing(14)
        self._side.addWidget(self.by_words)
        self._side.addWidget(self.suggesting)
        self._side.addSpacing(14)
        self._side.addWidget(text_label(self.tr("KEYS"), "heading"))
        self._side.addLayout(self._keys)
        self._side.addStretch(1)
        return self._panel

    def _resize(self) -> None:
        px = self._look.theme.px
        self._panel.setFixedWidth(px(300))
        self._side.setContentsMargins(px(22), px(26), px(14), px(16))
        self._side.setSpacing(px(8))
        self._keys.setHorizontalSpacing(px(12))
        self._keys.setVerticalSpacing(px(6))
        self.passage.recolour(("", ""))
