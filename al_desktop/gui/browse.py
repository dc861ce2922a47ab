"""Browse: any text or answer, found by words or by filter, and an answer changed on the spot."""

from array import array

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, QTimer, Signal
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLineEdit,
    QListView,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.events import Event
from al_desktop.core.questions import Answer, Text
from al_desktop.gui import words
from al_desktop.gui.browse_rows import EVENT, TEXT, AnswerRows, RowPainter, TextRows
from al_desktop.gui.controls import Choice
from al_desktop.gui.parts import text_label
from al_desktop.gui.passage import Passage
from al_desktop.gui.search_thread import SearchThread
from al_desktop.gui.theme import Look, label_colours
from al_desktop.gui.workbench import Workbench, excerpt_of
from al_desktop.project import cache_folder
from al_desktop.storage.browse import text_ids

_TYPING_MS = 120
SHOWN_AT_ONCE = 100_000


class Browse(QWidget):
    """`changed` when another row is chosen or an answer was changed."""

    changed = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._bench: Workbench | None = None
        self._thread: SearchThread | None = None
        self._texts: TextRows | None = None
        self._answers: AnswerRows | None = None
        filters = self._build_filters()
        self.list = QListView()
        self.list.setAccessibleName(self.tr("Texts and answers"))
        self.list.setFrameShape(QFrame.Shape.NoFrame)
        self.list.setItemDelegate(RowPainter(look, self.list))
        self.list.setUniformItemSizes(True)
        self.list.setMouseTracking(True)
        self.list.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.list.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self._count = text_label("", "small")
        self._build_detail()
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(8, 8, 4, 8)
        inside.addWidget(self.list)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(filters)
        column.addWidget(card, 1)
        column.addWidget(self._count)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(16)
        splitter.addWidget(left)
        splitter.addWidget(self._detail)
        splitter.setSizes([700, 500])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(28, 22, 28, 16)
        outer.addWidget(splitter)
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self._apply)
        look.changed.connect(self.list.doItemsLayout)
        look.changed.connect(self._show_detail)

    def attach(self, bench: Workbench | None) -> None:
        if self._thread is not None:
            self._thread.close()
            self._thread = None
        self._bench = bench
        self.list.setModel(None)
        self.search.clear()
        if bench is None:
            return
        self._texts, self._answers = TextRows(bench), AnswerRows(bench)
        labels = bench.project.file.configuration.labels
        entries = [(self.tr("All labels"), ""), *((label.name, label.key) for label in labels)]
        self._label.fill(entries, "")

    def show_rows(self) -> None:
        """Called when the screen shows: starts the search, and reads what is there now."""
        if self._bench is None:
            return
        if self._thread is None:
            file = self._bench.project.file
            self._thread = SearchThread(file.path, cache_folder() / "search")
            self._thread.found.connect(self._show_found)
            self._thread.indexed.connect(self._show_indexed)
            self._thread.start()
            if self._bench.project.statistics().texts <= SHOWN_AT_ONCE:
                self._show_found("", text_ids(file))
        self._apply()

    def take_focus(self) -> None:
        self.search.setFocus()
        self.search.selectAll()

    @property
    def chosen(self) -> Event | None:
        """The answer that is looked at; of a text the latest answer."""
        index = self.list.currentIndex()
        event = index.data(EVENT) if index.isValid() else None
        if isinstance(event, Event):
            return event
        text = index.data(TEXT) if index.isValid() else None
        if isinstance(text, Text) and self._bench is not None:
            answers = self._bench.answers_of(text.key)
            return answers[-1] if answers else None
        return None

    def revise(self, answer: Answer) -> None:
        """Changes the answer that is looked at."""
        event, bench = self.chosen, self._bench
        if event is None or bench is None or event.answer is answer:
            return
        bench.revise(event, answer)
        if self._answers is not None:
            self._answers.replace(event, bench.project.log.live(event.question.key))
        self._show_detail()
        self.list.viewport().update()
        self.changed.emit()

    def _build_filters(self) -> QHBoxLayout:
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search all texts"))
        self.search.setAccessibleName(self.tr("Search all texts"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda: self._typing.start())
        self.search.returnPressed.connect(lambda: self.list.setFocus())
        self._what = Choice(self._look, self.tr("Show"))
        self._what.fill(
            [
                (self.tr("All texts"), ""),
                (self.tr("All answers"), "answers"),
                (self.tr("Accepted"), Answer.ACCEPT.value),
                (self.tr("Rejected"), Answer.REJECT.value),
                (self.tr("Ignored"), Answer.IGNORE.value),
                (self.tr("Random checks"), "audit"),
            ],
            "",
        )
        self._label = Choice(self._look, self.tr("Label"))
        for choice in (self._what, self._label):
            choice.currentIndexChanged.connect(self._apply)
        row = QHBoxLayout()
        row.setSpacing(8)
        row.addWidget(self.search, 3)
        row.addWidget(self._what, 1)
        row.addWidget(self._label, 1)
        return row

    def _build_detail(self) -> None:
        self._detail = QFrame()
        self._detail.setObjectName("card")
        column = QVBoxLayout(self._detail)
        column.setContentsMargins(22, 20, 16, 16)
        column.setSpacing(10)
        self._title = text_label("", "strong", wrap=True)
        self._hint = text_label("", "small", wrap=True)
        self._passage = Passage(self._look)
        self._source = text_label("", "small", wrap=True)
        column.addWidget(self._title)
        column.addWidget(self._passage, 1)
        column.addWidget(self._hint)
        column.addWidget(self._source)

    def _apply(self) -> None:
        bench = self._bench
        if bench is None or self._thread is None:
            return
        if self._what.value:
            self._show_answers(bench)
        else:
            self._label.setEnabled(False)
            self._thread.search(self.search.text())

    def _show_answers(self, bench: Workbench) -> None:
        self._label.setEnabled(True)
        what, label = self._what.value, self._label.value
        wanted = self.search.text().casefold().strip()
        events = [
            event
            for event in bench.project.log.answered()
            if (what in ("answers", "audit") or event.answer == what)
            and (what != "audit" or (event.selection is not None and event.selection.audit))
            and (not label or event.question.label == label)
            and (
                not wanted
                or wanted
                in excerpt_of(event.question, bench.text(event.question.text_key)).casefold()
            )
        ]
        events.sort(key=lambda event: event.uid, reverse=True)
        assert self._answers is not None, "attached with the bench"
        self._answers.show_events(events)
        self._show_model(self._answers)
        self._count.setText(words.answers(len(events)))

    def _show_found(self, wanted: str, ids: "array[int]") -> None:
        if self._what.value or wanted != self.search.text() or self._texts is None:
            return
        if self.list.model() is self._texts and not wanted and self._texts.shows(ids):
            return
        self._texts.show_ids(ids)
        self._show_model(self._texts)
        found = words.texts(self._texts.rowCount())
        self._count.setText(found if not wanted.strip() else self.tr("{0} found").format(found))

    def _show_indexed(self, done: int) -> None:
        self.search.setPlaceholderText(
            self.tr("Search all texts")
            if done < 0
            else self.tr("Search (reading texts: {0})").format(words.number(done))
        )

    def _show_model(self, model: TextRows | AnswerRows) -> None:
        if self.list.model() is not model:
            self.list.setModel(model)
            self.list.selectionModel().currentChanged.connect(self._show_detail)
        if model.rowCount():
            self.list.selectionModel().setCurrentIndex(
                model.index(0), QItemSelectionModel.SelectionFlag.ClearAndSelect
            )
        else:
            self.list.setCurrentIndex(QModelIndex())
        self._show_detail()

    def _show_detail(self) -> None:
        index = self.list.currentIndex()
        text = index.data(TEXT) if index.isValid() else None
        event = self.chosen
        if not isinstance(text, Text) or self._bench is None:
            self._title.setText("")
            self._source.setText("")
            self._hint.setText("")
            self._passage.clear_text()
            self.changed.emit()
            return
        span, colours = None, ("", "")
        self._title.setText(self.tr("No answer about this text yet"))
        self._hint.setText("")
        if event is not None:
            question = event.question
            if question.start is not None and question.end is not None:
                span = (question.start, question.end)
            name, colour, position = self._bench.label_look(question.label)
            colours = label_colours(colour, position, self._look.colours.is_dark)
            self._title.setText(
                self.tr("{0}: {1} by {2}").format(name, words.answer(event.answer), event.annotator)
            )
            if event.annotator == self._bench.annotator:
                self._hint.setText(self.tr("Press a key of another answer to change it."))
        self._passage.show_text(text.content, span, colours)
        self._source.setText(f"{text.source} · {text.line}" if text.line else text.source)
        self.changed.emit()
