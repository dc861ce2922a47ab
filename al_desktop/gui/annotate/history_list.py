"""The latest answers: a list beside the question, newest first, each one key or click to revise."""

from PySide6.QtCore import QModelIndex, QRect, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from al_desktop.core.events import Event
from al_desktop.gui.widgets.signs import draw_flag, draw_sign
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.work.history import EVENT, EXCERPT, FLAG, LABEL, Index


class _RowPainter(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._look.theme.px(26))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, colours = self._look.theme, self._look.colours
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = state & QStyle.StateFlag.State_Selected
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft if chosen else colours.hover))
            painter.drawRoundedRect(rect, theme.px(6), theme.px(6))
        inside = rect.adjusted(theme.px(8), 0, -theme.px(8), 0)
        event: Event = index.data(EVENT)

        def placed(area: QRect) -> QRect:
            """Mirrored where the interface is."""
            return QStyle.visualRect(option.direction, rect, area)

        sign = QRect(inside.left(), inside.top(), theme.px(9), inside.height())
        draw_sign(painter, self._look, event.answer, placed(sign))
        inside.setLeft(inside.left() + theme.px(22))
        if index.data(FLAG):
            side = theme.px(13)
            inside.setRight(inside.right() - side - theme.px(4))
            top = inside.center().y() - side // 2
            flag = QRect(inside.right() + theme.px(6), top, side, side)
            draw_flag(painter, self._look, placed(flag))
        small = theme.font(11)
        label = QFontMetrics(small).elidedText(
            index.data(LABEL), Qt.TextElideMode.ElideRight, inside.width() // 2
        )
        left, right = Qt.AlignmentFlag.AlignLeft, Qt.AlignmentFlag.AlignRight
        mirrored = option.direction is Qt.LayoutDirection.RightToLeft
        start, end = (right, left) if mirrored else (left, right)
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignAbsolute
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        painter.drawText(placed(inside), middle | end, label)
        inside.setRight(inside.right() - QFontMetrics(small).horizontalAdvance(label) - theme.px(8))
        font = theme.font(13)
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        words = QFontMetrics(font).elidedText(
            index.data(EXCERPT), Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(placed(inside), middle | start, words)
        painter.restore()


class HistoryList(QListView):
    """`chosen` says the row that was clicked."""

    chosen = Signal(int)

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setAccessibleName(self.tr("Latest answers"))
        self.setItemDelegate(_RowPainter(look, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setUniformItemSizes(True)
        self.setMouseTracking(True)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setSelectionMode(QListView.SelectionMode.SingleSelection)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        look.changed.connect(self.doItemsLayout)

    def show_chosen(self, row: int | None) -> None:
        """Marks the row that is looked at; None for no row."""
        if row is None:
            self.clearSelection()
            self.setCurrentIndex(QModelIndex())
        else:
            self.setCurrentIndex(self.model().index(row, 0))
