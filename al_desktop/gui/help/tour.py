"""A tour in five steps, shown once on a sample project: a card beside what it speaks of."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QObject, QPoint, QRect, Qt, QTimer, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look


@dataclass(frozen=True, slots=True)
class Step:
    """A title and a sentence about the widget that `about` gives."""

    title: str
    sentence: str
    about: Callable[[], QWidget]


_LAID_OUT = (QEvent.Type.Resize, QEvent.Type.Move, QEvent.Type.Show, QEvent.Type.Hide)


class Frame(QWidget):
    """A line around what the tour speaks of; the mouse passes through."""

    def __init__(self, look: Look, parent: QWidget) -> None:
        super().__init__(parent)
        self._look = look
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(self._look.colours.accent), 3.0))
            painter.drawRoundedRect(self.rect().adjusted(2, 2, -2, -2), 12, 12)


class Tour(QFrame):
    """The window works as usual meanwhile. `ended` when it is over or skipped."""

    ended = Signal()

    def __init__(
        self, look: Look, steps: Sequence[Step], window: QWidget, keys: tuple[str, str]
    ) -> None:
        """`keys` that go on and skip, as they are shown."""
        super().__init__(window)
        self.setObjectName("tour")
        self.setAccessibleName(self.tr("Tour"))
        self._look = look
        self._steps = steps
        self._at = 0
        self._window = window
        self._frame = Frame(look, window)
        self._title = text_label("", "subtitle")
        self._sentence = text_label("", wrap=True)
        self._count = text_label("", "small")
        self._key, skip_key = keys
        skip = QPushButton(f"{self.tr('Skip')}  {skip_key}".strip())
        skip.setProperty("role", "quiet")
        skip.clicked.connect(self.end)
        self.next = QPushButton()
        self.next.setProperty("role", "primary")
        self.next.clicked.connect(self.go_on)
        for button in (skip, self.next):
            button.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self._column = layout = QVBoxLayout(self)
        layout.addWidget(self._title)
        layout.addWidget(self._sentence)
        row = QHBoxLayout()
        row.addWidget(self._count)
        row.addStretch(1)
        row.addWidget(skip)
        row.addWidget(self.next)
        layout.addLayout(row)
        look.changed.connect(self._resize)
        self._resize()
        self._about: QWidget | None = None
        self._afterwards = QTimer(self, singleShot=True, interval=0)
        self._afterwards.timeout.connect(self._place)
        window.installEventFilter(self)
        self._show()

    def _resize(self) -> None:
        px = self._look.theme.px
        self._column.setContentsMargins(px(20), px(18), px(20), px(16))
        self._column.setSpacing(px(8))
        self.setFixedWidth(px(380))

    def go_on(self) -> None:
        if self._at + 1 < len(self._steps):
            self._at += 1
            self._show()
        else:
            self.end()

    def end(self) -> None:
        self._window.removeEventFilter(self)
        if self._about is not None:
            self._about.removeEventFilter(self)
        self._frame.deleteLater()
        self.deleteLater()
        self.ended.emit()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        # What it speaks of may be laid out, or move, after the step began.
        if event.type() in _LAID_OUT:
            self._afterwards.start()
        return False

    def _watch(self, about: QWidget) -> None:
        if self._about is not None:
            self._about.removeEventFilter(self)
        self._about = about
        about.installEventFilter(self)

    def _show(self) -> None:
        step = self._steps[self._at]
        self._title.setText(step.title)
        self._sentence.setText(step.sentence)
        self._count.setText(self.tr("{0} of {1}").format(self._at + 1, len(self._steps)))
        last = self._at + 1 == len(self._steps)
        title = self.tr("Start") if last else self.tr("Next")
        self.next.setText(f"{title}  {self._key}".strip())
        self._watch(step.about())
        self.ensurePolished()
        self._place()
        self._frame.show()
        self.show()
        self.raise_()
        self._afterwards.start()

    def _place(self) -> None:
        """Inside what it speaks of, at its lower end, or else above it."""
        about = self._steps[self._at].about()
        for widget in (self, self._frame):  # not on another screen
            widget.setVisible(about.isVisible())
        area = QRect(about.mapTo(self._window, QPoint(0, 0)), about.size())
        self._frame.setGeometry(area.adjusted(-5, -5, 5, 5))
        self._frame.raise_()
        # The sentence wraps: its height follows from the width.
        self.resize(self.width(), self.heightForWidth(self.width()))
        gap = self._look.theme.px(16)
        left = min(max(gap, area.left()), self._window.width() - self.width() - gap)
        top = area.top() - self.height() - gap
        if top < gap:
            top = min(area.bottom() - self.height() - gap, self._window.height() - self.height())
            left = min(area.center().x() - self.width() // 2, left + area.width())
            left = min(max(gap, left), self._window.width() - self.width() - gap)
        self.move(left, max(gap, top))
