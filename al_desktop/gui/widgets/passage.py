"""The text of a question, with the span asked about highlighted."""

from PySide6.QtCore import QMargins, QMimeData, QRectF, Qt, QTimer
from PySide6.QtGui import (
    QColor,
    QFocusEvent,
    QFontMetricsF,
    QGuiApplication,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QResizeEvent,
    QTextBlock,
    QTextBlockFormat,
    QTextCharFormat,
    QTextCursor,
    QTextFormat,
    QTextLine,
    QTextOption,
)
from PySide6.QtWidgets import QFrame, QTextEdit, QWidget

from al_desktop.gui.widgets.excerpt import excerpt
from al_desktop.gui.widgets.theme import BOLD, Look
from al_desktop.gui.widgets.visible import Shown, shown

FIRST_REACH = 1_500
FULL_REACH = 20_000


class Passage(QTextEdit):
    """Shows one text, as plain text and nothing else.

    Of a long text the passage around the span is laid out at once and more of it a moment later,
    so that the question is on screen within a frame however long the text is.
    """

    full_reach = FULL_REACH
    line_height: float | None = None
    """In place of the theme's; 1.0 is that of the font."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("passage")
        self.setAccessibleName(self.tr("Text"))
        self.setReadOnly(True)
        self.setAcceptRichText(False)
        self.setUndoRedoEnabled(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setWordWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        # It fills its ground itself, so that the card below need not be painted with each text.
        self.viewport().setAttribute(Qt.WidgetAttribute.WA_OpaquePaintEvent)
        self._look = look
        self._content = ""
        self._span: tuple[int, int] | None = None
        self._colours = ("", "")
        self._first, self._last = 0, 0
        self._reach = FIRST_REACH
        self._shown: Shown = shown("")
        self._rest = QTimer(self, singleShot=True, interval=60)
        self._rest.timeout.connect(self._show_more)

    def show_text(
        self, content: str, span: tuple[int, int] | None, colours: tuple[str, str]
    ) -> None:
        """Shows `content` with the code points of `span` highlighted in (ground, text) colours."""
        self._content = content
        if span is not None:  # a span of a damaged file must not stop the window
            start = min(max(0, span[0]), len(content))
            span = (start, min(max(start, span[1]), len(content)))
        self._span = span
        self._colours = colours
        self._reach = FIRST_REACH
        self._lay_out()
        if self._last - self._first < len(content):
            self._rest.start()
        else:
            self._rest.stop()

    def recolour(self, colours: tuple[str, str]) -> None:
        """Other colours for the span that is shown, after a change of theme."""
        self._colours = colours
        self._lay_out()

    def clear_text(self) -> None:
        self.show_text("", None, ("", ""))

    def scroll_by_page(self, pages: float) -> None:
        bar = self.verticalScrollBar()
        bar.setValue(bar.value() + round(pages * 0.9 * self.viewport().height()))

    def copy_selection(self) -> bool:
        """Copies the selected text, or else the span, as it is in the source."""
        text = self.selected_source() or (self._content[slice(*self._span)] if self._span else "")
        if text:
            QGuiApplication.clipboard().setText(text)
        return bool(text)

    def selected_source(self) -> str:
        cursor = self.textCursor()
        start = self._first + self._shown.to_source(cursor.selectionStart())
        end = self._first + self._shown.to_source(cursor.selectionEnd())
        return self._content[start:end]

    def createMimeDataFromSelection(self) -> QMimeData:
        data = QMimeData()
        data.setText(self.selected_source())
        return data

    def highlight_rects(self) -> list[QRectF]:
        """Where the span is, in the document: one rectangle for each stretch on a line."""
        if self._span is None:
            return []
        return self.rects(*self._span)

    def rects(self, start: int, end: int) -> list[QRectF]:
        """Where these code points are in the document, as far as they are laid out."""
        first, last = (min(max(each, self._first), self._last) for each in (start, end))
        start, end = (self._shown.to_display(each - self._first) for each in (first, last))
        rects: list[QRectF] = []
        block = self.document().findBlock(start)
        while block.isValid() and block.position() <= end:
            rects += self._rects_in_block(block, start, end)
            block = block.next()
        return rects

    def paintEvent(self, event: QPaintEvent) -> None:
        with QPainter(self.viewport()) as painter:
            painter.fillRect(event.rect(), QColor(self._look.colours.surface))
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            self._paint_ground(painter)
        super().paintEvent(event)

    def _paint_ground(self, painter: QPainter) -> None:
        """What lies below the letters."""
        offset = self.verticalScrollBar().value()
        path = QPainterPath()
        path.setFillRule(Qt.FillRule.WindingFill)
        radius = self._look.theme.px(5)
        for rect in self.highlight_rects():
            path.addRoundedRect(rect.translated(0, -offset), radius, radius)
        painter.fillPath(path, QColor(self._colours[0]))

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._limit_lines()
        self._centre_span()

    def focusInEvent(self, event: QFocusEvent) -> None:
        event.ignore()

    def _limit_lines(self) -> None:
        """Leaves room beside the text where a line would be too long to read."""
        widest = self._look.theme.line_px()
        bar = self.verticalScrollBar().width() if self.verticalScrollBar().isVisible() else 0
        over = 0 if widest is None else max(0, self.width() - bar - widest)
        mirrored = self.layoutDirection() is Qt.LayoutDirection.RightToLeft
        margins = QMargins(over if mirrored else 0, 0, 0 if mirrored else over, 0)
        if margins != self.viewportMargins():
            self.setViewportMargins(margins)

    def _lay_out(self) -> None:
        theme = self._look.theme
        self._limit_lines()
        start, end = self._span or (0, 0)
        self._first, self._last = excerpt(self._content, start, end, self._reach)
        self._shown = shown(self._content[self._first : self._last])
        document = self.document()
        self.setUpdatesEnabled(False)
        document.setDefaultFont(theme.reading_font())
        document.setDocumentMargin(theme.px(5))
        document.setPlainText(self._shown.text)
        cursor = QTextCursor(document)
        cursor.select(QTextCursor.SelectionType.Document)
        lines = QTextBlockFormat()
        lines.setLineHeight(
            theme.spacing(self.line_height or theme.line_height) * 100,
            QTextBlockFormat.LineHeightTypes.ProportionalHeight.value,
        )
        cursor.setBlockFormat(lines)
        colour = QTextCharFormat()
        colour.setForeground(QColor(theme.colours.text))
        cursor.setCharFormat(colour)
        self._format_marks()
        self._format_span()
        self.setAccessibleDescription(self._content[self._first : self._last])
        self.setUpdatesEnabled(True)
        self._centre_span()

    def _format_marks(self) -> None:
        theme = self._look.theme
        form = QTextCharFormat()
        form.setForeground(QColor(theme.colours.warning))
        form.setBackground(QColor(theme.colours.warning_soft))
        form.setProperty(QTextFormat.Property.FontPixelSize, theme.px(15))
        for start, end in self._shown.marks:
            self._cursor(start, end).mergeCharFormat(form)

    def _format_span(self) -> None:
        if self._span is None:
            return
        form = QTextCharFormat()
        form.setForeground(QColor(self._colours[1]))
        form.setFontWeight(BOLD)
        start, end = (self._shown.to_display(each - self._first) for each in self._span)
        self._cursor(start, end).mergeCharFormat(form)

    def _cursor(self, start: int, end: int) -> QTextCursor:
        cursor = QTextCursor(self.document())
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
        return cursor

    def _show_more(self) -> None:
        """Lays out more of a long text; the span stays where it is on screen."""
        before = self.highlight_rects()
        offset = self.verticalScrollBar().value()
        self._reach = self.full_reach
        self._lay_out()
        after = self.highlight_rects()
        if before and after:
            moved = after[0].top() - before[0].top()
            self.verticalScrollBar().setValue(round(offset + moved))

    def _centre_span(self) -> None:
        rects = self.highlight_rects()
        bar = self.verticalScrollBar()
        if not rects:
            bar.setValue(0)
            return
        middle = (rects[0].top() + min(rects[-1].bottom(), rects[0].top() + self.height())) / 2
        if rects[-1].bottom() > self.viewport().height():
            bar.setValue(round(middle - self.viewport().height() / 2))
        else:
            bar.setValue(0)

    def _rects_in_block(self, block: QTextBlock, start: int, end: int) -> list[QRectF]:
        origin = self.document().documentLayout().blockBoundingRect(block).topLeft()
        layout = block.layout()
        rects: list[QRectF] = []
        beginning = layout.lineForTextPosition(max(0, start - block.position()))
        for number in range(beginning.lineNumber(), layout.lineCount()):
            line = layout.lineAt(number)
            if line.textStart() > end - block.position():
                break
            first = max(start - block.position(), line.textStart())
            last = min(end - block.position(), line.textStart() + line.textLength())
            if first > last or (first == last and start != end):
                continue
            for left, right in _stretches(line, first, last):
                rects.append(self._rect(line, left, right).translated(origin))
        return rects

    def _rect(self, line: QTextLine, left: float, right: float) -> QRectF:
        metrics = QFontMetricsF(self._look.theme.reading_font(BOLD))
        baseline = line.y() + line.ascent()
        above = metrics.ascent() + self._look.theme.px(2)
        below = metrics.descent() + self._look.theme.px(2)
        side = self._look.theme.px(3)
        width = max(right - left, 2.0)
        return QRectF(left - side, baseline - above, width + 2 * side, above + below)


def _stretches(line: QTextLine, first: int, last: int) -> list[tuple[float, float]]:
    """Left and right ends of a range's parts on a line: several where directions mix."""
    bounds = [run.boundingRect() for run in line.glyphRuns(first, last - first)]
    merged: list[tuple[float, float]] = []
    for left, right in sorted((rect.left(), rect.right()) for rect in bounds):
        if merged and left <= merged[-1][1] + 0.5:
            merged[-1] = (merged[-1][0], max(merged[-1][1], right))
        else:
            merged.append((left, right))
    if merged:
        return merged
    found = line.cursorToX(first)  # a span of nothing visible: an empty line, a line's end
    at = float(found[0] if isinstance(found, tuple) else found)  # type: ignore[arg-type]
    return [(at, at + 2.0)]
