"""What the highlight screen's commands do with the text on screen: select, mark, remove."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import QObject, Signal

from al_desktop.core.configuration import Configuration
from al_desktop.core.questions import Kind, Span
from al_desktop.gui.commands.table import LABEL_KEYS
from al_desktop.gui.frame.screens import Handlers
from al_desktop.gui.frame.status_line import StatusLine
from al_desktop.gui.highlight.draft import Draft, term_spans
from al_desktop.gui.highlight.screen import Highlight
from al_desktop.gui.widgets.highlight_passage import Mark
from al_desktop.gui.widgets.question_parts import LabelLook


class Marking(QObject):
    """Works on one draft after the other; nothing of it is stored.

    configuration  of the open project
    label_look     name, colour and position of a label by its key
    changed        after the selection or the marks changed
    """

    changed = Signal()

    def __init__(
        self, screen: Highlight, status: StatusLine, first_key: Callable[[str], str]
    ) -> None:
        """`first_key` gives the shown key of a command."""
        super().__init__()
        self._screen = screen
        self._status = status
        self._first_key = first_key
        self.configuration = Configuration(Kind.SPANS, ())
        self.label_look: LabelLook = lambda key: (key, "", 0)
        self.draft: Draft | None = None
        self._in_hand = 0
        self._by_words = True
        self._suggests = False
        screen.labels.chosen.connect(self._label_clicked)
        passage = screen.passage
        passage.pressed.connect(self._pressed)
        passage.dragged.connect(lambda start, end: self._select(start, end))
        passage.released.connect(self._mark)
        passage.doubled.connect(self._doubled)

    def handlers(self) -> Handlers:
        """What to do for each command, by name."""
        labels = {
            f"highlight.label.{number}": lambda number=number: self._use_label(number - 1)
            for number in LABEL_KEYS
        }
        return {
            **labels,
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
        }

    @property
    def marks_spans(self) -> bool:
        return self.configuration.kind is Kind.SPANS

    def take(self, configuration: Configuration, label_look: LabelLook) -> None:
        """Begins anew, with the labels of a project."""
        self.configuration, self.label_look = configuration, label_look
        self.draft = None
        self._in_hand = 0

    def begin(self, content: str, spans: Sequence[Span], suggest: bool = False) -> None:
        """Starts on a text with these marks; `suggest` adds those of the terms if wished."""
        self.draft = Draft(content, spans, self._by_words)
        if suggest and self._suggests:
            self._suggest()

    def show(self) -> None:
        """Brings marks, labels and ticks on screen up to date."""
        draft, labels = self.draft, self.configuration.labels
        spans = draft.spans if draft else ()
        for position, button in enumerate(self._screen.labels.buttons):
            count = sum(span.label == labels[position].key for span in spans)
            in_hand = position == self._in_hand if self.marks_spans else count > 0
            button.show_state(in_hand, count if self.marks_spans else 0)
            button.setEnabled(draft is not None)
        if draft is not None:
            marks = [Mark(span.start, span.end, *self.label_look(span.label)) for span in spans]
            if self.marks_spans:
                self._screen.passage.show_marks(marks, draft.selection)
            else:
                self._screen.passage.show_marks((), None)
        self._screen.by_words.setChecked(self._by_words)
        self._screen.suggesting.setChecked(self._suggests)

    def moved(self) -> None:
        """After any step: what was wrong with the last one is forgotten."""
        self._screen.show_problem("")
        self.changed.emit()

    # Selecting

    def _step(self, steps: int, extend: bool) -> None:
        draft = self.drafted()
        focus = draft.focus
        if focus is not None and self._screen.passage.is_right_to_left(focus[0]):
            steps = -steps
        if extend:
            draft.extend(steps)
        else:
            draft.move(steps)
        self.moved()

    def _line(self, lines: int, extend: bool) -> None:
        draft = self.drafted()
        if draft.focus is None:
            return
        at = self._screen.passage.vertical_neighbour(draft.focus[0], lines)
        if extend:
            draft.extend_to(at)
        else:
            draft.select(at, at)
        self.moved()

    def _jump(self, forward: bool) -> None:
        self.drafted().jump(forward)
        self.moved()

    def _select(self, start: int, end: int) -> None:
        if self.draft is not None and self.marks_spans:
            self.draft.select(start, end)
            self.moved()

    def _pressed(self, position: int) -> None:
        """A mark that is clicked is selected as a whole."""
        if self.draft is None or not self.marks_spans:
            return
        for span in self.draft.spans:
            if span.start <= position < span.end:
                self.draft.select_mark(span)
                self.moved()
                return
        self._select(position, position + 1)

    def _doubled(self, position: int) -> None:
        """A word that is double-clicked is marked."""
        self._pressed(position)
        if self.draft is not None and self.marks_spans and not self.draft.touched():
            self._mark()

    # Marking

    def _label_clicked(self, position: int) -> None:
        """A click takes a label in hand; what is marked already gets it."""
        if self.draft is None:
            return
        if not self.marks_spans or any(
            (span.start, span.end) == self.draft.selection for span in self.draft.spans
        ):
            self._use_label(position)
            return
        self._in_hand = position
        self.changed.emit()

    def _use_label(self, position: int) -> None:
        draft = self.drafted()
        configuration = self.configuration
        self._in_hand = position
        if self.marks_spans:
            self._mark()
        else:
            draft.toggle(configuration.labels[position].key, configuration.exclusive)
            self.changed.emit()

    def _mark(self) -> None:
        draft = self.drafted()
        label = self.configuration.labels[self._in_hand]
        in_the_way = draft.mark(label.key)
        self.changed.emit()
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
        if not self.drafted().unmark():
            self._screen.show_problem(self.tr("Nothing is marked here."))
            return
        self.moved()

    def _switch_words(self) -> None:
        self._by_words = not self._by_words
        self.drafted().set_by_words(self._by_words)
        self.moved()

    def _switch_terms(self) -> None:
        self._suggests = not self._suggests
        if self._suggests:
            self._suggest()
        self.moved()

    def _suggest(self) -> None:
        draft = self.drafted()
        labels = self.configuration.labels
        terms = [(term, label.key) for label in labels for term in label.terms]
        count = draft.suggest(term_spans(draft.content, terms))
        if not terms:
            self._status.notice(self.tr("The labels have no terms to look for."))
        elif count:
            self._status.notice(self.tr("Marked by terms: {0}. Check them.").format(count))

    def drafted(self) -> Draft:
        if self.draft is None:
            raise RuntimeError("this command needs a text on the screen")
        return self.draft
