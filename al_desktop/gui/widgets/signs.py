"""Painted signs for what was said about a question: the answer, and whether it is flagged."""

from PySide6.QtCore import QPointF, QRect, Qt
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen, QPolygonF
from PySide6.QtWidgets import QWidget

from al_desktop.core.questions import Answer
from al_desktop.gui.widgets.theme import Look


def draw_sign(painter: QPainter, look: Look, answer: Answer | None, inside: QRect) -> None:
    """A tick, a cross, a dash, or a marked line where a text was marked in full: shape says it
    as well as colour."""
    theme, colours = look.theme, look.colours
    size = theme.px(8)
    left, top = inside.left(), inside.center().y() - size // 2
    width = max(1.6, theme.px(2) * 0.95)
    cap = Qt.PenCapStyle.RoundCap
    pen = QPen(QColor(colours.muted), width, Qt.PenStyle.SolidLine, cap)
    if answer is Answer.ACCEPT:
        pen.setColor(QColor(colours.accept))
        painter.setPen(pen)
        middle = left + round(size * 0.38)
        painter.drawLine(left, top + size // 2 + 1, middle, top + size)
        painter.drawLine(middle, top + size, left + size + 1, top + 1)
    elif answer is Answer.REJECT:
        pen.setColor(QColor(colours.reject))
        painter.setPen(pen)
        painter.drawLine(left, top, left + size, top + size)
        painter.drawLine(left, top + size, left + size, top)
    elif answer is Answer.IGNORE:
        painter.setPen(pen)
        painter.drawLine(left, top + size // 2, left + size, top + size // 2)
    else:
        painter.fillRect(left - 1, top, size + 3, size + 1, QColor(colours.accent_soft))
        pen.setColor(QColor(colours.accent))
        painter.setPen(pen)
        painter.drawLine(left, top + size, left + size, top + size)


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
