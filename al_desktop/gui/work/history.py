"""The latest answers: a list beside the question, newest first, each one key or click to revise."""

from collections.abc import Callable

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    Qt,
)

from al_desktop.core.events import AnswerLog, Event
from al_desktop.gui.language import words

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
