"""Browse: any text or answer, found by words or by filter, and an answer changed on the spot."""

from collections.abc import Sequence

from PySide6.QtCore import QItemSelectionModel, QModelIndex, Qt, Signal
from PySide6.QtWidgets import (
    QFrame,
    QSplitter,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.events import Event, EventKind
from al_desktop.core.questions import Answer
from al_desktop.gui.browse.detail import Detail
from al_desktop.gui.browse.filter_bar import FilterBar
from al_desktop.gui.browse.listing import Listed
from al_desktop.gui.browse.rows import EVENT, KEY, EventRows, Rows, TextRows
from al_desktop.gui.browse.search_thread import SearchThread
from al_desktop.gui.language import words
from al_desktop.gui.widgets.layouts import ScreenGround
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.work.background_thread import BackgroundThread
from al_desktop.gui.work.workbench import Workbench
from al_desktop.project import cache_folder
from al_desktop.project.background import Ended
from al_desktop.storage.browse import text_ids
from al_desktop.storage.text_search import MOST_FOUND, make_index


class Browse(ScreenGround):
    """`changed` when another row is chosen or an answer was changed; `commanded` is the name of a
    command to run."""

    changed = Signal()
    commanded = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._bench: Workbench | None = None
        self._search: SearchThread | None = None
        self._texts: TextRows | None = None
        self._events: EventRows | None = None
        self._listed: Listed | None = None
        self._count_of_texts = -1
        self.is_indexed = False
        self.shown = 0
        """How often rows were put up."""
        self._maker = BackgroundThread.of(self)
        # Methods, not lambdas: what the thread says last must not reach a screen that is gone.
        self._maker.came.connect(self._show_indexing)
        self._maker.ended.connect(self._show_indexed)
        self.list = Rows(look)
        self.list.setAccessibleName(self.tr("Texts and answers"))
        self.list.activated.connect(lambda: self.commanded.emit("browse.go"))
        self._count = text_label("", "small")
        self.detail = Detail(look)
        self.detail.changed.connect(self.changed)
        self.detail.commanded.connect(self.commanded)
        self.row = self.detail.row
        self.filters = FilterBar(look)
        self.filters.changed.connect(self.search_now)
        self.filters.entered.connect(lambda: self.list.setFocus())
        card = QFrame()
        card.setObjectName("card")
        inside = QVBoxLayout(card)
        inside.setContentsMargins(8, 8, 4, 8)
        inside.addWidget(self.list)
        self._nothing = text_label("", "muted", wrap=True)
        self._nothing.setAlignment(Qt.AlignmentFlag.AlignCenter)
        over = QVBoxLayout(self.list.viewport())
        over.addWidget(self._nothing)
        left = QWidget()
        column = QVBoxLayout(left)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(10)
        column.addLayout(self.filters)
        column.addWidget(card, 1)
        column.addWidget(self._count)
        splitter = QSplitter(Qt.Orientation.Horizontal)
        splitter.setChildrenCollapsible(False)
        splitter.setHandleWidth(16)
        splitter.addWidget(left)
        splitter.addWidget(self.detail)
        splitter.setSizes([680, 520])
        outer = QVBoxLayout(self)
        outer.setContentsMargins(28, 22, 28, 16)
        outer.addWidget(splitter)
        look.changed.connect(self.detail.recolour)

    # The project

    def attach(self, bench: Workbench | None) -> None:
        if self._search is not None:
            self._search.close()
            self._search = None
        self._maker.cancel()
        self._bench = bench
        self.list.setModel(None)
        self._texts = self._events = self._listed = None
        self._count_of_texts = -1
        self.filters.search.clear()
        self.detail.attach(bench)
        if bench is None:
            return
        self._texts, self._events = TextRows(bench), EventRows(bench)
        self._listed = Listed(bench.project.log)
        self.filters.begin(bench.project.file.configuration.labels)

    def show_rows(self) -> None:
        """Called when the screen shows: reads what is there now."""
        if self._bench is None or self._listed is None:
            return
        if self._search is None:
            file = self._bench.project.file
            self._search = SearchThread(file.path, cache_folder() / "search")
            self._search.opened.connect(self._make_index)
            self._search.found.connect(self._show_found)
            self._search.answered.connect(self._show_answered)
            self._search.start()
        elif self._bench.project.statistics().texts != self._count_of_texts:
            self._make_index()
        self.filters.offer_annotators(self._listed.annotators())
        self.search_now()

    def _make_index(self) -> None:
        """In a process of its own: with a million texts it takes a minute of work."""
        if self._bench is None:
            return
        self.is_indexed = False
        self._maker.do(make_index, self._bench.project.file.path, cache_folder() / "search")

    def take_focus(self) -> None:
        self.filters.search.setFocus()
        self.filters.search.selectAll()

    # What is looked at, and changed

    @property
    def chosen(self) -> Event | None:
        """The answer, marked text or flag that is looked at; of a text the latest one."""
        return self.detail.chosen

    def revise(self, answer: Answer) -> None:
        """Changes the answer that is looked at."""
        event, bench = self.chosen, self._bench
        if event is None or bench is None or event.answer is answer:
            return
        bench.revise(event, answer)
        self.refresh(event.question.key)

    def take_back(self) -> None:
        """Takes the answer, the marks or the flag that is looked at back, as if never given."""
        event, bench = self.chosen, self._bench
        if event is None or bench is None:
            return
        session = bench.project.session
        if event.kind is EventKind.FLAG:
            session.flag(event.question)
        else:
            bench.take(session.take_back(event.uid))
        self.refresh(event.question.key)

    def refresh(self, key: str) -> None:
        """Shows what stands now about the question of this key."""
        assert self._bench is not None and self._events is not None, "there is a project"
        log = self._bench.project.log
        row = self._events.row_of(key) if self.list.model() is self._events else -1
        flags = log.flags(key)
        now = flags[-1] if self.filters.what.value == "flags" and flags else log.live(key)
        if self.filters.what.value == "flags" and not flags:
            now = None
        if row >= 0 and now is not None:
            self._events.replace(row, now)
        elif row >= 0:
            self._events.remove(row)
            self._count_events()
        self.list.viewport().update()
        text = self.detail.text
        if text is not None and (row < 0 or now is not None):
            self.detail.show_text(text, log.live(key) or (flags[-1] if flags else None))
        self.changed.emit()

    # What is shown

    def search_now(self) -> None:
        """Shows the rows of the filters and the words that are there now."""
        bench, search = self._bench, self._search
        if bench is None or search is None:
            return
        self.filters.take_in()
        shows_events = bool(self.filters.what.value)
        self.filters.label.setEnabled(shows_events)
        self.filters.annotator.setEnabled(shows_events)
        wanted = self.filters.words
        if wanted.strip():
            search.search(wanted, among_answered=shows_events)
        elif shows_events:
            self._show_events(None)
        else:
            self._count_of_texts = bench.project.statistics().texts
            self._show_texts(text_ids(bench.project.file, self._count_of_texts))

    def _show_found(self, wanted: str, ids: Sequence[int]) -> None:
        if not self.filters.what.value and wanted == self.filters.words:
            self._show_texts(ids)

    def _show_answered(self, wanted: str, keys: frozenset[str]) -> None:
        if self.filters.what.value and wanted == self.filters.words:
            self._show_events(keys)

    def _show_texts(self, ids: Sequence[int]) -> None:
        assert self._texts is not None, "attached with the bench"
        if self.list.model() is self._texts and self._texts.shows(ids):
            self.list.viewport().update()
        else:
            self._texts.show_ids(ids)
            self._show_model(self._texts)
        found = words.texts(len(ids))
        if self.filters.words.strip():
            if len(ids) == MOST_FOUND:
                found = self.tr("the first {0}").format(found)
            found = self.tr("{0} found").format(found)
        self._count.setText(found)
        self.shown += 1

    def _show_events(self, keys: frozenset[str] | None) -> None:
        """Those about the texts of these keys; about any for None."""
        assert self._events is not None and self._listed is not None, "attached with the bench"
        events = self._listed.events(self.filters.wanted)
        if keys is not None:
            events = [event for event in events if event.question.text_key in keys]
        self._events.show_events(events)
        self._show_model(self._events)
        self._count_events()
        self.shown += 1

    def _count_events(self) -> None:
        assert self._events is not None, "there are events to count"
        count = self._events.rowCount()
        of_texts = self.filters.what.value in ("marked", "flags")
        self._count.setText(
            self.tr("{0} found").format(words.number(count)) if of_texts else words.answers(count)
        )

    def _show_indexing(self, _ticket: int, done: object) -> None:
        """How many texts were taken into the index so far."""
        self.is_indexed = False
        if isinstance(done, int):
            said = self.tr("Search (reading texts: {0})")
            self.filters.show_state(said.format(words.number(done)))

    def _show_indexed(self, ended: Ended) -> None:
        """What was cancelled, for another project or newer texts, says nothing of this index."""
        if ended.cancelled:
            return
        self.is_indexed = not ended.problem
        self.filters.show_state()
        if self.filters.words.strip():
            self.search_now()

    def _say_nothing(self, model: TextRows | EventRows) -> None:
        """Why there are no rows, where there are none."""
        if model.rowCount():
            said = ""
        elif self.filters.words.strip():
            said = self.tr("No text has these words.")
        elif self.filters.what.value:
            said = self.tr("There is nothing of this kind yet.")
        else:
            said = self.tr("No texts yet")
        self._nothing.setText(said)

    def _show_model(self, model: TextRows | EventRows) -> None:
        self._say_nothing(model)
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
        key = index.data(KEY) if index.isValid() else ""
        if not key or self._bench is None:
            self.detail.clear()
        else:
            event = index.data(EVENT)
            chosen = event if isinstance(event, Event) else None
            self.detail.show_text(self._bench.text(key), chosen)
        self.changed.emit()
