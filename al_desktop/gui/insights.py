"""Insights: how the answering goes, and what can be said honestly about the model."""

from pathlib import Path

from PySide6.QtCore import Qt, QTimer
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QToolButton,
    QWidget,
)

from al_desktop.gui import figures
from al_desktop.gui.figures import Point
from al_desktop.gui.layouts import fill, scrolling
from al_desktop.gui.plot import Bar, Line, Picture, Plot
from al_desktop.gui.theme import Look
from al_desktop.gui.workbench import Workbench

_UPDATE_MS = 400
_COLUMNS = 2
PLOTS = ("quality", "rate", "calibration", "scores", "pace", "labels")


class Insights(QWidget):
    """Plots of the open project, kept up to date while they show."""

    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._bench: Workbench | None = None
        self._look = look
        self._plots = {
            name: Plot(look)
            for name in ("quality", "rate", "calibration", "scores", "pace", "labels")
        }
        page = QWidget()
        grid = QGridLayout(page)
        grid.setContentsMargins(28, 24, 28, 24)
        grid.setSpacing(16)
        for number, (name, plot) in enumerate(self._plots.items()):
            grid.addWidget(self._card(name, plot), number // _COLUMNS, number % _COLUMNS)
        fill(self, scrolling(page, self.tr("Insights")))
        self._timer = QTimer(self, singleShot=True, interval=_UPDATE_MS)
        self._timer.timeout.connect(self.show_figures)

    def attach(self, bench: Workbench | None) -> None:
        self._bench = bench
        if bench is not None:
            bench.model_changed.connect(self._show_soon)

    def show_figures(self) -> None:
        """Works everything out anew."""
        bench = self._bench
        if bench is None or not self.isVisible():
            return
        answers = figures.in_order(bench.project.log)
        enough = self.tr("Shows after a few more answers.")
        total = float(max(len(answers), 1))
        unit = self.tr("answers")
        rate = figures.accept_rate(answers)
        self._plots["quality"].show_picture(self._quality(bench))
        self._plots["rate"].show_picture(
            Picture(
                self.tr("How often you accept"),
                self.tr("Of the latest 30 answers. Near one half, questions teach most."),
                enough,
                lines=[Line(rate)],
                x_range=(0, rate[-1].x if rate else 1.0),
                x_words=unit,
                y_percent=True,
            )
        )
        self._plots["calibration"].show_picture(
            Picture(
                self.tr("Can the score be trusted?"),
                self.tr("What you accepted, by the score the model gave before you answered."),
                enough,
                lines=[Line(figures.calibration(answers), dots=True)],
                x_words=self.tr("score"),
                y_percent=True,
                diagonal=True,
            )
        )
        self._plots["scores"].show_picture(self._scores(figures.score_bins(answers)))
        pace = figures.pace(answers)
        fastest = max((point.y for point in pace), default=1.0)
        self._plots["pace"].show_picture(
            Picture(
                self.tr("Answers a minute"),
                self.tr("Over 20 answers; pauses are left out."),
                enough,
                lines=[Line(pace, tone="accept")],
                x_range=(0, total),
                y_range=(0, max(10.0, 10 * -(-fastest // 10))),
                x_words=unit,
            )
        )
        self._plots["labels"].show_picture(self._labels(bench))

    def _quality(self, bench: Workbench) -> Picture:
        points = [
            Point(answers, estimate.f1.value, estimate.f1.low, estimate.f1.high, estimate.answers)
            for answers, estimate in bench.estimates
            if estimate.means_something
        ]
        note = ""
        if points:
            note = self.tr(
                "F1, estimated from {0} random checks alone; the band is the 95 % interval."
            ).format(points[-1].count)
        last = points[-1].x if points else 1.0
        return Picture(
            self.tr("How good the model is"),
            note,
            self.tr(
                "Shows after about 20 random checks: questions drawn by chance, which the model "
                "has not learned from."
            ),
            lines=[Line(points)],
            x_range=(min((point.x for point in points), default=0.0), max(last, 1.0)),
            x_words=self.tr("answers"),
        )

    def _scores(self, bins: list[figures.Bin]) -> Picture:
        bars = [
            Bar((each.accepted, each.rejected), ("accept", "reject"), f"{number / 10:.1f}")
            for number, each in enumerate(bins)
        ]
        facts = [
            self.tr("Score {0} to {1}: {2} accepted, {3} rejected").format(
                f"{number / 10:.1f}", f"{(number + 1) / 10:.1f}", each.accepted, each.rejected
            )
            for number, each in enumerate(bins)
        ]
        asked = any(each.accepted or each.rejected for each in bins)
        return Picture(
            self.tr("What was asked"),
            self.tr("Accepted and rejected, by the model's score when asked."),
            self.tr("Shows once the model has given scores."),
            bars=bars if asked else (),
            facts=facts,
        )

    def _labels(self, bench: Workbench) -> Picture:
        by_label = bench.project.statistics().by_label
        counts = [(bench.label_name(key), each) for key, each in by_label.items()]
        return Picture(
            self.tr("By label"),
            self.tr("Accepted, rejected and ignored."),
            self.tr("Shows with the first answer."),
            bars=[
                Bar((each.accept, each.reject, each.ignore), ("accept", "reject", "muted"), name)
                for name, each in counts
            ],
            facts=[
                self.tr("{0}: {1} accepted, {2} rejected, {3} ignored").format(
                    name, each.accept, each.reject, each.ignore
                )
                for name, each in counts
            ],
        )

    def _card(self, name: str, plot: Plot) -> QFrame:
        card = QFrame()
        card.setObjectName("card")
        layout = QGridLayout(card)
        layout.setContentsMargins(20, 16, 16, 12)
        save = QToolButton()
        save.setText(self.tr("Save…"))
        save.setAccessibleName(self.tr("Save this picture"))
        save.clicked.connect(lambda: self._save(name, plot))
        layout.addWidget(plot, 0, 0)
        corner = Qt.AlignmentFlag.AlignTop | Qt.AlignmentFlag.AlignRight
        layout.addWidget(save, 0, 0, corner)
        return card

    def _save(self, name: str, plot: Plot) -> None:
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Save this picture"), f"{name}.svg", "SVG (*.svg);;PNG (*.png)"
        )
        if chosen:
            plot.save(Path(chosen))

    def _show_soon(self) -> None:
        if self.isVisible():
            self._timer.start()
