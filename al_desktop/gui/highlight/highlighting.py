"""What the highlight screen's commands do with whole texts: draw one, store it as gold, undo."""

import time
from collections.abc import Callable
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from al_desktop.core.events import EventKind
from al_desktop.core.gold import everything_about, gold
from al_desktop.core.questions import Question, Selection, Text
from al_desktop.gui.commands.situation import Situation
from al_desktop.gui.commands.table import BY_NAME, LABEL_KEYS, title_of
from al_desktop.gui.frame.screens import Handlers
from al_desktop.gui.frame.status_line import StatusLine
from al_desktop.gui.highlight.marking import Marking
from al_desktop.gui.highlight.screen import Highlight
from al_desktop.gui.widgets.highlight_passage import LONGEST
from al_desktop.gui.work.workbench import Workbench, seconds_since
from al_desktop.project import TextDraw

_SHOWN_KEYS = (
    "highlight.right",
    "highlight.extend_right",
    "highlight.mark",
    "highlight.remove",
    "highlight.next",
    "highlight.done",
)


class Highlighting(QObject):
    """Between a workbench and the screen that shows its texts.

    changed   after anything changed
    left      the screen is to be left for the questions
    """

    changed = Signal()
    left = Signal()

    def __init__(
        self, screen: Highlight, status: StatusLine, first_key: Callable[[str], str]
    ) -> None:
        """`first_key` gives the shown key of a command."""
        super().__init__()
        self._screen = screen
        self._status = status
        self._first_key = first_key
        self._bench: Workbench | None = None
        self._draws: TextDraw | None = None
        self._text: Text | None = None
        self._selection: Selection | None = None
        self._is_asked_for = False
        self._skipped: set[str] = set()
        self._shown_at = time.perf_counter()
        self.marking = Marking(screen, status, first_key)
        self.marking.changed.connect(self._refresh)

    def attach(self, bench: Workbench | None) -> None:
        self._bench = bench
        self._draws = TextDraw(bench.project.file, bench.project.log) if bench else None
        self._text = self.marking.draft = None
        self._skipped.clear()
        if bench is not None:
            self.marking.take(bench.project.file.configuration, bench.label_look)
            bench.model_changed.connect(self._screen.show_model)

    def situation(self, now: Situation) -> Situation:
        """What commands of this screen depend on, filled in."""
        bench, draft = self._bench, self.marking.draft
        if bench is None:
            return now
        session = bench.project.session
        undo, redo = session.to_undo, session.to_redo
        return replace(
            now,
            shows_text=draft is not None,
            has_draft=draft is not None,
            can_flag=draft is not None,
            marks_spans=self.marking.marks_spans,
            labels=len(bench.project.file.configuration.labels),
            can_undo_mark=bool(draft and draft.is_changed) or bool(undo and undo.gold),
            can_redo_mark=bool(draft and draft.can_redo) or bool(redo and redo.gold),
        )

    def handlers(self) -> Handlers:
        """What to do for each command, by name."""
        return {
            **self.marking.handlers(),
            "highlight.done": self._done,
            "highlight.skip": self._skip,
            "highlight.undo": self._undo,
            "highlight.redo": self._redo,
            "highlight.leave": self._leave,
        }

    @property
    def asked(self) -> tuple[Question, Selection | None] | None:
        """The text on screen as a question, and how it was drawn."""
        return (everything_about(self._text.key), self._selection) if self._text else None

    # Showing

    def show(self) -> None:
        """Goes on with the text that was on screen, or draws one."""
        self._name()
        if self.marking.draft is None:
            self._next()
        self._refresh()

    def show_next(self) -> None:
        """Draws another text, unless the one on screen has marks that would be lost."""
        draft = self.marking.draft
        if draft is None or not draft.is_changed:
            self._next()
        self._refresh()

    def show_text(self, key: str) -> None:
        """A text the annotator asked for; when it is done, the questions go on."""
        self._name()
        self._is_asked_for = True
        self._begin(
            self._opened().text(key),
            None,
            self.tr("When this text is done, the questions go on."),
        )

    def _name(self) -> None:
        configuration = self._opened().project.file.configuration
        keys = [self._first_key(f"highlight.label.{number}") for number in LABEL_KEYS]
        self._screen.labels.show_labels(configuration.labels, keys)
        self._screen.show_kind(configuration.kind)
        marks_spans = self.marking.marks_spans
        names = _SHOWN_KEYS if marks_spans else _SHOWN_KEYS[-1:]
        rows = [(self._first_key(name), title_of(BY_NAME[name])) for name in names]
        last = min(len(configuration.labels), len(keys))
        numbers = f"{keys[0]} – {keys[last - 1]}" if last > 1 else keys[0]
        use = self.tr("Mark as this label") if marks_spans else self.tr("Choose this label")
        self._screen.show_keys([(numbers, use), *rows])

    def _next(self) -> None:
        bench = self._opened()
        assert self._draws is not None
        self._is_asked_for = False
        self._text = self.marking.draft = None
        if not bench.project.file.configuration.labels:
            self._screen.show_nothing(
                self.tr("No labels yet"), self.tr("Add a label to have something to mark.")
            )
            return
        drawn = bench.judging.text_to_check(self._skipped) or self._draws.draw(self._skipped)
        if drawn is None and self._skipped:
            self._skipped.clear()
            drawn = self._draws.draw()
        if drawn is None:
            empty = not bench.project.statistics().texts
            self._screen.show_nothing(
                self.tr("No texts yet") if empty else self.tr("Every text is highlighted"),
                self.tr("Import texts to start.")
                if empty
                else self.tr("There is nothing left to mark. Export, or import more texts."),
            )
            return
        self._begin(*drawn)

    def _begin(self, text: Text, selection: Selection | None, hint: str = "") -> None:
        """With the marks it has already, else with none, or those of the terms if wished."""
        bench = self._opened()
        mine = bench.project.log.live_by_annotator(everything_about(text.key).key)
        before = mine.get(bench.annotator)
        known = before.gold.spans if before is not None and before.gold is not None else ()
        if len(text.content) > LONGEST:
            hint = self.tr("Only the first {0} characters of this text are shown.").format(LONGEST)
        self._text, self._selection = text, selection
        self._screen.show_text(text, hint)
        is_check = selection is not None and selection.audit
        self.marking.begin(text.content, known, suggest=before is None and not is_check)
        self._shown_at = time.perf_counter()
        self._refresh()

    def show_flag(self) -> None:
        """Shows whether the text on screen is flagged."""
        log, asked = self._opened().project.log, self.asked
        self._screen.flag.setVisible(asked is not None and bool(log.flags(asked[0].key)))

    def _refresh(self) -> None:
        self.marking.show()
        self.show_flag()
        self._screen.show_counts(
            self._opened().project.statistics().highlights, self._first_key("screen.annotate")
        )
        self.changed.emit()

    # The whole text

    def _done(self) -> None:
        """Stores everything said about this text; only then the next one shows."""
        bench, draft, text = self._opened(), self.marking.drafted(), self._text
        assert text is not None
        found = gold([label.key for label in bench.project.file.configuration.labels], draft.spans)
        seconds = seconds_since(self._shown_at)
        bench.highlight(text.key, found, seconds, self._selection)
        self._screen.buttons["highlight.done"].flash()
        self._skipped.discard(text.key)
        if self._is_asked_for:
            self._text = self.marking.draft = None
            self.left.emit()
            self._status.notice(self.tr("Saved what there is in this text."))
            return
        self._next()
        self._refresh()

    def _skip(self) -> None:
        if self._text is not None:
            self._skipped.add(self._text.key)
        self._next()
        self._refresh()

    def _undo(self) -> None:
        """The last change of the marks; then the last text that was done comes back."""
        draft = self.marking.draft
        if draft is not None and draft.undo():
            self.marking.moved()
            return
        bench = self._opened()
        last = bench.project.session.to_undo
        if last is None or last.kind is not EventKind.HIGHLIGHT or last.gold is None:
            return
        bench.undo()
        text = bench.text(last.question.text_key)
        self._begin(text, last.selection)
        self.marking.begin(text.content, last.gold.spans)
        self._refresh()
        self._status.notice(self.tr("Took this text back: it isn't stored until it is done again."))

    def _redo(self) -> None:
        draft = self.marking.draft
        if draft is not None and draft.redo():
            self.marking.moved()
        elif self._opened().redo() is not None:
            self._next()
            self._refresh()

    def _leave(self) -> None:
        """First from a long selection, then from a text that was asked for."""
        draft = self.marking.drafted()
        if draft.selects_more_than_one():
            draft.collapse()
            self.marking.moved()
        elif self._is_asked_for:
            self._text = self.marking.draft = None
            self.left.emit()

    def _opened(self) -> Workbench:
        if self._bench is None:
            raise RuntimeError("this command needs an open project")
        return self._bench
