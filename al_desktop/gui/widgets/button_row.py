"""The row of big buttons below a text."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QEvent, QRectF, QSize, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QEnterEvent, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QHBoxLayout, QSizePolicy, QWidget

from al_desktop.core.questions import Answer
from al_desktop.gui.widgets.theme import BOLD, MEDIUM, Colours, Look

ANSWERS = (
    ("answer.accept", "accept", 3),
    ("answer.reject", "reject", 3),
    ("answer.ignore", "neutral", 2),
    ("answer.undo", "plain", 2),
)


COMMAND_OF = {
    Answer.ACCEPT: "answer.accept",
    Answer.REJECT: "answer.reject",
    Answer.IGNORE: "answer.ignore",
}
FLASH_MS = 110


class AnswerButton(QAbstractButton):
    """One of the big buttons below the text: a title and its key."""

    def __init__(self, look: Look, tone: str, parent: QWidget | None = None) -> None:
        """`tone` is "accept", "reject", "neutral" or "plain"."""
        super().__init__(parent)
        self._look = look
        self._tone = tone
        self._key = ""
        self._hovered = False
        self._flash = QTimer(self, singleShot=True, interval=FLASH_MS)
        self._flash.timeout.connect(self.update)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)

    def set_key(self, key: str) -> None:
        self._key = key
        self.update()

    def flash(self) -> None:
        """Shows for a moment that its key was pressed."""
        self._flash.start()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        width = QFontMetrics(theme.font(15, BOLD)).horizontalAdvance(self.text())
        width += QFontMetrics(theme.font(12)).horizontalAdvance(self._key)
        return QSize(width + theme.px(44), theme.px(52))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def enterEvent(self, event: QEnterEvent) -> None:
        self._hovered = True
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        self._hovered = False
        self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, colours = self._look.theme, self._look.colours
        front, ground = self._pair(colours)
        pressed = self.isDown() or self._flash.isActive()
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            if not self.isEnabled():
                front, ground = colours.muted, colours.window
                painter.setOpacity(0.65)
            painter.setBrush(QColor(ground))
            edge = colours.line if ground in (colours.window, colours.neutral_soft) else ground
            strong = self._hovered and self.isEnabled()
            painter.setPen(QPen(QColor(front if strong or pressed else edge), 1.0))
            if colours.window == "#000000":
                painter.setPen(QPen(QColor(front), 1.0))
            frame = QRectF(self.rect()).adjusted(2.5, 2.5, -2.5, -2.5)
            radius = theme.px(11)
            painter.drawRoundedRect(frame, radius, radius)
            if pressed:
                painter.setOpacity(0.18)
                painter.setBrush(QColor(front))
                painter.drawRoundedRect(frame, radius, radius)
                painter.setOpacity(1.0)
            self._draw_words(painter, front)
            if self.hasFocus():
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(colours.focus), 2.0))
                outline = QRectF(self.rect()).adjusted(1, 1, -1, -1)
                painter.drawRoundedRect(outline, radius + 1, radius + 1)

    def _pair(self, colours: Colours) -> tuple[str, str]:
        return {
            "accept": (colours.accept, colours.accept_soft),
            "reject": (colours.reject, colours.reject_soft),
            "neutral": (colours.neutral, colours.neutral_soft),
        }.get(self._tone, (colours.neutral, colours.window))

    def _draw_words(self, painter: QPainter, colour: str) -> None:
        theme = self._look.theme
        title_font, key_font = theme.font(15, BOLD), theme.font(12, MEDIUM)
        title_width = QFontMetrics(title_font).horizontalAdvance(self.text())
        key_width = QFontMetrics(key_font).horizontalAdvance(self._key)
        gap = theme.px(8)
        left = (self.width() - title_width - gap - key_width) / 2
        painter.setPen(QColor(colour))
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        title_left = left + (key_width + gap if mirrored else 0)
        key_left = left + (0 if mirrored else title_width + gap)
        painter.setFont(title_font)
        painter.drawText(QRectF(title_left, 0, title_width + 2, self.height()), middle, self.text())
        painter.setFont(key_font)
        painter.drawText(QRectF(key_left, 1, key_width + 2, self.height()), middle, self._key)


class ButtonRow(QWidget):
    """`commanded` is the name of the command whose button was clicked."""

    commanded = Signal(str)

    def __init__(self, look: Look, row: Sequence[tuple[str, str, int]] = ANSWERS) -> None:
        """Of each button the command, the tone and the share of the width."""
        super().__init__()
        self.buttons: dict[str, AnswerButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for name, tone, stretch in row:
            button = AnswerButton(look, tone)
            button.clicked.connect(lambda _=False, name=name: self.commanded.emit(name))
            self.buttons[name] = button
            layout.addWidget(button, stretch)

    def show_names(self, name_of: Callable[[str], tuple[str, str, str]]) -> None:
        """`name_of` gives title, shown key and tool tip of a command."""
        for name, button in self.buttons.items():
            title, key, tip = name_of(name)
            button.setText(title)
            button.set_key(key)
            button.setToolTip(tip)
            button.setAccessibleName(title)
            button.setAccessibleDescription(tip)

    def enable(self, is_possible: Callable[[str], bool]) -> None:
        """`is_possible` says whether a command has an effect now."""
        for name, button in self.buttons.items():
            button.setEnabled(is_possible(name))
