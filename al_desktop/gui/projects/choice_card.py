"""A choice with a title and a sentence, one of several, as large as a card."""

from PySide6.QtCore import Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from al_desktop.gui.widgets.theme import BOLD, Look


class ChoiceCard(QAbstractButton):
    """A choice with a title and a sentence, one of several."""

    def __init__(self, look: Look, title: str, sentence: str) -> None:
        super().__init__()
        self._look = look
        self._sentence = sentence
        self.setText(title)
        self.setCheckable(True)
        self.setAccessibleName(title)
        self.setAccessibleDescription(sentence)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setMinimumHeight(look.theme.px(96))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, colours = self._look.theme, self._look.colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            chosen = self.isChecked()
            edge = colours.accent if chosen or self.hasFocus() else colours.line
            painter.setPen(QPen(QColor(edge), 2.0 if chosen or self.hasFocus() else 1.0))
            painter.setBrush(QColor(colours.accent_soft if chosen else colours.surface))
            frame = self.rect().adjusted(2, 2, -2, -2)
            painter.drawRoundedRect(frame, theme.px(12), theme.px(12))
            inside = frame.adjusted(theme.px(20), theme.px(16), -theme.px(20), -theme.px(12))
            painter.setPen(QColor(colours.text))
            painter.setFont(theme.font(16, BOLD))
            painter.drawText(inside, Qt.AlignmentFlag.AlignTop, self.text())
            inside.setTop(inside.top() + theme.px(30))
            painter.setFont(theme.font(13))
            painter.setPen(QColor(colours.muted))
            wrap = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignTop.value
            painter.drawText(inside, wrap, self._sentence)
