"""The rows of the browse screen: texts, read page by page, or answers, marked texts and flags."""

from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QRect, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import (
    QHeaderView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QWidget,
)

from al_desktop.core.events import Event, EventKind
from al_desktop.gui.language import words
from al_desktop.gui.widgets.signs import draw_flag, draw_sign
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.work.workbench import Workbench, excerpt_of
from al_desktop.storage.browse import beginnings

Index = QModelIndex | QPersistentModelIndex
KEY, EVENT, WORDS, NOTE, FLAG = (Qt.ItemDataRole.UserRole + step for step in range(5))
_PAGE = 64
_PAGES_KEPT = 64
_SHOWN = 300
_ONE_LINE = str.maketrans("\n\t\r", "   ")


class TextRows(QAbstractListModel):
    """Texts by row number; only pages that are looked at are read."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._ids: Sequence[int] = range(0)
        self._pages: OrderedDict[int, dict[int, tuple[str, str]]] = OrderedDict()

    def shows(self, ids: Sequence[int]) -> bool:
        return type(self._ids) is type(ids) and self._ids == ids

    def show_ids(self, ids: Sequence[int]) -> None:
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def _row(self, row: int) -> tuple[str, str]:
        """Key and first words; empty where the text is gone."""
        number = row // _PAGE
        page = self._pages.get(number)
        if page is None:
            ids = list(self._ids[number * _PAGE : (number + 1) * _PAGE])
            page = self._pages[number] = beginnings(self._bench.project.file, ids, _SHOWN)
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(self._ids[row], ("", ""))

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role == WORDS:
            return self._row(index.row())[1].translate(_ONE_LINE)
        if role == KEY:
            return self._row(index.row())[0]
        if role == NOTE:
            count = len(self._bench.answers_of(self._row(index.row())[0]))
            return words.answers(count) if count else ""
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            note = self.data(index, NOTE)
            return f"{self.data(index, WORDS)}" + (f", {note}" if note else "")
        return None


class EventRows(QAbstractListModel):
    """Answers, marked texts and flags in memory, the latest first."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._events: list[Event] = []

    def show_events(self, events: list[Event]) -> None:
        self.beginResetModel()
        self._events = events
        self.endResetModel()

    def replace(self, row: int, event: Event) -> None:
        """Shows a revised answer in its place."""
        self._events[row] = event
        self.dataChanged.emit(self.index(row), self.index(row))

    def remove(self, row: int) -> None:
        self.beginRemoveRows(QModelIndex(), row, row)
        del self._events[row]
        self.endRemoveRows()

    def row_of(self, question_key: str) -> int:
        """-1 where it isn't listed."""
        for row, event in enumerate(self._events):
            if event.question.key == question_key:
                return row
        return -1

    def event_at(self, row: int) -> Event:
        return self._events[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._events)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        event = self._events[index.row()]
        if role == EVENT:
            return event
        if role == KEY:
            return event.question.text_key
        if role == FLAG:
            return event.kind is EventKind.FLAG or bool(
                self._bench.project.log.flags(event.question.key)
            )
        if role == NOTE:
            return labels_of(self._bench, event)
        if role == WORDS:
            return excerpt_of(event.question, self._bench.text(event.question.text_key))
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{said_of(event)}: {self.data(index, WORDS)}, {self.data(index, NOTE)}"
        return None


def labels_of(bench: Workbench, event: Event) -> str:
    """The label asked about, or those that a text was marked with."""
    if event.gold is None:
        return bench.label_name(event.question.label) if event.question.label else ""
    marked = dict.fromkeys(span.label for span in event.gold.spans)
    return ", ".join(bench.label_name(key) for key in marked)


def said_of(event: Event) -> str:
    """What the event says, in a word or two."""
    if event.kind is EventKind.FLAG:
        return words.translate("browse", "flagged")
    if event.gold is not None:
        return words.translate("browse", "marked in full")
    return words.answer(event.answer)


class Rows(QTableView):
    """A list with one line a row. A QListView would ask the model about each of a million rows
    before it shows any."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self.setItemDelegate(RowPainter(look, self))
        self.setFrameShape(QTableView.Shape.NoFrame)
        self.setShowGrid(False)
        # The painter draws the selection, with round corners.
        self.setStyleSheet("QTableView { selection-background-color: transparent; }")
        self.setTabKeyNavigation(False)
        self.setMouseTracking(True)
        self.setSelectionMode(QTableView.SelectionMode.SingleSelection)
        self.setVerticalScrollMode(QTableView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.horizontalHeader().hide()
        self.horizontalHeader().setStretchLastSection(True)
        self.verticalHeader().hide()
        self.verticalHeader().setSectionResizeMode(QHeaderView.ResizeMode.Fixed)
        look.changed.connect(self._resize)
        self._resize()

    def _resize(self) -> None:
        self.verticalHeader().setMinimumSectionSize(1)
        self.verticalHeader().setDefaultSectionSize(self._look.theme.px(34))


class RowPainter(QStyledItemDelegate):
    """One line a row: a sign for an answer, the words, a note at the end."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._look.theme.px(34))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, colours = self._look.theme, self._look.colours
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        chosen = state & QStyle.StateFlag.State_Selected
        if chosen or state & QStyle.StateFlag.State_MouseOver:
            focused = chosen and state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QColor(colours.focus) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft if chosen else colours.hover))
            painter.drawRoundedRect(option.rect.adjusted(1, 1, -1, -1), theme.px(6), theme.px(6))
        inside = option.rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
        event = index.data(EVENT)
        if isinstance(event, Event):
            side = theme.px(13)
            if event.kind is not EventKind.FLAG:
                draw_sign(painter, self._look, event.answer, inside)
            elif index.data(FLAG):
                top = inside.center().y() - side // 2
                draw_flag(painter, self._look, QRect(inside.left() - 2, top, side, side))
            if event.kind is not EventKind.FLAG and index.data(FLAG):
                inside.setRight(inside.right() - side - theme.px(6))
                top = inside.center().y() - side // 2
                place = QRect(inside.right() + theme.px(8), top, side, side)
                draw_flag(painter, self._look, place)
            inside.setLeft(inside.left() + theme.px(24))
        small, font = theme.font(11), theme.font(13)
        note = QFontMetrics(small).elidedText(
            index.data(NOTE) or "", Qt.TextElideMode.ElideRight, inside.width() // 2
        )
        middle = Qt.AlignmentFlag.AlignVCenter
        painter.setFont(small)
        painter.setPen(QColor(colours.muted))
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignRight, note)
        inside.setRight(inside.right() - QFontMetrics(small).horizontalAdvance(note) - theme.px(14))
        painter.setFont(font)
        painter.setPen(QColor(colours.text))
        line = QFontMetrics(font).elidedText(
            index.data(WORDS) or "", Qt.TextElideMode.ElideRight, inside.width()
        )
        painter.drawText(inside, middle | Qt.AlignmentFlag.AlignLeft, line)
        painter.restore()
