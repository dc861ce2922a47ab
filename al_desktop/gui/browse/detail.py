"""The text that Browse looks at, with all that was said about it, and what can be done there."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, Signal
from PySide6.QtWidgets import QBoxLayout, QFrame, QListView, QVBoxLayout

from al_desktop.core.events import Event
from al_desktop.core.gold import everything_about
from al_desktop.core.questions import Question, Selection, Text
from al_desktop.gui.browse.rows import EventRows, RowPainter, labels_of, said_of
from al_desktop.gui.language import words
from al_desktop.gui.widgets.button_row import ButtonRow
from al_desktop.gui.widgets.highlight_passage import HighlightPassage, Mark
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look, label_colours
from al_desktop.gui.work.workbench import Workbench

_ROWS_SHOWN = 4
_ANSWERS = (
    ("answer.accept", "accept", 3),
    ("answer.reject", "reject", 3),
    ("answer.ignore", "neutral", 3),
)
_WAYS = (("browse.take_back", "plain", 3), ("browse.go", "plain", 3), ("flag.toggle", "plain", 3))


class Detail(QFrame):
    """`changed` when another of the answers about this text was chosen; `commanded` is the name
    of the command whose button was clicked."""

    changed = Signal()
    commanded = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._look = look
        self._bench: Workbench | None = None
        self._rows: EventRows | None = None
        self.text: Text | None = None
        self.chosen: Event | None = None
        px = look.theme.px
        self._title = text_label("", "strong", wrap=True)
        self._when = text_label("", "small", wrap=True)
        self.passage = HighlightPassage(look)
        self._source = text_label("", "small", wrap=True)
        self._heading = text_label(self.tr("ABOUT THIS TEXT"), "heading")
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Answers about this text"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(RowPainter(look, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.row = _TwoRows(look)
        self.row.commanded.connect(self.commanded)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(22), px(18), px(16), px(14))
        column.setSpacing(px(8))
        column.addWidget(self._title)
        column.addWidget(self._when)
        column.addWidget(self.passage, 1)
        column.addWidget(self._source)
        column.addWidget(self._heading)
        column.addWidget(self.list)
        column.addWidget(self.row)
        self.clear()

    def attach(self, bench: Workbench | None) -> None:
        self._bench = bench
        self._rows = EventRows(bench) if bench is not None else None
        self.list.setModel(self._rows)
        if bench is not None:
            self.list.selectionModel().currentChanged.connect(self._choose)
        self.clear()

    def clear(self) -> None:
        self.text = self.chosen = None
        self.passage.clear_text()
        for label in (self._title, self._when, self._source):
            label.setText("")
        self._show_list(())

    def show_text(self, text: Text, chosen: Event | None) -> None:
        """With the answer that was chosen, or else the latest of those about it."""
        assert self._bench is not None, "texts are those of a project"
        self.text = text
        events = about(self._bench, text.key)
        if chosen is None:
            chosen = events[0] if events else None
        self.chosen = chosen
        self._show_list(events)
        self._show_chosen()

    def subject(self) -> tuple[Question, Selection | None] | None:
        """What a flag is put on: the question that is looked at, or the whole text."""
        if self.text is None:
            return None
        if self.chosen is None:
            return everything_about(self.text.key), None
        return self.chosen.question, self.chosen.selection

    def recolour(self) -> None:
        if self.text is not None:
            self._show_chosen()

    def _show_list(self, events: Sequence[Event]) -> None:
        several = len(events) > 1
        self._heading.setVisible(several)
        self.list.setVisible(several)
        if self._rows is None:
            return
        self.list.selectionModel().blockSignals(True)
        self._rows.show_events(list(events))
        if self.chosen is not None:
            row = self._rows.row_of(self.chosen.question.key)
            self.list.selectionModel().setCurrentIndex(
                self._rows.index(row), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        self.list.selectionModel().blockSignals(False)
        px = self._look.theme.px
        self.list.setFixedHeight(px(34) * min(len(events), _ROWS_SHOWN) + px(4))

    def _choose(self) -> None:
        index = self.list.currentIndex()
        if self._rows is not None and index.isValid():
            self.chosen = self._rows.event_at(index.row())
            self._show_chosen()
            self.changed.emit()

    def _show_chosen(self) -> None:
        assert self.text is not None and self._bench is not None, "there is a text"
        text, event = self.text, self.chosen
        self._source.setText(f"{text.source} · {text.line}" if text.line else text.source)
        self._source.setVisible(bool(self._source.text()))
        if event is None:
            self._title.setText(self.tr("No answer about this text yet"))
            self._when.hide()
            self.passage.show_text(text.content, None, ("", ""))
            return
        self._title.setText(self._said(event))
        self._when.setText(self._by(event))
        self._when.show()
        question = event.question
        marked = event.gold.spans if event.gold is not None else ()
        places = [(each.start, each.end, each.label) for each in marked]
        span = None
        if question.start is not None and question.end is not None:
            span = (question.start, question.end)
            places = [(*span, question.label)]
        _, colour, position = self._bench.label_look(question.label)
        dark = self._look.colours.is_dark
        self.passage.show_text(text.content, span, label_colours(colour, position, dark))
        self.passage.show_marks(
            [
                Mark(start, end, *self._bench.label_look(label))
                for start, end, label in places
                if (start, end) != (0, len(text.content))
            ],
            None,
        )

    def _said(self, event: Event) -> str:
        assert self._bench is not None, "attached"
        labels = labels_of(self._bench, event)
        said = said_of(event)
        if event.gold is not None and not labels:
            labels = self.tr("no label")
        return f"{labels}: {said}" if labels else said[:1].upper() + said[1:]

    def _by(self, event: Event) -> str:
        parts = [event.annotator]
        if event.at_ms:
            parts.append(words.when(event.at_ms))
        if event.selection is not None and event.selection.audit:
            parts.append(self.tr("a random check"))
        return " · ".join(parts)


class _TwoRows(ButtonRow):
    """Answers, and below them ways from here."""

    def __init__(self, look: Look) -> None:
        super().__init__(look, ())
        outer = self.layout()
        assert isinstance(outer, QBoxLayout), "a row"
        column = QVBoxLayout()
        column.setSpacing(look.theme.px(4))
        for names in (_ANSWERS, _WAYS):
            row = ButtonRow(look, names)
            row.commanded.connect(self.commanded)
            self.buttons |= row.buttons
            column.addWidget(row)
        outer.addLayout(column)


def about(bench: Workbench, text_key: str) -> list[Event]:
    """What stands about a text: answers, marks and flags, the latest first."""
    log = bench.project.log
    events = list(bench.answers_of(text_key))
    whole = everything_about(text_key).key
    marked = log.highlight(text_key)
    if marked is not None:
        events.append(marked)
    flags = log.flags(whole)
    if flags and marked is None:
        events.append(flags[-1])
    known = {event.question.key for event in events}
    for event in log.flagged() if log.has_flags else ():
        if event.question.text_key == text_key and event.question.key not in known:
            events.append(event)
            known.add(event.question.key)
    return sorted(events, key=lambda event: event.uid, reverse=True)
