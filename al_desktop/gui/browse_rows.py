"""The rows of the browse screen: texts, read page by page, or answers."""

from array import array
from collections import OrderedDict
from collections.abc import Sequence

from PySide6.QtCore import QAbstractListModel, QModelIndex, QPersistentModelIndex, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter
from PySide6.QtWidgets import QStyle, QStyledItemDelegate, QStyleOptionViewItem, QWidget

from al_desktop.core.events import Event
from al_desktop.core.questions import Text
from al_desktop.gui import words
from al_desktop.gui.history import draw_sign
from al_desktop.gui.theme import Look
from al_desktop.gui.workbench import Workbench, excerpt_of
from al_desktop.storage.browse import texts_by_id

Index = QModelIndex | QPersistentModelIndex
TEXT, EVENT, WORDS, NOTE = (Qt.ItemDataRole.UserRole + step for step in range(4))
_PAGE = 200
_PAGES_KEPT = 40
_SHOWN = 300


class TextRows(QAbstractListModel):
    """Texts by row number; only pages that are looked at are read."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._ids: array[int] = array("q")
        self._pages: OrderedDict[int, dict[int, Text]] = OrderedDict()

    def shows(self, ids: "array[int]") -> bool:
        return self._ids == ids

    def show_ids(self, ids: "array[int]") -> None:
        self.beginResetModel()
        self._ids = ids
        self._pages.clear()
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._ids)

    def text(self, row: int) -> Text | None:
        """None where the text is gone."""
        number = row // _PAGE
        page = self._pages.get(number)
        if page is None:
            ids = self._ids[number * _PAGE : (number + 1) * _PAGE].tolist()
            page = texts_by_id(self._bench.project.file, ids)
            self._pages[number] = page
            if len(self._pages) > _PAGES_KEPT:
                self._pages.popitem(last=False)
        else:
            self._pages.move_to_end(number)
        return page.get(self._ids[row])

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if role not in (TEXT, WORDS, NOTE, Qt.ItemDataRole.DisplayRole):
            return None
        text = self.text(index.row())
        if text is None or role == TEXT:
            return text
        if role == NOTE:
            count = len(self._bench.answers_of(text.key))
            return words.answers(count) if count else ""
        return " ".join(text.content[:_SHOWN].split())


class AnswerRows(QAbstractListModel):
    """Answers in memory, the latest first."""

    def __init__(self, bench: Workbench) -> None:
        super().__init__()
        self._bench = bench
        self._events: Sequence[Event] = ()

    def show_events(self, events: Sequence[Event]) -> None:
        self.beginResetModel()
        self._events = events
        self.endResetModel()

    def replace(self, old: Event, new: Event | None) -> None:
        """Shows a revised answer in its place."""
        if new is not None and old in self._events:
            row = list(self._events).index(old)
            events = list(self._events)
            events[row] = new
            self._events = events
            self.dataChanged.emit(self.index(row), self.index(row))

    def event_at(self, row: int) -> Event:
        return self._events[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._events)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        event = self._events[index.row()]
        if role == EVENT:
            return event
        if role == TEXT:
            return self._bench.text(event.question.text_key)
        if role == NOTE:
            return self._bench.label_name(event.question.label)
        if role in (WORDS, Qt.ItemDataRole.DisplayRole):
            return excerpt_of(event.question, self._bench.text(event.question.text_key))
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return f"{index.data(WORDS)}, {index.data(NOTE)}, {words.answer(event.answer)}"
        return None


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
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft if chosen else colours.hover))
            painter.drawRoundedRect(option.rect.adjusted(0, 1, 0, -1), theme.px(6), theme.px(6))
        inside = option.rect.adjusted(theme.px(12), 0, -theme.px(12), 0)
        event = index.data(EVENT)
        if isinstance(event, Event):
            draw_sign(painter, self._look, event.answer, inside)
            inside.setLeft(inside.left() + theme.px(24))
        small, font = theme.font(11), theme.font(13)
        note = index.data(NOTE) or ""
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
