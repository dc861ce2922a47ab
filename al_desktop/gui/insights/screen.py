"""Insights: how the answering goes, and what can be said honestly about the model."""

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QGridLayout, QVBoxLayout, QWidget

from al_desktop.gui.insights.bias_card import BiasCard
from al_desktop.gui.insights.card import InsightCard
from al_desktop.gui.insights.pictures import insights
from al_desktop.gui.insights.studying import Studying
from al_desktop.gui.insights.verdict_card import VerdictCard
from al_desktop.gui.widgets.layouts import ScreenGround, fill, scrolling
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.work.workbench import Workbench

_UPDATE_MS = 400
_COLUMNS = 2
_ANSWERS_BETWEEN = 20
_MOST_UNASKED = 3000
"""Answers up to which doubtful ones are looked for unasked: more take minutes of computing."""
PLOTS = ("quality", "rate", "calibration", "scores", "pace", "labels")


class Insights(ScreenGround):
    """What can be said about the open project, kept up to date while it shows.

    commanded   the name of a command whose button was clicked
    """

    commanded = Signal(str)

    def __init__(self, look: Look, studying: Studying) -> None:
        super().__init__()
        self._bench: Workbench | None = None
        self._studying = studying
        self.verdict = VerdictCard()
        self.verdict.commanded.connect(self.commanded)
        self.cards = {name: InsightCard(name, look) for name in PLOTS}
        self.bias = BiasCard(look)
        page = QWidget()
        column = QVBoxLayout(page)
        column.setContentsMargins(28, 24, 28, 24)
        column.setSpacing(16)
        column.addWidget(self.verdict)
        grid = QGridLayout()
        grid.setSpacing(16)
        for number, card in enumerate(self.cards.values()):
            grid.addWidget(card, number // _COLUMNS, number % _COLUMNS)
        for number in range(_COLUMNS):
            grid.setColumnStretch(number, 1)
        column.addLayout(grid)
        column.addWidget(self.bias)
        fill(self, scrolling(page, self.tr("Insights")))
        studying.changed.connect(self._show_studies)
        self._timer = QTimer(self, singleShot=True, interval=_UPDATE_MS)
        self._timer.timeout.connect(self.show_figures)

    def attach(self, bench: Workbench | None) -> None:
        self._bench = bench
        if bench is not None:
            bench.model_changed.connect(self._show_soon)

    def show_figures(self) -> None:
        """Works everything out anew; what takes long is worked out beside the window."""
        bench = self._bench
        if bench is None or not self.isVisible():
            return
        for name, insight in insights(bench).items():
            self.cards[name].show_insight(insight)
        self._studying.study_bias(_ANSWERS_BETWEEN)
        if bench.project.statistics().answers <= _MOST_UNASKED:
            self._studying.study_doubts(_ANSWERS_BETWEEN)
        self._show_studies()

    def _show_studies(self) -> None:
        self.bias.show_bias(self._studying.bias)
        if self._bench is not None:
            self.verdict.show_verdict(self._bench, self._studying)

    def _show_soon(self) -> None:
        if self.isVisible():
            self._timer.start()
