"""Small painted parts of the screens: chips, answer buttons, bars, dots."""

from PySide6.QtCore import QEvent, QPointF, QRect, QRectF, QSize, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QEnterEvent,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from al_desktop.gui.theme import BOLD, MEDIUM, Colours, Look, label_colours

FLASH_MS = 110


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


def draw_flag(painter: QPainter, look: Look, where: QRect) -> None:
    """A pole with a flag: to come back to."""
    colour = QColor(look.colours.warning)
    size = where.height()
    left, top = float(where.left()), float(where.top())
    pole = left + size * 0.2
    painter.setPen(QPen(colour, max(1.4, size * 0.12), c=Qt.PenCapStyle.RoundCap))
    painter.drawLine(QPointF(pole, top + size * 0.05), QPointF(pole, top + size * 0.95))
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(colour)
    painter.drawPolygon(
        QPolygonF(
            [
                QPointF(pole, top + size * 0.08),
                QPointF(left + size * 0.95, top + size * 0.34),
                QPointF(pole, top + size * 0.6),
            ]
        )
    )


class Flag(QWidget):
    """Shows that the question beside it is flagged."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._look = look
        self.setAccessibleName(self.tr("flagged"))
        self.setToolTip(self.tr("flagged"))
        look.changed.connect(self._resize)
        self._resize()
        self.hide()

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            draw_flag(painter, self._look, self.rect())

    def _resize(self) -> None:
        self.setFixedSize(self._look.theme.px(20), self._look.theme.px(20))


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
