"""Beside the question: how the session goes, what the model knows, the latest answers."""

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QLabel, QProgressBar, QVBoxLayout, QWidget

from al_desktop.core.progress import Progress
from al_desktop.core.quality import Estimate
from al_desktop.core.statistics import Counts, Statistics
from al_desktop.gui.annotate.history_list import HistoryList
from al_desktop.gui.language import words
from al_desktop.gui.widgets.parts import Dot, TallyBar, text_label
from al_desktop.gui.widgets.theme import Look


class SidePanel(QFrame):
    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("panel")
        self._look = look
        self._layout = QVBoxLayout(self)
        self._build_session()
        self._build_model()
        self._layout.addWidget(self._heading(self.tr("HISTORY")))
        self.history = HistoryList(look)
        self._layout.addWidget(self.history, 1)
        self._afterwards = QTimer(self, singleShot=True, interval=0)
        self._afterwards.timeout.connect(lambda: self.setUpdatesEnabled(True))
        look.changed.connect(self._resize)
        self._resize()

    def wait_for_question(self) -> None:
        """Is painted anew only after the question that is about to show: a timer without a delay
        runs when the paint that is due is done."""
        self.setUpdatesEnabled(False)
        self._afterwards.start()

    def show_statistics(self, session: Counts, statistics: Statistics) -> None:
        """`session` counts the answers since the project was opened."""
        self._answers.setText(words.number(session.answers))
        self._answers_unit.setText(
            self.tr("answer") if session.answers == 1 else self.tr("answers")
        )
        pace = statistics.pace
        self._pace.setText("" if pace is None or not session.answers else f"{pace:.0f}")
        self._pace_unit.setText(self.tr("a minute") if self._pace.text() else "")
        self._bar.show_counts(session.accept, session.reject, session.ignore)
        self._accepted.setText(self.tr("{0} accepted").format(words.number(session.accept)))
        self._rejected.setText(self.tr("{0} rejected").format(words.number(session.reject)))
        self._ignored.setText(self.tr("{0} ignored").format(words.number(session.ignore)))
        self._total.setText(
            self.tr("{0} in this project").format(words.answers(statistics.answers))
        )

    def show_model(self, tone: str, sentence: str) -> None:
        self._dot.show_tone(tone)
        self._state.setText(sentence)

    def show_work(self, progress: Progress | None) -> None:
        """Work of the model that needs no answers; None hides it."""
        self._work.setVisible(progress is not None)
        if progress is None:
            return
        self._work_words.setText(words.progress(progress))
        self._work_bar.setRange(0, progress.total or 0)
        self._work_bar.setValue(progress.done)

    def show_quality(self, estimate: Estimate | None) -> None:
        """Only what can be said honestly: an estimate from random checks, once there are enough."""
        known = estimate is not None and estimate.means_something
        self._quality.setVisible(known)
        self._quality_words.setVisible(known)
        if estimate is not None and known:
            self._quality.setText(
                self.tr("Estimated F1 {0} ({1})").format(
                    f"{estimate.f1.value:.2f}", f"{estimate.f1.low:.2f} – {estimate.f1.high:.2f}"
                )
            )
            self._quality_words.setText(
                self.tr("on {0} random checks").format(words.number(estimate.answers))
            )

    def _build_session(self) -> None:
        self._answers = text_label("0", "number")
        self._answers_unit = text_label("", "small")
        self._pace = text_label("", "number")
        self._pace_unit = text_label("", "small")
        numbers = QHBoxLayout()
        for label in (self._answers, self._answers_unit, self._pace, self._pace_unit):
            numbers.addWidget(label, 0, Qt.AlignmentFlag.AlignBaseline)
        numbers.insertSpacing(2, 12)
        numbers.addStretch(1)
        numbers.setSpacing(5)
        self._bar = TallyBar(self._look)
        self._accepted = text_label("", "accept")
        self._rejected = text_label("", "reject")
        self._ignored = text_label("", "small")
        counts = QHBoxLayout()
        for label in (self._accepted, self._rejected, self._ignored):
            counts.addWidget(label)
        counts.addStretch(1)
        counts.setSpacing(10)
        self._total = text_label("", "small")
        self._layout.addWidget(self._heading(self.tr("THIS SESSION")))
        self._layout.addLayout(numbers)
        self._layout.addWidget(self._bar)
        self._layout.addLayout(counts)
        self._layout.addWidget(self._total)
        self._layout.addSpacing(14)

    def _build_model(self) -> None:
        self._dot = Dot(self._look)
        self._state = text_label("", "small", wrap=True)
        state = QHBoxLayout()
        state.setSpacing(8)
        state.addWidget(self._dot, 0, Qt.AlignmentFlag.AlignTop)
        state.addWidget(self._state, 1)
        self._quality = text_label("", "strong")
        self._quality_words = text_label("", "small")
        self._quality.hide()
        self._quality_words.hide()
        self._work_words = text_label("", "small")
        self._work_bar = QProgressBar(textVisible=False)
        self._work_bar.setAccessibleName(self.tr("Reading the texts"))
        self._work = QWidget()
        work = QVBoxLayout(self._work)
        work.setContentsMargins(0, 0, 0, 0)
        work.setSpacing(6)
        work.addWidget(self._work_words)
        work.addWidget(self._work_bar)
        self._work.hide()
        self._layout.addWidget(self._heading(self.tr("MODEL")))
        self._layout.addWidget(self._quality)
        self._layout.addWidget(self._quality_words)
        self._layout.addLayout(state)
        self._layout.addWidget(self._work)
        self._layout.addSpacing(14)

    def _heading(self, text: str) -> QLabel:
        return text_label(text, "heading")

    def _resize(self) -> None:
        px = self._look.theme.px
        self.setFixedWidth(px(300))
        self._layout.setContentsMargins(px(22), px(26), px(14), px(16))
        self._layout.setSpacing(px(8))
