"""What the highlight screen's commands do: select, mark, store the text as gold, draw the next."""

import time
from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from al_desktop.core.events import EventKind
from al_desktop.core.gold import everything_about, gold
from al_desktop.core.questions import Kind, Selection, Text
from al_desktop.gui.commands import BY_NAME, LABEL_KEYS, Situation, title_of
from al_desktop.gui.highlight import Highlight
from al_desktop.gui.highlight_draft import Draft, term_spans
from al_desktop.gui.highlight_passage import LONGEST, Mark
from al_desktop.gui.status_line import StatusLine
from al_desktop.gui.workbench import Workbench
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
        self._draft: Draft | None = None
        self._text: Text | None = None
        self._selection: Selection | None = None
        self._is_asked_for = False
        self._skipped: set[str] = set()
        self._in_hand = 0
        self._by_words = True
        self._suggests = False
        self._shown_at = time.perf_counter()
        screen.labels.chosen.connect(self._label_clicked)
        passage = screen.passage
        passage.pressed.connect(self._pressed)
        passage.dragged.connect(lambda start, end: self._select(start, end))
        passage.released.connect(self._mark)
        passage.doubled.connect(self._doubled)

    def attach(self, bench: Workbench | None) -> None:
        self._bench = bench
        self._draws = TextDraw(bench.project.file, bench.project.log) if bench else None
        self._draft = self._text = None
        self._skipped.clear()
        self._in_hand = 0
        if bench is not None:
            bench.model_changed.connect(self._screen.show_model)

    def situation(self, now: Situation) -> Situation:
        """What commands of this screen depend on, filled in."""
        bench, draft = self._bench, self._draft
        if bench is None:
            return now
        session = bench.project.session
        undo, redo = session.to_undo, session.to_redo
        return replace(
            now,
            shows_text=draft is not None,
            has_draft=draft is not None,
            marks_spans=self._marks_spans,
            labels=len(bench.project.file.configuration.labels),
            can_undo_mark=bool(draft and draft.is_changed) or bool(undo and undo.gold),
            can_redo_mark=bool(draft and draft.can_redo) or bool(redo and redo.gold),
        )

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """What to do for each command, by name."""
        labels = {
            f"highlight.label.{number}": lambda number=number: self._use_label(number - 1)
            for number in LABEL_KEYS
        }
        return {
            **labels,
            "highlight.done": self._done,
            "highlight.skip": self._skip,
            "highlight.undo": self._undo,
            "highlight.redo": self._redo,
            "highlight.mark": self._mark,
            "highlight.remove": self._remove,
            "highlight.right": lambda: self._step(1, extend=False),
            "highlight.left": lambda: self._step(-1, extend=False),
            "highlight.extend_right": lambda: self._step(1, extend=True),
            "highlight.extend_left": lambda: self._step(-1, extend=True),
            "highlight.down": lambda: self._line(1, extend=False),
            "highlight.up": lambda: self._line(-1, extend=False),
            "highlight.extend_down": lambda: self._line(1, extend=True),
            "highlight.extend_up": lambda: self._line(-1, extend=True),
            "highlight.next": lambda: self._jump(True),
            "highlight.previous": lambda: self._jump(False),
            "highlight.words": self._switch_words,
            "highlight.terms": self._switch_terms,
            "highlight.leave": self._leave,
        }

    # Showing

    def show(self) -> None:
        """Goes on with the text that was on screen, or draws one."""
        self._name()
        if self._draft is None:
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
        names = _SHOWN_KEYS if self._marks_spans else _SHOWN_KEYS[-1:]
        rows = [(self._first_key(name), title_of(BY_NAME[name])) for name in names]
        last = min(len(configuration.labels), len(keys))
        numbers = f"{keys[0]} – {keys[last - 1]}" if last > 1 else keys[0]
        use = self.tr("Mark as this label") if self._marks_spans else self.tr("Choose this label")
        self._screen.show_keys([(numbers, use), *rows])

    def _next(self) -> None:
        bench = self._opened()
        assert self._draws is not None
        self._is_asked_for = False
        self._draft = self._text = None
        if not bench.project.file.configuration.labels:
            self._screen.show_nothing(
                self.tr("No labels yet"), self.tr("Add a label to have something to mark.")
            )
            return
        drawn = bench.text_to_check(self._skipped) or self._draws.draw(self._skipped)
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
        self._draft = Draft(text.content, known, self._by_words)
        self._screen.show_text(text, hint)
        is_check = selection is not None and selection.audit
        if self._suggests and before is None and not is_check:
            self._suggest()
        self._shown_at = time.perf_counter()
        self._refresh()

    def _refresh(self) -> None:
        bench, draft = self._opened(), self._draft
        labels = bench.project.file.configuration.labels
        spans = draft.spans if draft else ()
        for position, button in enumerate(self._screen.labels.buttons):
            count = sum(span.label == labels[position].key for span in spans)
            in_hand = position == self._in_hand if self._marks_spans else count > 0
            button.show_state(in_hand, count if self._marks_spans else 0)
            button.setEnabled(draft is not None)
        if draft is not None:
            marks = [Mark(span.start, span.end, *bench.label_look(span.label)) for span in spans]
            if self._marks_spans:
                self._screen.passage.show_marks(marks, draft.selection)
            else:
                self._screen.passage.show_marks((), None)
        self._screen.by_words.setChecked(self._by_words)
        self._screen.suggesting.setChecked(self._suggests)
        self._screen.show_counts(
            bench.project.statistics().highlights, self._first_key("screen.annotate")
        )
        self.changed.emit()

    # Selecting

    def _step(self, steps: int, extend: bool) -> None:
        draft = self._drafted()
        focus = draft.focus
        if focus is not None and self._screen.passage.is_right_to_left(focus[0]):
            steps = -steps
        if extend:
            draft.extend(steps)
        else:
            draft.move(steps)
        self._moved()

    def _line(self, lines: int, extend: bool) -> None:
        draft = self._drafted()
        if draft.focus is None:
            return
        at = self._screen.passage.vertical_neighbour(draft.focus[0], lines)
        if extend:
            draft.extend_to(at)
        else:
            draft.select(at, at)
        self._moved()

    def _jump(self, forward: bool) -> None:
        self._drafted().jump(forward)
        self._moved()

    def _select(self, start: int, end: int) -> None:
        if self._draft is not None and self._marks_spans:
            self._draft.select(start, end)
            self._moved()

    def _pressed(self, position: int) -> None:
        """A mark that is clicked is selected as a whole."""
        if self._draft is None or not self._marks_spans:
            return
        for span in self._draft.spans:
            if span.start <= position < span.end:
                self._draft.select_mark(span)
                self._moved()
                return
        self._select(position, position + 1)

    def _doubled(self, position: int) -> None:
        """A word that is double-clicked is marked."""
        self._pressed(position)
        if self._draft is not None and self._marks_spans and not self._draft.touched():
            self._mark()

    def _moved(self) -> None:
        self._screen.show_problem("")
        self._refresh()

    def _leave(self) -> None:
        """First from a long selection, then from a text that was asked for."""
        draft = self._drafted()
        if draft.selects_more_than_one():
            draft.collapse()
            self._moved()
        elif self._is_asked_for:
            self._draft = self._text = None
            self.left.emit()

    # Marking

    def _label_clicked(self, position: int) -> None:
        """A click takes a label in hand; what is marked already gets it."""
        if self._draft is None:
            return
        if not self._marks_spans or any(
            (span.start, span.end) == self._draft.selection for span in self._draft.spans
        ):
            self._use_label(position)
            return
        self._in_hand = position
        self._refresh()

    def _use_label(self, position: int) -> None:
        draft = self._drafted()
        configuration = self._opened().project.file.configuration
        self._in_hand = position
        if self._marks_spans:
            self._mark()
        else:
            draft.toggle(configuration.labels[position].key, configuration.exclusive)
            self._refresh()

    def _mark(self) -> None:
        draft = self._drafted()
        label = self._opened().project.file.configuration.labels[self._in_hand]
        in_the_way = draft.mark(label.key)
        self._refresh()
        self._screen.show_problem(
            ""
            if in_the_way is None
            else self.tr(
                "Marks can't overlap: remove “{0}” first ({1}), or select it exactly."
            ).format(
                draft.content[in_the_way.start : in_the_way.end],
                self._first_key("highlight.remove"),
            )
        )

    def _remove(self) -> None:
        if not self._drafted().unmark():
            self._screen.show_problem(self.tr("Nothing is marked here."))
            return
        self._moved()

    def _switch_words(self) -> None:
        self._by_words = not self._by_words
        self._drafted().set_by_words(self._by_words)
        self._moved()

    def _switch_terms(self) -> None:
        self._suggests = not self._suggests
        if self._suggests:
            self._suggest()
        self._moved()

    def _suggest(self) -> None:
        draft = self._drafted()
        labels = self._opened().project.file.configuration.labels
        terms = [(term, label.key) for label in labels for term in label.terms]
        count = draft.suggest(term_spans(draft.content, terms))
        if not terms:
            self._status.notice(self.tr("The labels have no terms to look for."))
        elif count:
            self._status.notice(self.tr("Marked by terms: {0}. Check them.").format(count))

    # The whole text

    def _done(self) -> None:
        """Stores everything said about this text; only then the next one shows."""
        bench, draft, text = self._opened(), self._drafted(), self._text
        assert text is not None
        found = gold([label.key for label in bench.project.file.configuration.labels], draft.spans)
        seconds = round(time.perf_counter() - self._shown_at, 3)
        bench.highlight(text.key, found, seconds, self._selection)
        self._screen.buttons["highlight.done"].flash()
        self._skipped.discard(text.key)
        if self._is_asked_for:
            self._draft = self._text = None
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
        if self._draft is not None and self._draft.undo():
            self._moved()
            return
        bench = self._opened()
        last = bench.project.session.to_undo
        if last is None or last.kind is not EventKind.HIGHLIGHT or last.gold is None:
            return
        bench.undo()
        text = bench.text(last.question.text_key)
        self._begin(text, last.selection)
        self._draft = Draft(text.content, last.gold.spans, self._by_words)
        self._refresh()
        self._status.notice(self.tr("Took this text back: it isn't stored until it is done again."))

    def _redo(self) -> None:
        if self._draft is not None and self._draft.redo():
            self._moved()
        elif self._opened().redo() is not None:
            self._next()
            self._refresh()

    @property
    def _marks_spans(self) -> bool:
        return self._opened().project.file.configuration.kind is Kind.SPANS

    def _opened(self) -> Workbench:
        if self._bench is None:
            raise RuntimeError("this command needs an open project")
        return self._bench

    def _drafted(self) -> Draft:
        if self._draft is None:
            raise RuntimeError("this command needs a text on the screen")
        return self._draft
