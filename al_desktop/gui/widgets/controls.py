"""A choice and a tick box, drawn to match the rest."""

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen, QPolygonF, QWheelEvent
from PySide6.QtWidgets import QCheckBox, QComboBox

from al_desktop.gui.widgets.theme import Look


class Choice(QComboBox):
    """One of several; the wheel passes over it rather than changing it unasked."""

    def __init__(self, look: Look, name: str) -> None:
        super().__init__()
        self._look = look
        self.setAccessibleName(name)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)

    def fill(self, entries: list[tuple[str, str]], chosen: str) -> None:
        """Titles and values, without a signal."""
        self.blockSignals(True)
        self.clear()
        for title, value in entries:
            self.addItem(title, value)
        self.setCurrentIndex(max(0, self.findData(chosen)))
        self.blockSignals(False)

    @property
    def value(self) -> str:
        return str(self.currentData() or "")

    def wheelEvent(self, event: QWheelEvent) -> None:
        event.ignore()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        px = self._look.theme.px
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        middle = QPointF(px(14) if mirrored else self.width() - px(14), self.height() / 2)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._look.colours.muted), 1.6))
            half = px(4)
            painter.drawPolyline(
                QPolygonF(
                    [
                        middle + QPointF(-half, -half / 2),
                        middle + QPointF(0, half / 2),
                        middle + QPointF(half, -half / 2),
                    ]
                )
            )


class Tick(QCheckBox):
    """A tick box with its words."""

    def __init__(self, look: Look, text: str) -> None:
        super().__init__(text)
        self._look = look
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        metrics = QFontMetrics(theme.font(13))
        width = metrics.horizontalAdvance(self.text()) + theme.px(34)
        return QSize(width, max(metrics.height(), theme.px(20)) + theme.px(6))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, colours = self._look.theme, self._look.colours
        size = theme.px(18)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        left = self.width() - size - 2 if mirrored else 2
        box = QRectF(left, (self.height() - size) / 2, size, size)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            ticked = self.isChecked()
            edge = colours.accent if ticked or self.hasFocus() else colours.muted
            painter.setPen(QPen(QColor(edge), 2.0 if self.hasFocus() else 1.2))
            painter.setBrush(QColor(colours.accent if ticked else colours.surface))
            painter.drawRoundedRect(box, theme.px(4), theme.px(4))
            if ticked:
                painter.setPen(
                    QPen(
                        QColor(colours.on_accent),
                        2.0,
                        Qt.PenStyle.SolidLine,
                        Qt.PenCapStyle.RoundCap,
                    )
                )
                corner = box.topLeft()
                painter.drawPolyline(
                    QPolygonF([corner + QPointF(size * x, size * y) for x, y in _TICK])
                )
            painter.setPen(QColor(colours.text))
            painter.setFont(theme.font(13))
            gap = size + theme.px(10)
            words = self.rect().adjusted(0 if mirrored else gap, 0, -gap if mirrored else 0, 0)
            side = Qt.AlignmentFlag.AlignRight if mirrored else Qt.AlignmentFlag.AlignLeft
            painter.drawText(words, Qt.AlignmentFlag.AlignVCenter | side, self.text())

    def hitButton(self, position: object) -> bool:
        return True


_TICK = ((0.24, 0.52), (0.43, 0.70), (0.76, 0.32))
