"""An open project at work: the session, its learner, and what the model knows. No widgets."""

import time
from functools import lru_cache

from PySide6.QtCore import QObject, Signal

from al_desktop.core.events import Event
from al_desktop.core.gold import Gold
from al_desktop.core.questions import Answer, Asked, Kind, Question, Selection, Text
from al_desktop.core.queue import Ranking
from al_desktop.core.session import Change
from al_desktop.core.statistics import Counts, Statistics
from al_desktop.gui.language import words
from al_desktop.gui.work.history import HistoryModel
from al_desktop.gui.work.judging import Judging
from al_desktop.gui.work.keeping import Keeping
from al_desktop.gui.work.learner_thread import LearnerThread
from al_desktop.learner.messages import (
    Estimated,
    Failed,
    FromWorker,
    Loading,
    Ranked,
    Rejudged,
    Start,
    Working,
)
from al_desktop.project import Project, cache_folder
from al_desktop.project.carrying import learner_configuration

_EXCERPT = 80
_TEXTS_KEPT = 512


class Workbench(QObject):
    """Answers, undoes and revises, and keeps the learner informed.

    asked          there is a question where there was none, or none where there was one
    model_changed  tone (a colour's name) and a sentence on what the model knows
    worked         Progress, or None when the texts are read
    warned         a sentence on what is wrong and what to do; "" when it is over
    """

    asked = Signal()
    model_changed = Signal(str, str)
    worked = Signal(object)
    warned = Signal(str)

    def __init__(self, project: Project, annotator: str) -> None:
        super().__init__()
        self.project = project
        self.annotator = annotator
        self.text = lru_cache(_TEXTS_KEPT)(project.file.text)
        self.history = HistoryModel(project.log, annotator, self._excerpt, self.label_name)
        self.stopped_for_good = False
        self.holds_still = False
        """While another process writes to the file: what would be stored unasked is passed over."""
        self._at_start = project.statistics().total
        self._pending: list[int] = []
        self._loading = self.tr("Starting the model…")
        self._ready = False
        self._shown_at = time.perf_counter()
        configuration = learner_configuration(project.file)
        self.learner = LearnerThread(Start(project.file.path, configuration, cache_folder()))
        self.learner.said.connect(self._hear)
        self.learner.restarting.connect(self._say_restarting)
        self.judging = Judging(self)
        self.keeping = Keeping(self)

    def start(self) -> None:
        self.learner.start()
        self._say_state()

    def close(self) -> None:
        """Ends the worker and releases the file; what was answered is on disk already."""
        self.learner.close()
        self.project.close()

    @property
    def current(self) -> Asked | None:
        return self.project.queue.current

    @property
    def finished(self) -> bool:
        return self.project.queue.finished

    @property
    def loading(self) -> str:
        """What is being waited for before the first question; "" once the model is there."""
        return "" if self._ready else self._loading

    @property
    def learned_all(self) -> bool:
        """Whether the order of questions knows every answer."""
        return self._ready and not self._pending

    def question_shown(self) -> None:
        """From now on the seconds to the answer count."""
        self._shown_at = time.perf_counter()

    def answer(self, answer: Answer) -> Change:
        return self.take(self.project.session.answer(answer, seconds_since(self._shown_at)))

    def revise(self, event: Event, answer: Answer) -> Change:
        return self.take(self.project.session.revise(event.uid, answer))

    def settle(self, question: Question, answer: Answer) -> Change:
        return self.take(self.project.session.settle(question, answer))

    def highlight(
        self, text_key: str, found: Gold, seconds: float, selection: Selection | None
    ) -> Change:
        self.judging.text_marked(selection)
        return self.take(self.project.session.highlight(text_key, found, seconds, selection))

    def undo(self) -> Change | None:
        change = self.project.session.undo()
        return self.take(change) if change else None

    def redo(self) -> Change | None:
        change = self.project.session.redo()
        return self.take(change) if change else None

    def statistics(self) -> tuple[Counts, Statistics]:
        """Of this session (what was added to the project's since it was opened), and of all."""
        now = self.project.statistics()
        before = self._at_start
        session = Counts(
            max(0, now.accept - before.accept),
            max(0, now.reject - before.reject),
            max(0, now.ignore - before.ignore),
        )
        return session, now

    def label_name(self, key: str) -> str:
        return self.label_look(key)[0]

    def label_look(self, key: str) -> tuple[str, str, int]:
        """Name, colour and position of a label; a removed one keeps its key as its name."""
        labels = self.project.file.configuration.labels
        for position, label in enumerate(labels):
            if label.key == key:
                return label.name, label.colour, position
        return key, "", len(labels)

    def answers_of(self, text_key: str) -> list[Event]:
        """The answers that stand about a text, the oldest first."""
        return self.project.log.answers_about(text_key)

    def go_on(self) -> None:
        """The file is this window's alone again."""
        self.holds_still = False

    def texts_changed(self) -> None:
        """After texts were added: the learner starts anew, on all of them."""
        self.project.texts_changed()
        self.restart_learner()

    def restart_learner(self) -> None:
        self.stopped_for_good = False
        self.warned.emit("")
        self._ready = False
        self.learner.restart()
        self._say_state()

    def take(self, change: Change) -> Change:
        """Tells the learner and the history of a step that the session took."""
        self.learner.learn(change.sequence, change.current.question if change.current else None)
        self._pending.append(change.sequence)
        self.history.take(change.event.question.key)
        self._say_state()
        return change

    def _excerpt(self, event: Event) -> str:
        return excerpt_of(event.question, self.text(event.question.text_key))

    def _hear(self, message: FromWorker) -> None:
        match message:
            case Loading(what):
                self._loading = words.translate("worker", what) + "…"
                self._say_state()
                self.asked.emit()
            case Working(progress):
                self.worked.emit(progress)
            case Ranked(ranking, _):
                self._rank(ranking)
            case Estimated() if not self.holds_still:
                self.judging.take(message)
                self.keeping.take(message)
            case Rejudged():
                self.keeping.take_again(message)
            case Failed(sentence, _, known):
                self.stopped_for_good = known
                self._ready = False
                self.worked.emit(None)
                if known:
                    self.model_changed.emit("reject", self.tr("stopped"))
                    self.warned.emit(sentence)
                    self.asked.emit()

    def _rank(self, ranking: Ranking) -> None:
        was_ready, had_question = self._ready, self.current is not None
        was_finished = self.finished
        self._ready = True
        self.project.queue.take(ranking)
        learned = ranking.learned_through
        self._pending = [sequence for sequence in self._pending if sequence > learned]
        if not was_ready:
            self.warned.emit("")
        self._say_state()
        has_question = self.current is not None
        if has_question != had_question or not was_ready or was_finished != self.finished:
            self.asked.emit()

    def _say_restarting(self, seconds: float) -> None:
        self.model_changed.emit("reject", self.tr("stopped; starting again"))
        self.warned.emit(
            self.tr(
                "The model stopped unexpectedly and starts again in {0} s. Your answers are "
                "saved; go on answering."
            ).format(f"{seconds:.0f}")
        )
        self._loading = self.tr("Starting the model again…")

    def _say_state(self) -> None:
        statistics = self.project.statistics()
        answers, highlights = statistics.answers, statistics.highlights
        known = max(0, answers - len(self._pending))
        if self.stopped_for_good:
            return
        if not self._ready:
            self.model_changed.emit("warning", self._loading)
        elif self._pending and answers:
            self.model_changed.emit(
                "accent", self.tr("learning · knows {0} of {1} answers").format(known, answers)
            )
        elif answers:
            self.model_changed.emit(
                "accept", self.tr("up to date · learned from answer {0}").format(answers)
            )
        elif highlights:
            said = self.tr("learning from {0}") if self._pending else self.tr("learned from {0}")
            tone = "accent" if self._pending else "accept"
            self.model_changed.emit(tone, said.format(words.texts(highlights)))
        else:
            self.model_changed.emit("accept", self.tr("ready · waits for your first answer"))


def seconds_since(moment: float) -> float:
    """Since a moment of `time.perf_counter`; never 0, which an answer has that nobody gave here."""
    return max(0.001, round(time.perf_counter() - moment, 3))


def excerpt_of(question: Question, text: Text) -> str:
    """A few words of what was asked about, on one line."""
    whole = question.kind is Kind.TEXTS
    content = text.content[:_EXCERPT] if whole else text.content[question.start : question.end]
    return " ".join(content[:_EXCERPT].split())
