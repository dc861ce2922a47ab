"""What the flag's commands do: mark what is on screen to come back to, and come back."""

from collections.abc import Callable

from PySide6.QtCore import QObject, Signal

from al_desktop.core.events import Event
from al_desktop.core.gold import everything_about
from al_desktop.core.questions import Asked, Question, Selection
from al_desktop.gui.annotate.annotating import Annotating
from al_desktop.gui.frame.shell import Shell

Subject = tuple[Question, Selection | None]


class Flagging(QObject):
    """
    changed       a flag was put up or taken away
    text_wanted   the key of a flagged text, to be shown to be marked in full
    """

    changed = Signal()
    text_wanted = Signal(str)

    def __init__(self, shell: Shell, annotating: Annotating) -> None:
        super().__init__(shell)
        self._shell = shell
        self._annotating = annotating
        self._last: str | None = None

    def toggle(self, subject: Callable[[], Subject | None]) -> Callable[[], None]:
        """What the key does on a screen; `subject` gives what is on it, and how that was drawn."""

        def flag() -> None:
            found = subject()
            if found is not None:
                self._flag(*found)

        return flag

    def go_on(self) -> None:
        """Shows the next flagged one, from the latest to the oldest, then from the latest again."""
        found = self._reachable()
        if not found:
            self._shell.status.notice(self.tr("Nothing flagged here waits for you."))
            return
        keys = [event.question.key for event in found]
        asked = self._annotating.asked
        on_screen = asked[0].key if asked is not None else None
        last = self._last or on_screen
        at = (keys.index(last) + 1) % len(keys) if last in keys else 0
        self._last = keys[at]
        said = self.tr("Flagged: {0} of {1}. {2} goes on, {3} takes the flag away.")
        self._shell.status.notice(
            said.format(
                at + 1,
                len(keys),
                self._shell.first_key("flag.next"),
                self._shell.first_key("flag.toggle"),
            )
        )
        self.show(found[at])

    def _flag(self, question: Question, selection: Selection | None) -> None:
        bench = self._shell.opened()
        bench.project.session.flag(question, selection)
        bench.history.show_flag(question.key)
        self._annotating.show_flag()
        self.changed.emit()
        if bench.project.log.flags(question.key):
            self._last = None
            said = self.tr("Flagged. {0} goes through all that is flagged.")
            self._shell.status.notice(said.format(self._shell.first_key("flag.next")))
        else:
            self._shell.status.notice(self.tr("Took the flag away."))

    def _reachable(self) -> list[Event]:
        """Flagged texts, questions that this annotator answered, and those to be asked anew. What
        only colleagues answered is for Browse."""
        log = self._shell.opened().project.log
        return [
            event
            for event in log.flagged()
            if not event.question.label
            or self._mine(event.question) is not None
            or event.selection is not None
        ]

    def _mine(self, question: Question) -> Event | None:
        bench = self._shell.opened()
        return bench.project.log.live_by_annotator(question.key).get(bench.annotator)

    def show(self, flag: Event) -> None:
        """Where the flagged question can be answered, or the flagged text be marked."""
        bench, question = self._shell.opened(), flag.question
        mine = self._mine(question)
        if question == everything_about(question.text_key):
            self.text_wanted.emit(question.text_key)
            return
        self._shell.run("screen.annotate")
        if mine is not None:
            self._annotating.look_at_event(mine)
        elif flag.selection is not None:
            bench.project.queue.show(Asked(question, flag.selection))
            self._annotating.leave_history()
