"""Pairs of shares as bars: how much of what was labelled, and of all texts, a group makes up."""

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QSizePolicy, QWidget

from al_desktop.gui.widgets.theme import Look


@dataclass(frozen=True, slots=True)
class Pair:
    """Shares 0..1; `name` of the group."""

    name: str
    labelled: float
    pool: float


class ShareRows(QWidget):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._pairs: Sequence[Pair] = ()
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        look.changed.connect(self.updateGeometry)
        look.changed.connect(self.update)

    def show_pairs(self, title: str, pairs: Sequence[Pair]) -> None:
        self._pairs = pairs
        self.setVisible(bool(pairs))
        self.setAccessibleName(title)
        self.setAccessibleDescription(
            "; ".join(
                f"{each.name}: {_percent(each.labelled)} / {_percent(each.pool)}" for each in pairs
            )
        )
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        px = self._look.theme.px
        return QSize(px(420), px(30) * len(self._pairs))

    def minimumSizeHint(self) -> QSize:
        return QSize(self._look.theme.px(240), self.sizeHint().height())

    def paintEvent(self, event: QPaintEvent) -> None:
        theme, colours = self._look.theme, self._look.colours
        height = theme.px(30)
        names = min(theme.px(220), self.width() * 2 // 5)
        numbers = theme.px(96)
        most = max((max(each.labelled, each.pool) for each in self._pairs), default=1.0) or 1.0
        font = theme.font(12)
        metrics = QFontMetrics(font)
        room = max(1, self.width() - names - numbers - theme.px(16))
        middle = Qt.AlignmentFlag.AlignVCenter
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setFont(font)
            for row, each in enumerate(self._pairs):
                top = row * height
                painter.setPen(QColor(colours.text))
                name = metrics.elidedText(each.name, Qt.TextElideMode.ElideRight, names)
                painter.drawText(
                    QRectF(0, top, names, height), middle | Qt.AlignmentFlag.AlignLeft, name
                )
                painter.setPen(Qt.PenStyle.NoPen)
                left = names + theme.px(8)
                for place, (share, tone) in enumerate(
                    ((each.labelled, colours.accent), (each.pool, colours.muted))
                ):
                    painter.setBrush(QColor(tone))
                    bar = QRectF(
                        left,
                        top + theme.px(6) + place * theme.px(9),
                        max(1.0, room * share / most),
                        theme.px(7),
                    )
                    painter.drawRoundedRect(bar, theme.px(3), theme.px(3))
                painter.setPen(QColor(colours.muted))
                painter.drawText(
                    QRectF(self.width() - numbers, top, numbers, height),
                    middle | Qt.AlignmentFlag.AlignRight,
                    f"{_percent(each.labelled)} / {_percent(each.pool)}",
                )


def _percent(share: float) -> str:
    if 0 < share < 0.001:
        return "<0.1 %"
    return f"{100 * share:.0f} %" if share >= 0.1 or share == 0 else f"{100 * share:.1f} %"
