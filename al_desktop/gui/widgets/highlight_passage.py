"""The text that is highlighted: its marks, the selection, and the mouse."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QPoint, QPointF, QRectF, Qt, Signal
from PySide6.QtGui import (
    QColor,
    QFontMetricsF,
    QMouseEvent,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QTextCursor,
)
from PySide6.QtWidgets import QApplication, QWidget

from al_desktop.gui.widgets.passage import Passage
from al_desktop.gui.widgets.theme import BOLD, Look, label_colours

MARKED_LINE_HEIGHT = 1.95
"""Leaves room for names below the marks."""
LONGEST = 200_000
"""Characters of a text that is laid out in full; who marks it should see all of it."""


@dataclass(frozen=True, slots=True)
class Mark:
    """A label's name, colour and position on code points `start` to `end`."""

    start: int
    end: int
    name: str
    colour: str
    position: int


class HighlightPassage(Passage):
    """Says what the mouse does; what is marked and selected is decided elsewhere.

    pressed    a code point: a selection begins there
    dragged    two code points, in order: the selection reaches from one to the other
    released   the mouse let go of a selection that was dragged
    doubled    a code point that was double-clicked
    """

    full_reach = LONGEST
    pressed = Signal(int)
    dragged = Signal(int, int)
    released = Signal()
    doubled = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(look, parent)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.NoTextInteraction)
        self.viewport().setCursor(Qt.CursorShape.IBeamCursor)
        self.line_height = MARKED_LINE_HEIGHT
        self._marks: Sequence[Mark] = ()
        self._drawn: list[tuple[Mark, list[QRectF]]] = []
        self._selection: tuple[int, int] | None = None
        self._dragged_from: int | None = None
        self._pressed_at = QPoint()
        self._is_dragging = False

    def show_text(
        self, content: str, span: tuple[int, int] | None, colours: tuple[str, str]
    ) -> None:
        self._marks, self._selection = (), None
        super().show_text(content, span, colours)

    def show_marks(self, marks: Sequence[Mark], selection: tuple[int, int] | None) -> None:
        """In order of place; the selection is outlined and brought into view."""
        self._marks = marks
        moved = selection != self._selection
        self._selection = selection
        if moved and not self._is_dragging:
            self._bring_into_view()
        self.viewport().update()

    def selected_source(self) -> str:
        return self._content[slice(*self._selection)] if self._selection else ""

    def vertical_neighbour(self, position: int, lines: int) -> int:
        """The code point below (or above, where `lines` is negative) this one."""
        cursor = QTextCursor(self.document())
        cursor.setPosition(self._shown.to_display(position - self._first))
        up, down = QTextCursor.MoveOperation.Up, QTextCursor.MoveOperation.Down
        cursor.movePosition(down if lines > 0 else up, n=abs(lines))
        return self._first + self._shown.to_source(cursor.position())

    def is_right_to_left(self, position: int) -> bool:
        """Whether the paragraph of this code point runs from right to left."""
        block = self.document().findBlock(self._shown.to_display(position - self._first))
        return bool(block.textDirection() is Qt.LayoutDirection.RightToLeft)

    # Painting

    def paintEvent(self, event: QPaintEvent) -> None:
        theme = self._look.theme
        offset = QPointF(0, -self.verticalScrollBar().value())
        visible = QRectF(self.viewport().rect())
        first, last = self._visible()
        self._drawn = drawn = [
            (mark, self._on_screen(mark.start, mark.end, offset))
            for mark in self._marks
            if mark.start <= last and first <= mark.end
        ]
        super().paintEvent(event)
        with QPainter(self.viewport()) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            for number, (mark, rects) in enumerate(drawn):
                if rects and rects[0].intersects(visible.adjusted(0, -rects[0].height(), 0, 0)):
                    following = drawn[number + 1][1] if number + 1 < len(drawn) else []
                    self._draw_name(painter, mark, rects[0], following[:1])
            if self._selection is not None:
                painter.setBrush(Qt.BrushStyle.NoBrush)
                painter.setPen(QPen(QColor(theme.colours.focus), max(2.0, theme.px(2))))
                for rect in self._on_screen(*self._selection, offset):
                    painter.drawRoundedRect(rect, theme.px(5), theme.px(5))

    def _paint_ground(self, painter: QPainter) -> None:
        theme = self._look.theme
        for mark, rects in self._drawn:
            ground, _ = label_colours(mark.colour, mark.position, theme.colours.is_dark)
            path = QPainterPath()
            path.setFillRule(Qt.FillRule.WindingFill)
            for rect in rects:
                path.addRoundedRect(rect, theme.px(5), theme.px(5))
            painter.fillPath(path, QColor(ground))

    def _visible(self) -> tuple[int, int]:
        """The first and the last code point of the lines that show."""
        lowest = self.viewport().rect().bottomLeft()
        reach = self.viewport().width()
        corners = [
            self._caret(at + QPoint(side, 0))
            for at in (QPoint(0, 0), lowest)
            for side in (0, reach)
        ]
        return min(corners), max(corners)

    def _on_screen(self, start: int, end: int, offset: QPointF) -> list[QRectF]:
        return [rect.translated(offset) for rect in self.rects(start, end)]

    def _draw_name(
        self, painter: QPainter, mark: Mark, rect: QRectF, following: Sequence[QRectF]
    ) -> None:
        """The label's name below its mark, as far as there is room before the next one."""
        theme = self._look.theme
        font = theme.font(11, BOLD)
        metrics = QFontMetricsF(font)
        mirrored = self.is_right_to_left(mark.start)
        end = float(self.viewport().width())
        for other in following:
            if abs(other.top() - rect.top()) < rect.height() / 2 and other.left() > rect.left():
                end = other.left() - theme.px(4)
        room = max(end - rect.left(), rect.width())
        name = metrics.elidedText(mark.name, Qt.TextElideMode.ElideRight, room)
        left = rect.right() - metrics.horizontalAdvance(name) if mirrored else rect.left()
        painter.setFont(font)
        painter.setPen(QColor(theme.colours.muted))
        painter.drawText(QPointF(left + theme.px(1), rect.bottom() + metrics.ascent()), name)

    def _lay_out(self) -> None:
        super()._lay_out()
        # Room for the outline above the first line, and for the names below the last one.
        frame = self.document().rootFrame()
        margins = frame.frameFormat()
        margins.setTopMargin(self._look.theme.px(8))
        margins.setBottomMargin(self._look.theme.px(22))
        frame.setFrameFormat(margins)

    def _centre_span(self) -> None:
        self._bring_into_view()

    def _bring_into_view(self) -> None:
        rects = self.rects(*self._selection) if self._selection else []
        if not rects:
            return
        bar, margin = self.verticalScrollBar(), self._look.theme.px(24)
        if rects[0].top() - margin < bar.value():
            bar.setValue(round(rects[0].top() - margin))
        elif rects[-1].bottom() + margin > bar.value() + self.viewport().height():
            bar.setValue(round(rects[-1].bottom() + margin - self.viewport().height()))

    # The mouse

    def mousePressEvent(self, event: QMouseEvent) -> None:
        if event.button() is Qt.MouseButton.LeftButton:
            self._pressed_at = event.position().toPoint()
            self._dragged_from = self._caret(self._pressed_at)
            self._is_dragging = False
            self.pressed.emit(self._character(self._pressed_at))

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        at = event.position().toPoint()
        if self._dragged_from is None:
            return
        far = (at - self._pressed_at).manhattanLength()
        if not self._is_dragging and far < QApplication.startDragDistance() // 2:
            return
        self._is_dragging = True
        self._scroll_towards(at.y())
        first, last = sorted((self._dragged_from, self._caret(at)))
        if first < last:
            self.dragged.emit(first, last)

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        if self._dragged_from is not None and self._is_dragging:
            self.released.emit()
        self._dragged_from = None
        self._is_dragging = False

    def mouseDoubleClickEvent(self, event: QMouseEvent) -> None:
        self.doubled.emit(self._character(event.position().toPoint()))

    def _scroll_towards(self, y: int) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + min(0, y) + max(0, y - self.viewport().height()))

    def _caret(self, at: QPoint) -> int:
        """The place between two characters that is nearest."""
        return self._first + self._shown.to_source(self.cursorForPosition(at).position())

    def _character(self, at: QPoint) -> int:
        """The code point under the mouse, or the nearest."""
        caret = self._caret(at)
        point = QPointF(at) + QPointF(0, self.verticalScrollBar().value())
        before = self.rects(caret - 1, caret) if caret > self._first else []
        inside = any(rect.contains(point) for rect in before)
        after = any(rect.contains(point) for rect in self.rects(caret, caret + 1))
        return caret - 1 if inside and not after else caret
