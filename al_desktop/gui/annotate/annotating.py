"""What the annotate screen's commands do: answer, undo, look back, revise."""

from collections.abc import Callable, Mapping
from dataclasses import replace

from PySide6.QtCore import QObject, Signal

from al_desktop.core.events import Event
from al_desktop.core.questions import Answer, Question, Selection
from al_desktop.gui.annotate.screen import Annotate
from al_desktop.gui.commands.situation import Situation
from al_desktop.gui.frame.status_line import StatusLine
from al_desktop.gui.language import words
from al_desktop.gui.work.workbench import Workbench


class Annotating(QObject):
    """Between a workbench and the screen that shows it. `changed` after anything changed."""

    changed = Signal()

    def __init__(
        self, screen: Annotate, status: StatusLine, first_key: Callable[[str], str]
    ) -> None:
        """`first_key` gives the shown key of a command."""
        super().__init__()
        self._screen = screen
        self._status = status
        self._first_key = first_key
        self._bench: Workbench | None = None
        self._earlier: Event | None = None
        screen.panel.history.chosen.connect(self.look_at)

    def situation(self, now: Situation) -> Situation:
        """What commands of this screen depend on, filled in."""
        bench = self._bench
        if bench is None:
            return now
        session, is_revising = bench.project.session, self._earlier is not None
        has_question = bench.current is not None or is_revising
        is_marked = self._earlier is not None and self._earlier.gold is not None
        return replace(
            now,
            shows_text=True,
            can_answer=has_question and not is_marked,
            has_question=has_question,
            is_revising=is_revising,
            has_history=len(bench.history) > 0,
            can_flag=has_question,
            can_undo=session.can_undo and not is_revising,
            can_redo=session.can_redo and not is_revising,
        )

    def handlers(self) -> Mapping[str, Callable[[], None]]:
        """What to do for each command, by name."""
        return {
            "answer.undo": self.undo,
            "answer.redo": self._redo,
            "history.back": self._look_back,
            "history.forward": self._look_forward,
            "history.leave": self.leave_history,
            "learner.restart": self._restart_learner,
        }

    def attach(self, bench: Workbench | None) -> None:
        """Shows this workbench's question; None for no project."""
        self._bench = bench
        self._earlier = None
        panel = self._screen.panel
        panel.history.setModel(bench.history if bench else None)
        if bench is None:
            return
        bench.asked.connect(self.show_current)
        bench.model_changed.connect(panel.show_model)
        bench.worked.connect(panel.show_work)
        bench.judging.changed.connect(panel.show_quality)
        panel.show_quality(None)
        panel.show_work(None)
        self._screen.set_labels(bench.label_look)
        self.show_current()

    def show_current(self) -> None:
        """Shows the current question, or why there is none; an earlier answer stays on screen."""
        bench = self._bench
        if bench is None or self._earlier is not None:
            return
        asked = bench.current
        if asked is not None:
            text = bench.text(asked.question.text_key)
            self._screen.show_question(asked, text, bench.judging.curve(asked.question.label))
            bench.question_shown()
            self.show_flag()
        else:
            self._screen.show_nothing(*self._why_nothing(bench))
        self.changed.emit()

    def look_at(self, row: int) -> None:
        """Shows an earlier answer, 0 the latest, to be revised."""
        bench = self._opened()
        if 0 <= row < len(bench.history):
            self.look_at_event(bench.history.event_at(row))

    def look_at_event(self, event: Event) -> None:
        """Shows an earlier answer of this annotator, or a text marked in full."""
        bench = self._opened()
        self._earlier = event
        back = self._first_key("history.leave")
        text = bench.text(event.question.text_key)
        if event.gold is not None:
            hint = self.tr("You marked this text in full. {0} to change that, {1} to go back.")
            change = self._first_key("highlight.this")
            self._screen.show_marked(text, hint.format(change, back))
        else:
            hint = self.tr("You {0} this. Press a key to change it, {1} to go back.")
            hint = hint.format(words.answer(event.answer), back)
            if event.selection is not None and event.selection.audit:
                hint = self.tr("A random check of the model.") + " " + hint
            self._screen.show_earlier(event, text, hint)
        self._screen.panel.history.show_chosen(bench.history.row_of(event.question.key))
        self.show_flag()
        self.changed.emit()

    @property
    def asked(self) -> tuple[Question, Selection | None] | None:
        """What is on screen: the question, or that of an earlier answer, and how it was drawn."""
        if self._earlier is not None:
            return self._earlier.question, self._earlier.selection
        current = self._opened().current
        return (current.question, current.selection) if current is not None else None

    def show_flag(self) -> None:
        """Shows whether what is on screen is flagged."""
        asked = self.asked
        flags = self._opened().project.log.flags(asked[0].key) if asked is not None else ()
        self._screen.show_flag(bool(flags))

    def leave_history(self) -> None:
        self._earlier = None
        self._screen.panel.history.show_chosen(None)
        self.show_current()

    def answer(self, answer: Answer) -> None:
        """Answers the question, or revises the answer that is looked at."""
        bench = self._opened()
        if self._earlier is not None:
            self._revise(bench, self._earlier, answer)
            return
        self._screen.panel.wait_for_question()
        bench.answer(answer)
        self._screen.flash(answer)
        self.show_current()

    def _revise(self, bench: Workbench, event: Event, answer: Answer) -> None:
        if event.answer is not answer:
            bench.revise(event, answer)
            self._status.notice(self.tr("Changed to {0}.").format(words.answer(answer)))
        self._screen.flash(answer)
        self.leave_history()

    def undo(self) -> None:
        if self._opened().undo() is not None:
            self._screen.buttons["answer.undo"].flash()
            self.show_current()
            self._status.notice(self.tr("Took back the last answer."))

    def _redo(self) -> None:
        if self._opened().redo() is not None:
            self.show_current()
            self._status.notice(self.tr("Gave the answer again."))

    def _look_back(self) -> None:
        row = self._row()
        self.look_at(0 if row is None else row + 1)

    def _look_forward(self) -> None:
        row = self._row()
        if row:
            self.look_at(row - 1)
        else:
            self.leave_history()

    def _row(self) -> int | None:
        """Of the earlier answer on screen in the history."""
        earlier = self._earlier
        return self._opened().history.row_of(earlier.question.key) if earlier else None

    def _restart_learner(self) -> None:
        self._opened().restart_learner()
        self.show_current()

    def _why_nothing(self, bench: Workbench) -> tuple[str, str]:
        if not bench.project.statistics().texts:
            return (
                self.tr("No texts yet"),
                self.tr("Import a file of texts with {0}, or drop one on this window.").format(
                    self._first_key("project.import")
                ),
            )
        if bench.stopped_for_good:
            return (
                self.tr("The model can't start"),
                self.tr("What is wrong and what to do is in the line below."),
            )
        if bench.loading:
            return bench.loading, self.tr("The first question comes in a moment.")
        if bench.finished:
            return (
                self.tr("All done"),
                self.tr(
                    "There is nothing left to ask about these texts. Export your answers, "
                    "or import more texts."
                ),
            )
        return self.tr("Looking for the next question…"), ""

    def _opened(self) -> Workbench:
        if self._bench is None:
            raise RuntimeError("this command needs an open project")
        return self._bench
