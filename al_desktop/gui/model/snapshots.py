"""The snapshots of the model: how good each was, and going back to one."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from al_desktop.core.events import Event
from al_desktop.core.keeping import best
from al_desktop.core.quality import Estimate, Interval
from al_desktop.core.snapshots import ADVICE, ANSWERS, TRAINED
from al_desktop.gui.language import words
from al_desktop.gui.widgets.layouts import Card, buttons
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.work.workbench import Workbench

_SHOWN = 8


class Snapshots(Card):
    """`commanded` is the name of a command."""

    commanded = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._bench: Workbench | None = None
        self.add_head(
            self.tr("Snapshots"),
            self.tr(
                "How good the model was on the way. Going back deletes nothing: later answers "
                "are set aside, and can be used again at any time."
            ),
        )
        self._warning = text_label("", "banner", wrap=True)
        self._aside = text_label("", "banner", wrap=True)
        self._restore = QPushButton(self.tr("Use all answers again"))
        self._restore.clicked.connect(lambda: self.commanded.emit("model.restore"))
        self.column.addWidget(self._warning)
        self.column.addWidget(self._aside)
        self.column.addLayout(buttons(self._restore))
        table = QWidget()
        self._grid = QGridLayout(table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setColumnStretch(1, 1)
        self.column.addWidget(table)
        self._more = text_label("", "small")
        self.column.addWidget(self._more)
        keep = QPushButton(self.tr("Keep this model"))
        keep.clicked.connect(lambda: self.commanded.emit("model.keep"))
        self.column.addLayout(buttons(keep))
        self.refresh()

    def attach(self, bench: Workbench | None) -> None:
        self._bench = bench
        self._warning.setText("")
        if bench is not None:
            bench.keeping.changed.connect(self.refresh)
            bench.keeping.worse.connect(self._warn)
        self.refresh()

    def refresh(self) -> None:
        bench = self._bench
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        snapshots = bench.keeping.snapshots if bench is not None else []
        aside = bench.keeping.set_aside if bench is not None else 0
        self._warning.setVisible(bool(self._warning.text()))
        in_force = bench is not None and bench.keeping.rolled_back is not None
        self._aside.setText(
            self.tr("You went back to an earlier model: it does not learn from {0}.").format(
                words.answers(aside)
            )
        )
        self._aside.setVisible(in_force)
        self._restore.setVisible(in_force)
        if bench is not None:
            self._fill(bench, snapshots)
        left = len(snapshots) - _SHOWN
        self._more.setText(self.tr("and {0} earlier ones").format(words.number(left)))
        self._more.setVisible(left > 0)

    def _fill(self, bench: Workbench, snapshots: list[Event]) -> None:
        ahead = best(bench.project.log)
        shown = snapshots[:_SHOWN]
        # The best one is always among them.
        if ahead is not None and ahead not in shown:
            shown = [*shown[:-1], ahead]
        for row, event in enumerate(shown):
            snapshot = event.snapshot
            if snapshot is None:
                continue
            self._grid.addWidget(text_label(words.answers(snapshot.answers), "strong"), row, 0)
            why = reason_words(snapshot.reason)
            self._grid.addWidget(
                text_label(f"{why}  ·  {words.when(event.at_ms)}", "small", wrap=True), row, 1
            )
            known = snapshot.overall
            quality = self.tr("F1 {0}").format(interval_words(known.f1)) if known else ""
            self._grid.addWidget(text_label(quality), row, 2)
            back = QPushButton(self.tr("Go back to this"))
            back.setAccessibleName(
                self.tr("Go back to the model of {0}").format(words.answers(snapshot.answers))
            )
            back.setProperty("role", "quiet")
            back.clicked.connect(lambda _=False, uid=event.uid: self.go_back(uid))
            self._grid.addWidget(back, row, 3)

    def go_back(self, uid: str) -> None:
        if self._bench is not None:
            self._warning.setText("")
            self._bench.keeping.roll_back(uid)

    def _warn(self, event: Event, then: Estimate, now: Estimate) -> None:
        said = worse_words(event, then, now)
        self._warning.setText(said)
        self.refresh()


def reason_words(reason: str) -> str:
    translate = words.translate
    return {
        ANSWERS: translate("Snapshots", "kept on the way"),
        ADVICE: translate("Snapshots", "kept when more answers seemed to add little"),
        TRAINED: translate("Snapshots", "kept when a model was trained to deliver"),
    }.get(reason, translate("Snapshots", "kept by hand"))


def worse_in_short(event: Event) -> str:
    """The same in a line."""
    answers = event.snapshot.answers if event.snapshot else 0
    return words.translate(
        "Snapshots", "The model was better after {0}. The Model screen tells more."
    ).format(words.answers(answers))


def worse_words(event: Event, then: Estimate, now: Estimate) -> str:
    """That an earlier model was better, by the same checks."""
    answers = event.snapshot.answers if event.snapshot else 0
    return words.translate(
        "Snapshots",
        "The model was better after {0}: F1 {1} then, {2} now, by the same random checks. Read "
        "doubtful answers again, or go back to it.",
    ).format(words.answers(answers), interval_words(then.f1), interval_words(now.f1))


def interval_words(interval: Interval) -> str:
    """Such as "0.78  (0.70 – 0.86)"."""
    return f"{interval.value:.2f}  ({interval.low:.2f} – {interval.high:.2f})"
