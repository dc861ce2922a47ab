"""The first texts of a file as they would be read, with what is marked in them."""

from PySide6.QtCore import QPointF, QRect, QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFontMetrics,
    QPainter,
    QPaintEvent,
    QTextCharFormat,
    QTextLayout,
    QTextOption,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from al_desktop.core.questions import Answer
from al_desktop.formats import Annotation, BadLine, Record
from al_desktop.gui.language import words
from al_desktop.gui.language.known import left_out, translated
from al_desktop.gui.widgets.theme import MEDIUM, Look, label_colours
from al_desktop.gui.widgets.visible import Shown, shown

_SHOWN = 300
_ROW = 30


class PreviewRows(QWidget):
    """A row a text: its line, the text, and its labels at the end."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._rows: tuple[Record | BadLine, ...] = ()
        self._labels: dict[str, int] = {}
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.setAccessibleName(self.tr("First rows"))
        look.changed.connect(self.updateGeometry)

    def show_rows(self, rows: tuple[Record | BadLine, ...], labels: dict[str, int]) -> None:
        """`labels` gives each label's position, which decides its colour."""
        self._rows, self._labels = rows, labels
        self.setAccessibleDescription("\n".join(map(_said, rows)))
        self.updateGeometry()
        self.update()

    def sizeHint(self) -> QSize:
        return QSize(0, len(self._rows) * self._look.theme.px(_ROW))

    def paintEvent(self, event: QPaintEvent) -> None:
        px = self._look.theme.px
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            numbers = self._width_of_numbers()
            for position, row in enumerate(self._rows):
                rect = QRect(0, position * px(_ROW), self.width(), px(_ROW))
                if not rect.intersects(event.rect()):
                    continue
                if position:
                    painter.setPen(QColor(self._look.colours.line))
                    painter.drawLine(rect.topLeft(), rect.topRight())
                self._draw_number(painter, rect, row.line, numbers)
                rect.setLeft(numbers + px(14))
                if isinstance(row, BadLine):
                    self._draw_bad(painter, rect, row)
                else:
                    rect.setRight(self._draw_labels(painter, rect, row))
                    self._draw_text(painter, rect, row)

    def _width_of_numbers(self) -> int:
        font = self._look.theme.font(11)
        longest = max((len(str(row.line)) for row in self._rows), default=1)
        return QFontMetrics(font).horizontalAdvance("0" * max(3, longest))

    def _draw_number(self, painter: QPainter, rect: QRect, line: int, width: int) -> None:
        if line:
            painter.setFont(self._look.theme.font(11))
            painter.setPen(QColor(self._look.colours.muted))
            box = QRect(0, rect.top(), width, rect.height())
            middle = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignRight
            painter.drawText(box, middle, str(line))

    def _draw_bad(self, painter: QPainter, rect: QRect, row: BadLine) -> None:
        font = self._look.theme.font(13)
        painter.setFont(font)
        painter.setPen(QColor(self._look.colours.reject))
        sentence = "✕  " + words.translate("preview", "left out: {0}").format(
            translated(row.reason)
        )
        sentence = QFontMetrics(font).elidedText(
            sentence, Qt.TextElideMode.ElideRight, rect.width()
        )
        painter.drawText(rect, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, sentence)

    def _draw_labels(self, painter: QPainter, rect: QRect, row: Record) -> int:
        """Labels of the whole text, from the right; where they begin."""
        px, font = self._look.theme.px, self._look.theme.font(11, MEDIUM)
        painter.setFont(font)
        right = rect.right()
        for each in row.annotations:
            if each.start is not None or each.answer is not Answer.ACCEPT:
                continue
            name = QFontMetrics(font).elidedText(each.label, Qt.TextElideMode.ElideRight, px(160))
            width = QFontMetrics(font).horizontalAdvance(name) + px(14)
            if right - width < rect.left() + rect.width() // 2:
                break
            ground, front = self._colours(each)
            chip = QRectF(right - width, rect.top() + px(5), width, rect.height() - px(10))
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(QColor(ground))
            painter.drawRoundedRect(chip, px(5), px(5))
            painter.setPen(QColor(front))
            painter.drawText(chip, Qt.AlignmentFlag.AlignCenter, name)
            right -= width + px(6)
        return right - px(8) if right < rect.right() else right

    def _draw_text(self, painter: QPainter, rect: QRect, row: Record) -> None:
        visible = shown(row.content[:_SHOWN])
        line = visible.text.translate(_ONE_LINE)
        font = self._look.theme.font(13)
        short = QFontMetrics(font).elidedText(line, Qt.TextElideMode.ElideRight, rect.width())
        kept = len(short.encode("utf-16-le", "surrogatepass")) // 2
        layout = QTextLayout(short, font)
        option = QTextOption()
        option.setWrapMode(QTextOption.WrapMode.NoWrap)
        layout.setTextOption(option)
        layout.setFormats(self._formats(row, visible, kept))
        layout.beginLayout()
        drawn = layout.createLine()
        drawn.setLineWidth(rect.width())
        layout.endLayout()
        painter.setPen(QColor(self._look.colours.text))
        top = rect.top() + (rect.height() - drawn.height()) / 2
        painter.save()
        painter.setClipRect(rect)
        layout.draw(painter, QPointF(rect.left(), top))
        painter.restore()

    def _formats(self, row: Record, visible: Shown, kept: int) -> list[QTextLayout.FormatRange]:
        """Of the marked phrases, as far as the first `kept` UTF-16 units go."""
        formats = []
        for each in row.annotations:
            if each.start is None or each.end is None or each.answer is not Answer.ACCEPT:
                continue
            start, end = visible.to_display(each.start), visible.to_display(each.end)
            if end > kept or each.end > _SHOWN:
                continue
            ground, front = self._colours(each)
            style = QTextCharFormat()
            style.setBackground(QColor(ground))
            style.setForeground(QColor(front))
            wanted = QTextLayout.FormatRange()
            wanted.start, wanted.length, wanted.format = start, end - start, style
            formats.append(wanted)
        return formats

    def _colours(self, annotation: Annotation) -> tuple[str, str]:
        position = self._labels.get(annotation.label, 0)
        return label_colours("", position, self._look.colours.is_dark)


def _said(row: Record | BadLine) -> str:
    """For a screen reader."""
    if isinstance(row, BadLine):
        return left_out(row)
    labels = ", ".join(dict.fromkeys(each.label for each in row.annotations))
    return f"{row.line}: {row.content}" + (f" ({labels})" if labels else "")


_ONE_LINE = str.maketrans("\n\t", "  ")
