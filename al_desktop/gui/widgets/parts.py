"""Small painted parts of the screens: plain text, chips, bars, dots."""

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
)
from PySide6.QtWidgets import QLabel, QSizePolicy, QWidget

from al_desktop.gui.widgets.theme import BOLD, Look, label_colours


def text_label(text: str = "", role: str = "", wrap: bool = False) -> QLabel:
    """A label for plain text; `role` picks its style. Text is never read as HTML."""
    label = QLabel(text)
    label.setTextFormat(Qt.TextFormat.PlainText)
    label.setProperty("role", role)
    label.setWordWrap(wrap)
    return label


class Chip(QWidget):
    """A label's name on its colour."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._text, self._colour, self._position = "", "", 0
        self.setSizePolicy(QSizePolicy.Policy.Fixed, QSizePolicy.Policy.Fixed)
        look.changed.connect(self._refresh)

    def show_label(self, name: str, colour: str, position: int) -> None:
        self._text, self._colour, self._position = name, colour, position
        self.setAccessibleName(name)
        self._refresh()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        metrics = QFontMetrics(theme.font(15, BOLD))
        width = min(metrics.horizontalAdvance(self._text), theme.px(320))
        return QSize(width + theme.px(28), metrics.height() + theme.px(10))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        ground, front = label_colours(self._colour, self._position, theme.colours.is_dark)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(ground))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.drawRoundedRect(QRectF(self.rect()), theme.px(7), theme.px(7))
            painter.setPen(QColor(front))
            font = theme.font(15, BOLD)
            painter.setFont(font)
            room = self.width() - theme.px(20)
            text = QFontMetrics(font).elidedText(self._text, Qt.TextElideMode.ElideRight, room)
            painter.drawText(self.rect(), Qt.AlignmentFlag.AlignCenter, text)

    def _refresh(self) -> None:
        self.updateGeometry()
        self.update()


class TallyBar(QWidget):
    """Accepted, rejected and ignored as parts of one bar."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._counts = (0, 0, 0)
        look.changed.connect(self._resize)
        self._resize()

    def show_counts(self, accepted: int, rejected: int, ignored: int) -> None:
        if (accepted, rejected, ignored) != self._counts:
            self._counts = (accepted, rejected, ignored)
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        colours = self._look.colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            radius = self.height() / 2
            painter.setBrush(QColor(colours.line))
            painter.drawRoundedRect(QRectF(self.rect()), radius, radius)
            total = sum(self._counts)
            if not total:
                return
            right = float(self.width())
            # From the back to the front, so that each part has a round end on the right only.
            for count, colour in zip(
                reversed(self._counts[:2]), (colours.reject, colours.accept), strict=True
            ):
                behind = sum(self._counts[:2]) if colour == colours.reject else self._counts[0]
                if count:
                    painter.setBrush(QColor(colour))
                    width = max(right * behind / total, self.height())
                    painter.drawRoundedRect(QRectF(0, 0, width, self.height()), radius, radius)

    def _resize(self) -> None:
        self.setFixedHeight(self._look.theme.px(8))


class Dot(QWidget):
    """A coloured dot beside words that say the same."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self._tone = "muted"
        look.changed.connect(self._resize)
        self._resize()

    def show_tone(self, tone: str) -> None:
        """`tone` is the name of a colour of the theme."""
        if tone != self._tone:
            self._tone = tone
            self.update()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(getattr(self._look.colours, self._tone)))
            painter.drawEllipse(QRectF(self.rect()).adjusted(1, 1, -1, -1))

    def _resize(self) -> None:
        self.setFixedSize(self._look.theme.px(10), self._look.theme.px(10))
