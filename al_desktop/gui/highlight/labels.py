"""The labels to highlight with: each a button with its number key."""

from PySide6.QtCore import QRectF, QSize, Qt, Signal
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QAbstractButton, QWidget

from al_desktop.core.configuration import Label
from al_desktop.gui.highlight.flow import FlowLayout
from al_desktop.gui.language import words
from al_desktop.gui.widgets.theme import BOLD, MEDIUM, Look, label_colours

_WIDEST = 260
_SWATCH, _GAP, _EDGE = 16, 8, 10


class LabelButton(QAbstractButton):
    """Checked is the label in hand, or one chosen for the text. A tick says so besides the
    colour, a number how many marks there are."""

    def __init__(self, look: Look, label: Label, position: int, key: str) -> None:
        super().__init__()
        self._look = look
        self._label = label
        self._position = position
        self._key = key
        self._count = 0
        self.setCheckable(True)
        self.setText(label.name)
        self.setToolTip(label.description or label.name)
        self.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        look.changed.connect(self.updateGeometry)
        self._name()

    def show_state(self, is_checked: bool, count: int) -> None:
        self._count = count
        self.setChecked(is_checked)
        self._name()
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        theme = self._look.theme
        name = QFontMetrics(theme.font(14, BOLD)).horizontalAdvance(self._label.name)
        key = QFontMetrics(theme.font(12, MEDIUM)).horizontalAdvance(self._key)
        count = QFontMetrics(theme.font(12, MEDIUM)).horizontalAdvance(self._shown_count())
        words_width = sum(width + theme.px(_GAP) for width in (key, count) if width)
        width = min(name, theme.px(_WIDEST)) + words_width + theme.px(_EDGE * 2 + _SWATCH + _GAP)
        return QSize(width, theme.px(36))

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, colours = self._look.theme, self._look.colours
        ground, front = label_colours(self._label.colour, self._position, colours.is_dark)
        checked = self.isChecked()
        frame = QRectF(self.rect()).adjusted(1.5, 1.5, -1.5, -1.5)
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setBrush(QColor(ground if checked else colours.surface))
            edge = colours.text if checked or self.underMouse() else colours.line
            painter.setPen(QPen(QColor(edge), 1.6 if checked else 1.0))
            if self.hasFocus():
                painter.setPen(QPen(QColor(colours.focus), 2.5))
            painter.drawRoundedRect(frame, theme.px(8), theme.px(8))
            self._draw_words(painter, ground, front if checked else colours.text)

    def _draw_words(self, painter: QPainter, ground: str, front: str) -> None:
        """From the side where reading begins: a swatch with a tick, key, name, count."""
        theme, colours = self._look.theme, self._look.colours
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignHCenter
        small, bold = theme.font(12, MEDIUM), theme.font(14, BOLD)
        size = theme.px(_SWATCH)
        name_room = min(QFontMetrics(bold).horizontalAdvance(self._label.name), theme.px(_WIDEST))
        quiet = front if self.isChecked() else colours.muted
        pieces = (
            (self._key, small, quiet, QFontMetrics(small).horizontalAdvance(self._key)),
            (self._label.name, bold, front, name_room),
            (self._shown_count(), small, quiet, 0),
        )
        at = theme.px(_EDGE)
        box = QRectF(self._from(at, size, mirrored), (self.height() - size) / 2, size, size)
        painter.setPen(QPen(QColor(front), 1.0))
        painter.setBrush(QColor(colours.surface if self.isChecked() else ground))
        painter.drawRoundedRect(box, theme.px(4), theme.px(4))
        if self.isChecked():
            painter.setPen(QColor(colours.text))
            painter.setFont(theme.font(12, BOLD))
            painter.drawText(box, middle, "✓")
        at += size + theme.px(_GAP)
        for text, font, colour, room in pieces:
            metrics = QFontMetrics(font)
            width = room or metrics.horizontalAdvance(text)
            painter.setFont(font)
            painter.setPen(QColor(colour))
            shown = metrics.elidedText(text, Qt.TextElideMode.ElideRight, width + 1)
            place = QRectF(self._from(at, width + 2, mirrored), 0, width + 2, self.height())
            painter.drawText(place, middle, shown)
            at += width + theme.px(_GAP) if width else 0

    def _from(self, at: float, width: float, mirrored: bool) -> float:
        return self.width() - at - width if mirrored else at

    def _shown_count(self) -> str:
        return f"× {words.number(self._count)}" if self._count else ""

    def _name(self) -> None:
        name = f"{self._label.name}, {self._key}" if self._key else self._label.name
        self.setAccessibleName(f"{name}, {self._shown_count()}" if self._count else name)


class LabelRow(QWidget):
    """`chosen` is the position of the label that was clicked."""

    chosen = Signal(int)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._flow = FlowLayout(self)
        self._flow.setContentsMargins(0, 0, 0, 0)
        self.buttons: list[LabelButton] = []
        look.changed.connect(self._resize)
        self._resize()

    def show_labels(self, labels: tuple[Label, ...], keys: list[str]) -> None:
        """`keys` are the shown keys of the first labels; further ones have none."""
        for button in self.buttons:
            self._flow.removeWidget(button)
            button.deleteLater()
        self.buttons = []
        for position, label in enumerate(labels):
            key = keys[position] if position < len(keys) else ""
            button = LabelButton(self._look, label, position, key)
            button.clicked.connect(lambda _=False, position=position: self.chosen.emit(position))
            self.buttons.append(button)
            self._flow.addWidget(button)

    def _resize(self) -> None:
        self._flow.setSpacing(self._look.theme.px(8))
