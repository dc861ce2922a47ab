"""Doubtful answers, read again: one key each."""

from dataclasses import replace

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QPushButton

from al_desktop.core.doubts import Doubt, Doubtful
from al_desktop.core.progress import Progress
from al_desktop.core.questions import Answer
from al_desktop.gui.commands.table import BY_NAME, title_of
from al_desktop.gui.insights.studying import Studying
from al_desktop.gui.language import words
from al_desktop.gui.widgets.button_row import COMMAND_OF, ButtonRow
from al_desktop.gui.widgets.layouts import ScreenGround
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.passage import Passage
from al_desktop.gui.widgets.question_parts import (
    Nothing,
    QuestionCard,
    QuestionLine,
    TextColumn,
    source_line,
    span_of,
)
from al_desktop.gui.widgets.theme import Look, label_colours
from al_desktop.gui.work.workbench import Workbench


class Reread(ScreenGround):
    """Shows doubtful answers one after the other, those first that could mislead most. The same
    answer keeps it, another one changes it; both are remembered, and it is not asked again.

    commanded   the name of the command whose button was clicked
    moved       another answer shows, or none
    """

    commanded = Signal(str)
    moved = Signal()

    def __init__(self, look: Look, studying: Studying) -> None:
        super().__init__()
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self._look = look
        self._studying = studying
        self._bench: Workbench | None = None
        self._open: list[Doubtful] = []
        self._done: list[tuple[str, Doubtful]] = []
        self.passage = Passage(look)
        self._empty = Nothing()
        self._card = QuestionCard(look, self.passage, self._empty)
        self.row = ButtonRow(look)
        self.row.commanded.connect(self.commanded)
        column = TextColumn(look)
        self.setLayout(column)
        column.addLayout(self._build_question_line())
        column.addWidget(self._card, 1)
        column.addWidget(self.row)
        studying.changed.connect(self._take)
        studying.worked.connect(self._show_work)
        look.changed.connect(self._show_current)
        self._show_current()

    def attach(self, bench: Workbench | None) -> None:
        self._bench = bench
        self._open, self._done = [], []

    def begin(self) -> None:
        """Looks for doubtful answers, and shows the first."""
        self.setFocus()
        self._studying.study_doubts()
        self._take()

    @property
    def current(self) -> Doubtful | None:
        return self._open[0] if self._open else None

    @property
    def can_undo(self) -> bool:
        """Whether this annotator's last step was taken here."""
        step = self._bench.project.session.to_undo if self._bench is not None else None
        return step is not None and bool(self._done) and self._done[-1][0] == step.uid

    def answer(self, answer: Answer) -> None:
        """Keeps or changes the answer that shows."""
        bench, current = self._bench, self.current
        if bench is None or current is None:
            return
        event = current.event
        # One's own mistake is corrected; otherwise what was said stays beside the verdict.
        if event.annotator == bench.annotator and event.answer is not answer:
            change = bench.revise(event, answer)
        else:
            change = bench.settle(event.question, answer)
        self._done.append((change.event.uid, current))
        del self._open[0]
        self._show_current()

    def undo(self) -> None:
        """Takes back the last step taken here, and shows it again."""
        if self._bench is None or not self.can_undo:
            return
        _, doubtful = self._done.pop()
        if self._bench.undo() is not None:
            stands = self._bench.project.log.live(doubtful.event.question.key)
            if stands is not None:
                self._open.insert(0, replace(doubtful, event=stands))
            self._show_current()

    def _take(self) -> None:
        """The list as it was found, without what was changed or settled since."""
        bench, found = self._bench, self._studying.doubts
        if bench is None:
            return
        log = bench.project.log
        self._open = [
            each
            for each in found or ()
            if each.event.uid in log
            and log.is_live(each.event.uid)
            and log.verdict(each.event.question.key) is None
        ]
        self._show_current()

    def _show_work(self, progress: Progress | None) -> None:
        if progress is not None and self.current is None:
            self._empty.sentence.setText(words.progress(progress))

    def _show_current(self) -> None:
        bench, current = self._bench, self.current
        self._line.set_visible(current is not None)
        for widget in (self.passage, self._card.notice):
            widget.setVisible(current is not None)
        self._empty.setVisible(current is None)
        self._name_buttons()
        if bench is None or current is None:
            self._left.setText("")
            self._card.source.setText("")
            self.passage.clear_text()
            self._say_nothing()
            self.moved.emit()
            return
        question = current.event.question
        self._left.setText(self._left_words())
        self._line.show_question(question, bench.label_look)
        self._card.notice.setText(why(current, bench.annotator))
        text = bench.text(question.text_key)
        _, colour, position = bench.label_look(question.label)
        colours = label_colours(colour, position, self._look.colours.is_dark)
        self.passage.show_text(text.content, span_of(question), colours)
        self._card.source.setText(source_line(text))
        self.moved.emit()

    def _left_words(self) -> str:
        checks = sum(each.is_check for each in self._open)
        left = self.tr("{0} to read again").format(words.number(len(self._open)))
        if not checks:
            return left
        return f"{left}  ·  " + self.tr("random checks first: {0}").format(words.number(checks))

    def _name_buttons(self) -> None:
        for answer, name in COMMAND_OF.items():
            title = title_of(BY_NAME[name])
            if self.current is not None and self.current.event.answer is answer:
                title = self.tr("Keep: {0}").format(title)
            self.row.buttons[name].setText(title)
            self.row.buttons[name].setAccessibleName(title)

    def _say_nothing(self) -> None:
        studying = self._studying
        if studying.is_looking:
            self._empty.say(
                self.tr("Looking for answers worth reading again…"),
                self.tr("The model is fitted a few times without some of them."),
            )
        elif studying.problem:
            self._empty.say(self.tr("Doubtful answers can't be looked for"), studying.problem)
        elif not studying.has_enough:
            self._empty.say(
                self.tr("Too early to tell"),
                self.tr("After about 20 answers it shows which of them look doubtful."),
            )
        else:
            self._empty.say(
                self.tr("Nothing left to read again"),
                self.tr("No other answer looks doubtful."),
            )

    def _build_question_line(self) -> QuestionLine:
        self._line = QuestionLine(self._look)
        self._left = text_label("", "muted")
        back = QPushButton(self.tr("Back to insights"))
        back.setProperty("role", "quiet")
        back.setFocusPolicy(Qt.FocusPolicy.TabFocus)
        back.clicked.connect(lambda: self.commanded.emit("screen.insights"))
        self._line.addWidget(self._left)
        self._line.addWidget(back)
        return self._line


def why(doubtful: Doubtful, annotator: str) -> str:
    """Who answered what, and what makes it doubtful."""
    translate = words.translate
    event = doubtful.event
    given = words.answer(event.answer)
    if event.annotator == annotator:
        said = translate("Reread", "You {0} this.").format(given)
    else:
        said = translate("Reread", "{0} {1} this.").format(event.annotator, given)
    match doubtful.doubt:
        case Doubt.CONTRADICTED:
            said += " " + translate(
                "Reread",
                "A model that never saw this answer would accept it with a probability of {0}.",
            ).format(f"{100 * doubtful.score:.0f} %")
        case Doubt.TWICE:
            said += " " + translate("Reread", "It was answered differently before.")
        case Doubt.PACE:
            said += " " + translate("Reread", "It took {0} s, usually it takes {1} s.").format(
                f"{event.seconds:.1f}", f"{doubtful.usual_seconds:.1f}"
            )
    if doubtful.is_check:
        said += " " + translate(
            "Reread",
            "It was a random check: a mistake here misleads every figure about the model.",
        )
    return said
