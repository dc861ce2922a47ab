"""Plots, painted: a library for them would bring numpy into the window's process."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from pathlib import Path

from PySide6.QtCore import QPointF, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QFontMetricsF,
    QImage,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QPolygonF,
)
from PySide6.QtSvg import QSvgGenerator
from PySide6.QtWidgets import QSizePolicy, QToolTip, QWidget

from al_desktop.gui.insights.figures import Point
from al_desktop.gui.widgets.theme import BOLD, Look


@dataclass(frozen=True, slots=True)
class Line:
    """Points joined by a line, with their intervals as a band; or as dots with whiskers."""

    points: Sequence[Point]
    tone: str = "accent"
    dots: bool = False


@dataclass(frozen=True, slots=True)
class Bar:
    """Parts put on each other; `tones` are their colours, `name` is written below or beside."""

    parts: Sequence[float]
    tones: Sequence[str]
    name: str


@dataclass(frozen=True, slots=True)
class Picture:
    """What a plot shows. With nothing in it, `empty` says why.

    x_range    left and right end; of bars their number
    y_range    lower and upper end
    y_percent  whether y is a share, written as per cent
    diagonal   whether a dashed line shows where y equals x
    """

    title: str
    note: str = ""
    empty: str = ""
    lines: Sequence[Line] = ()
    bars: Sequence[Bar] = ()
    x_range: tuple[float, float] = (0.0, 1.0)
    y_range: tuple[float, float] = (0.0, 1.0)
    x_words: str = ""
    y_percent: bool = False
    diagonal: bool = False
    facts: Sequence[str] = field(default_factory=tuple)

    @property
    def is_empty(self) -> bool:
        return not self.bars and not any(line.points for line in self.lines)


class Plot(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._picture = Picture("")
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Expanding)
        look.changed.connect(self.update)

    def show_picture(self, picture: Picture) -> None:
        if picture != self._picture:
            self._picture = picture
            self.setAccessibleName(picture.title)
            self.setAccessibleDescription(picture.empty if picture.is_empty else picture.note)
            self.update()

    def sizeHint(self) -> QSize:
        return QSize(self._look.theme.px(380), self._look.theme.px(240))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(260), self._look.theme.px(190))

    def save(self, path: Path) -> None:
        """As SVG or PNG, by the end of the file's name; PNG at twice the size on screen."""
        if path.suffix.lower() == ".svg":
            generator = QSvgGenerator()
            generator.setFileName(str(path))
            generator.setSize(self.size())
            generator.setViewBox(self.rect())
            generator.setTitle(self._picture.title)
            with QPainter(generator) as painter:
                self._paint(painter)
            return
        image = QImage(self.size() * 2, QImage.Format.Format_ARGB32_Premultiplied)
        image.setDevicePixelRatio(2.0)
        image.fill(QColor(self._look.colours.surface))
        with QPainter(image) as painter:
            self._paint(painter)
        if not image.save(str(path)):
            raise OSError(f"{path} can't be written")

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            self._paint(painter)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        said = self._at(event.position())
        if said:
            QToolTip.showText(event.globalPosition().toPoint(), said, self)
        else:
            QToolTip.hideText()

    def _paint(self, painter: QPainter) -> None:
        theme, colours, picture = self._look.theme, self._look.colours, self._picture
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        whole = QRectF(self.rect())
        painter.setPen(QColor(colours.text))
        painter.setFont(theme.font(14, BOLD))
        start = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignTop
        painter.drawText(whole, start, picture.title)
        painter.setFont(theme.font(12))
        painter.setPen(QColor(colours.muted))
        words = whole.adjusted(0, theme.px(22), -theme.px(56), 0)
        wrap = Qt.TextFlag.TextWordWrap.value | start.value
        area = self._area()
        if picture.is_empty:
            self._paint_empty(painter, area)
            return
        painter.drawText(words, wrap, picture.note)
        if picture.bars:
            self._paint_bars(painter, area)
            return
        self._paint_grid(painter, area)
        if picture.diagonal:
            painter.setPen(QPen(QColor(colours.muted), 1.0, Qt.PenStyle.DashLine))
            painter.drawLine(area.bottomLeft(), area.topRight())
        for line in picture.lines:
            self._paint_line(painter, area, line)

    def _paint_empty(self, painter: QPainter, area: QRectF) -> None:
        """The axes, and in their middle when something will show."""
        theme, colours = self._look.theme, self._look.colours
        painter.setPen(QPen(QColor(colours.line), 1.0, Qt.PenStyle.DashLine))
        for level in (area.top(), area.center().y(), area.bottom()):
            painter.drawLine(QPointF(area.left(), level), QPointF(area.right(), level))
        painter.setFont(theme.font(13))
        metrics = QFontMetricsF(theme.font(13))
        flags = Qt.TextFlag.TextWordWrap.value | Qt.AlignmentFlag.AlignCenter.value
        room = area.adjusted(theme.px(12), 0, -theme.px(12), 0)
        words = metrics.boundingRect(room, flags, self._picture.empty)
        painter.fillRect(words.adjusted(-8, -4, 8, 4), QColor(colours.surface))
        painter.setPen(QColor(colours.muted))
        painter.drawText(room, flags, self._picture.empty)

    def _area(self) -> QRectF:
        px = self._look.theme.px
        return QRectF(self.rect()).adjusted(px(40), px(64), -px(10), -px(26))

    def _to_screen(self, area: QRectF, x: float, y: float) -> QPointF:
        (left, right), (low, high) = self._picture.x_range, self._picture.y_range
        across = (x - left) / ((right - left) or 1.0)
        up = (y - low) / ((high - low) or 1.0)
        return QPointF(area.left() + across * area.width(), area.bottom() - up * area.height())

    def _paint_grid(self, painter: QPainter, area: QRectF) -> None:
        theme, colours, picture = self._look.theme, self._look.colours, self._picture
        low, high = picture.y_range
        painter.setFont(theme.font(11))
        for step in range(3):
            y = low + (high - low) * step / 2
            level = self._to_screen(area, picture.x_range[0], y).y()
            painter.setPen(QPen(QColor(colours.line), 1.0))
            painter.drawLine(QPointF(area.left(), level), QPointF(area.right(), level))
            painter.setPen(QColor(colours.muted))
            beside = QRectF(0, level - theme.px(8), area.left() - theme.px(8), theme.px(16))
            middle = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(beside, middle, self._y_words(y))
        below = QRectF(area.left(), area.bottom() + theme.px(6), area.width(), theme.px(18))
        left, right = picture.x_range
        if picture.diagonal:
            ends = ("0", "1")
        else:
            ends = (f"{left:.0f}", f"{right:.0f} {picture.x_words}".strip())
        painter.drawText(below, Qt.AlignmentFlag.AlignLeft, ends[0])
        painter.drawText(below, Qt.AlignmentFlag.AlignRight, ends[1])
        if picture.diagonal:
            painter.drawText(below, Qt.AlignmentFlag.AlignHCenter, picture.x_words)

    def _y_words(self, y: float) -> str:
        if self._picture.y_percent:
            return f"{100 * y:.0f} %"
        return f"{y:.0f}" if self._picture.y_range[1] > 2 else f"{y:.1f}"

    def _paint_line(self, painter: QPainter, area: QRectF, line: Line) -> None:
        colour = QColor(getattr(self._look.colours, line.tone))
        if line.dots:
            painter.setPen(QPen(colour, 1.6))
            for point in line.points:
                top = self._to_screen(area, point.x, point.high)
                painter.drawLine(top, self._to_screen(area, point.x, point.low))
            painter.setBrush(colour)
            painter.setPen(Qt.PenStyle.NoPen)
            for point in line.points:
                painter.drawEllipse(self._to_screen(area, point.x, point.y), 4.0, 4.0)
            return
        upper = [self._to_screen(area, point.x, point.high) for point in line.points]
        lower = [self._to_screen(area, point.x, point.low) for point in reversed(line.points)]
        band = QColor(colour)
        band.setAlphaF(0.16)
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(band)
        painter.drawPolygon(QPolygonF([*upper, *lower]))
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.setPen(QPen(colour, 2.0, Qt.PenStyle.SolidLine, Qt.PenCapStyle.RoundCap))
        path = QPolygonF([self._to_screen(area, point.x, point.y) for point in line.points])
        painter.drawPolyline(path)
        if len(line.points) == 1:
            painter.drawLine(upper[0], lower[0])
            painter.setBrush(colour)
            painter.drawEllipse(path.at(0), 3.0, 3.0)

    def _paint_bars(self, painter: QPainter, area: QRectF) -> None:
        theme, colours, picture = self._look.theme, self._look.colours, self._picture
        highest = max((sum(bar.parts) for bar in picture.bars), default=1.0) or 1.0
        room = area.adjusted(-theme.px(32), 0, 0, 0)
        width = room.width() / len(picture.bars)
        font = theme.font(11)
        painter.setFont(font)
        for number, bar in enumerate(picture.bars):
            left = room.left() + number * width
            bottom = room.bottom()
            for part, tone in zip(bar.parts, bar.tones, strict=True):
                height = room.height() * part / highest
                colour = getattr(colours, tone, tone)
                painter.fillRect(
                    QRectF(left + width * 0.16, bottom - height, width * 0.68, height),
                    QColor(colour),
                )
                bottom -= height
            total = QRectF(left, bottom - theme.px(18), width, theme.px(16))
            painter.setPen(QColor(colours.muted))
            centre = Qt.AlignmentFlag.AlignHCenter
            if sum(bar.parts):
                painter.drawText(total, centre, f"{sum(bar.parts):.0f}")
            below = QRectF(left, room.bottom() + theme.px(6), width, theme.px(18))
            name = QFontMetrics(font).elidedText(
                bar.name, Qt.TextElideMode.ElideRight, int(width - 4)
            )
            painter.drawText(below, centre, name)

    def _at(self, position: QPointF) -> str:
        """What is under the mouse, in words."""
        picture, area = self._picture, self._area()
        if picture.bars:
            room = area.adjusted(-self._look.theme.px(32), 0, 0, 0)
            number = int((position.x() - room.left()) / (room.width() / len(picture.bars)))
            if 0 <= number < len(picture.facts):
                return picture.facts[number]
            return ""
        points = [point for line in picture.lines for point in line.points]
        if not points or not area.adjusted(-8, -8, 8, 8).contains(position):
            return ""
        nearest = min(
            points,
            key=lambda point: abs(self._to_screen(area, point.x, point.y).x() - position.x()),
        )
        said = self._y_words(nearest.y)
        if nearest.high > nearest.low:
            said += f" ({self._y_words(nearest.low)} – {self._y_words(nearest.high)})"
        return said if picture.diagonal else f"{nearest.x:.0f}: {said}"
