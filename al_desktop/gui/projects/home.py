"""The first screen: recent projects, a new one, one to open, and a sample to try."""

from dataclasses import dataclass
from pathlib import Path

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    QTimer,
    Signal,
)
from PySide6.QtGui import QColor, QFontMetrics, QKeyEvent, QPainter
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QListView,
    QPushButton,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.errors import KnownError
from al_desktop.gui.language import words
from al_desktop.gui.widgets.layouts import ScreenGround
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import BOLD, Look
from al_desktop.storage.browse import Summary, summary

Index = QModelIndex | QPersistentModelIndex
RECENT = Qt.ItemDataRole.UserRole


@dataclass(frozen=True, slots=True)
class Recent:
    """A project opened before. `problem` says why there is no summary, once it was looked for."""

    path: Path
    opened_ms: int
    summary: Summary | None = None
    problem: str = ""

    @property
    def name(self) -> str:
        return self.summary.name if self.summary else self.path.stem


class RecentModel(QAbstractListModel):
    """Recent projects, the latest first. They are looked into one by one after they show."""

    def __init__(self) -> None:
        super().__init__()
        self._recent: list[Recent] = []
        self._timer = QTimer(self, interval=0)
        self._timer.timeout.connect(self._look_into_next)
        self._next = 0

    def show_projects(self, opened: dict[str, int]) -> None:
        """`opened` maps paths to Unix milliseconds."""
        self.beginResetModel()
        latest = sorted(opened.items(), key=lambda item: -item[1])
        self._recent = [Recent(Path(path), at_ms) for path, at_ms in latest]
        self.endResetModel()
        self._next = 0
        self._timer.start()

    def recent(self, row: int) -> Recent:
        return self._recent[row]

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self._recent)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        recent = self._recent[index.row()]
        if role == RECENT:
            return recent
        if role in (Qt.ItemDataRole.DisplayRole, Qt.ItemDataRole.AccessibleTextRole):
            return f"{recent.name}, {counts_of(recent)}"
        if role == Qt.ItemDataRole.ToolTipRole:
            return str(recent.path)
        return None

    def _look_into_next(self) -> None:
        if self._next >= len(self._recent):
            self._timer.stop()
            return
        old = self._recent[self._next]
        found, problem = None, ""
        if not old.path.exists():
            problem = self.tr("the file is missing")
        else:
            try:
                found = summary(old.path)
            except KnownError:
                problem = self.tr("can't be read")
        self._recent[self._next] = Recent(old.path, old.opened_ms, found, problem)
        self.dataChanged.emit(self.index(self._next), self.index(self._next))
        self._next += 1


def counts_of(recent: Recent) -> str:
    """How much there is in a project, or what is wrong with it."""
    if recent.summary is None:
        return recent.problem
    return f"{words.answers(recent.summary.answers)} · {words.texts(recent.summary.texts)}"


class _RowPainter(QStyledItemDelegate):
    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look

    def sizeHint(self, option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(0, self._look.theme.px(62))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        theme, colours = self._look.theme, self._look.colours
        recent: Recent = index.data(RECENT)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        frame = rect.adjusted(1, 1, -1, -1)
        if state & QStyle.StateFlag.State_Selected:
            focused = state & QStyle.StateFlag.State_HasFocus
            painter.setPen(QColor(colours.focus) if focused else Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.accent_soft))
            painter.drawRoundedRect(frame, theme.px(8), theme.px(8))
        elif state & QStyle.StateFlag.State_MouseOver:
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(colours.hover))
            painter.drawRoundedRect(frame, theme.px(8), theme.px(8))
        inside = rect.adjusted(theme.px(16), theme.px(9), -theme.px(16), -theme.px(9))
        upper, lower = QRect(inside), QRect(inside)
        upper.setHeight(inside.height() // 2)
        lower.setTop(upper.bottom() + 1)
        start = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        end = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
        small = theme.font(12)
        counts = counts_of(recent)
        painter.setFont(small)
        painter.setPen(QColor(colours.reject if recent.problem else colours.muted))
        painter.drawText(upper, end, counts)
        painter.setPen(QColor(colours.muted))
        opened = words.when(recent.opened_ms)
        painter.drawText(lower, end, opened)
        room = inside.width() - QFontMetrics(small).horizontalAdvance(opened) - theme.px(16)
        folder = _short(recent.path)
        painter.drawText(
            lower,
            start,
            QFontMetrics(small).elidedText(folder, Qt.TextElideMode.ElideMiddle, room),
        )
        name_font = theme.font(14, BOLD)
        painter.setFont(name_font)
        painter.setPen(QColor(colours.muted if recent.problem else colours.text))
        room = inside.width() - QFontMetrics(small).horizontalAdvance(counts) - theme.px(16)
        name = QFontMetrics(name_font).elidedText(recent.name, Qt.TextElideMode.ElideRight, room)
        painter.drawText(upper, start, name)
        painter.restore()


class RecentList(QListView):
    """`chosen` and `forgotten` say a row: Enter or a click, and Delete."""

    chosen = Signal(int)
    forgotten = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setAccessibleName(self.tr("Recent projects"))
        self.setItemDelegate(_RowPainter(look, self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setUniformItemSizes(True)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.clicked.connect(lambda index: self.chosen.emit(index.row()))
        look.changed.connect(self.doItemsLayout)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        row = self.currentIndex().row()
        if row >= 0 and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.chosen.emit(row)
        elif row >= 0 and event.key() == Qt.Key.Key_Delete:
            self.forgotten.emit(row)
        else:
            super().keyPressEvent(event)


class Home(ScreenGround):
    """`commanded` is a command's name; `chosen` and `forgotten` are paths of recent projects."""

    commanded = Signal(str)
    chosen = Signal(object)
    forgotten = Signal(object)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._model = RecentModel()
        self.list = RecentList(look)
        self.list.setModel(self._model)
        self.list.chosen.connect(lambda row: self.chosen.emit(self._model.recent(row).path))
        self.list.forgotten.connect(lambda row: self.forgotten.emit(self._model.recent(row).path))
        self._column = QWidget()
        column = QVBoxLayout(self._column)
        column.setContentsMargins(0, 0, 0, 0)
        column.addWidget(text_label("AL Desktop", "display"))
        column.addWidget(
            text_label(
                self.tr("One question, one key. The model learns as you answer."), "lead", wrap=True
            )
        )
        column.addSpacing(18)
        column.addLayout(self._build_actions())
        column.addSpacing(26)
        self._heading = text_label(self.tr("RECENT PROJECTS"), "heading")
        column.addWidget(self._heading)
        column.addWidget(self.list, 1)
        self._hint = text_label("", "muted", wrap=True)
        column.addWidget(self._hint)
        self._below = QWidget()
        column.addWidget(self._below, 1)
        row = QHBoxLayout(self)
        row.addStretch(1)
        row.addWidget(self._column, 100)
        row.addStretch(1)
        look.changed.connect(self._resize)
        self._resize()

    def show_recent(self, opened: dict[str, int]) -> None:
        self._model.show_projects(opened)
        self._heading.setVisible(bool(opened))
        self.list.setVisible(bool(opened))
        self._below.setVisible(not opened)
        self._hint.setText(
            ""
            if opened
            else self.tr(
                "Try a sample first: real texts about the countries of the world. Or make a "
                "project of your own; a file of texts dropped on this window starts one."
            )
        )
        if opened:
            self.list.setCurrentIndex(self._model.index(0))

    def take_focus(self) -> None:
        if self._model.rowCount():
            self.list.setFocus()
        else:
            self._new.setFocus()

    def _build_actions(self) -> QHBoxLayout:
        row = QHBoxLayout()
        row.setSpacing(10)
        self._new = QPushButton(self.tr("New project…"))
        self._new.setProperty("role", "primary")
        buttons = (
            (self._new, "project.new"),
            (QPushButton(self.tr("Open…")), "project.open"),
            (QPushButton(self.tr("Merge copies…")), "project.merge"),
            (QPushButton(self.tr("Sample: names")), "project.sample.spans"),
            (QPushButton(self.tr("Sample: topics")), "project.sample.texts"),
        )
        for button, command in buttons:
            button.clicked.connect(lambda _=False, command=command: self.commanded.emit(command))
            row.addWidget(button)
        row.addStretch(1)
        return row

    def _resize(self) -> None:
        px = self._look.theme.px
        self._column.setMaximumWidth(px(760))
        layout = self.layout()
        if layout is not None:
            layout.setContentsMargins(px(32), px(56), px(32), px(24))


def _short(path: Path) -> str:
    """The path with the user's folder as "~"."""
    try:
        return str(Path("~") / path.relative_to(Path.home()))
    except ValueError:
        return str(path)
