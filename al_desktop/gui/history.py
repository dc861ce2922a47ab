"""The latest answers: a list beside the question, newest first, each one key or click to revise."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPen
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.questions import Answer
from al_desktop.gui import words
from al_desktop.gui.parts import draw_flag
from al_desktop.gui.theme import Look

LENGTH = 300
EVENT, EXCERPT, LABEL, FLAG = (Qt.ItemDataRole.UserRole + step for step in range(4))

Index = QModelIndex | QPersistentModelIndex


class HistoryModel(QAbstractListModel):
    """This annotator's latest live answers and texts marked in full, one row each, newest first."""

    def __init__(
        self,
        log: AnswerLog,
        annotator: str,
        excerpt: Callable[[Event], str],
        label: Callable[[str], str],
    ) -> None:
        """`excerpt` gives the words a row shows, `label` a label's name."""
        super().__init__()
        self._log = log
        self._annotator = annotator
        self._excerpt = excerpt
        self._label = label
        self._events = log.latest(annotator, LENGTH)
        self._keys = [event.question.key for event in self._events]

    def __len__(self) -> int:
        return len(self._events)

    def event_at(self, row: int) -> Event:
        return self._events[row]

    def row_of(self, question_key: str) -> int | None:
        """None where the answer to it isn't among the latest."""
        return self._keys.index(question_key) if question_key in self._keys else None

    def show_flag(self, question_key: str) -> None:
        """Takes in that this question was flagged, or its flag taken away."""
        row = self.row_of(question_key)
        if row is not None:
            self.dataChanged.emit(self.index(row), self.index(row))

    def take(self, question_key: str) -> None:
        """Takes in that the answer to this question was given, changed or taken back."""
        live = self._log.live_by_annotator(question_key).get(self._annotator)
        row = self.row_of(question_key)
        if row is None:
            if live is not None:
                self.beginInsertRows(QModelIndex(), 0, 0)
                self._events.insert(0, live)
                self._keys.insert(0, question_key)
                self.endInsertRows()
        elif live is None:
            self.beginRemoveRows(QModelIndex(), row, row)
            del self._events[row], self._keys[row]
            self.endRemoveRows()
        else:
            self._events[row] = live
            self.dataChanged.emit(self.index(row), self.index(row))

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._events)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        event = self._events[index.row()]
        if role == EVENT:
            return event
        if role == EXCERPT:
            return self._excerpt(event)
        if role == LABEL:
            return self._labels(event)
        if role == FLAG:
            return bool(self._log.flags(event.question.key))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            said = words.answer(event.answer) if event.answer else self.tr("marked in full")
            if self._log.flags(event.question.key):
                said += ", " + self.tr("flagged")
            return f"{said}: {self._excerpt(event)}, {self._labels(event)}"
        return None

    def _labels(self, event: Event) -> str:
        """The label asked about, or those that a text was marked with."""
        if event.gold is None:
            return self._label(event.question.label)
        marked = dict.fromkeys(span.label for span in event.gold.spans)
        return ", ".join(self._label(key) for key in marked) or self.tr("no label")


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
