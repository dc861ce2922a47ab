"""The model: what it is, how good it is as far as is known, and training what is delivered."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import (
    QGridLayout,
    QPushButton,
    QWidget,
)

from al_desktop.core.configuration import BUNDLED_BASE
from al_desktop.core.quality import ENOUGH_ANSWERS, Estimate
from al_desktop.core.questions import Kind
from al_desktop.gui.language import words
from al_desktop.gui.model.snapshots import Snapshots, interval_words
from al_desktop.gui.model.training_card import TrainingCard
from al_desktop.gui.widgets.layouts import Card, ScreenGround, buttons, page
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.work.workbench import Workbench
from al_desktop.project.carrying import carried_model, learner_configuration
from al_desktop.storage import ProjectFile

CHECKS = 20
TO_MARK = 5


class ModelScreen(ScreenGround):
    """`commanded` is the name of a command."""

    commanded = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._bench: Workbench | None = None
        self.training = TrainingCard(look)
        self.training.commanded.connect(self.commanded)
        column = page(self, self.tr("Model"))
        column.addWidget(self._build_about())
        column.addWidget(self._build_quality())
        self.snapshots = Snapshots()
        self.snapshots.commanded.connect(self.commanded)
        column.addWidget(self.snapshots)
        column.addWidget(self.training)
        column.addStretch(1)

    def attach(self, bench: Workbench | None) -> None:
        self.training.attach(bench)
        self._bench = bench
        self.snapshots.attach(bench)
        spans = bench is not None and bench.project.file.configuration.kind is Kind.SPANS
        self._mark.setVisible(spans)
        if bench is None:
            return
        self._about.setText(about(bench.project.file))
        bench.model_changed.connect(lambda _, sentence: self._state.setText(sentence))
        bench.judging.changed.connect(lambda _: self.show_quality())
        self.show_quality()

    def show_quality(self) -> None:
        """The estimates as they are now."""
        bench = self._bench
        if bench is None:
            return
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        known = [
            (bench.label_name(each.label), each.estimate, each.complete)
            for each in bench.judging.labels
            if each.estimate.means_something
        ]
        overall = bench.judging.estimates[-1][1] if bench.judging.estimates else None
        if overall is not None and overall.means_something and len(bench.judging.labels) > 1:
            complete = all(each.complete for each in bench.judging.labels)
            known.insert(0, (self.tr("All labels"), overall, complete))
        self._nothing.setVisible(not known)
        self._nothing.setText(self._why_nothing(bench))
        self._check.setVisible(not bench.judging.evaluation)
        if known:
            heads = (self.tr("Label"), self.tr("Precision"), self.tr("Recall"), "F1", "")
            for place, head in enumerate(heads):
                self._grid.addWidget(text_label(head, "small"), 0, place)
        for row, each in enumerate(known, start=1):
            self._add_row(bench, row, *each)
        advice = bench.judging.advice()
        self._advice.setText("\n".join(advice))
        self._advice.setVisible(bool(advice))

    def _why_nothing(self, bench: Workbench) -> str:
        if not bench.judging.estimates and bench.project.statistics().audit >= ENOUGH_ANSWERS:
            return self.tr("Shows when the model has read the texts.")
        return self.tr(
            "Not known yet. A share of the questions is drawn by chance to check the model; "
            "after about 20 answers to them an estimate shows here."
        )

    def _add_row(
        self, bench: Workbench, row: int, name: str, estimate: Estimate, complete: bool
    ) -> None:
        self._grid.addWidget(text_label(name, "strong"), row, 0)
        for place, interval in enumerate(
            (estimate.precision, estimate.recall, estimate.f1), start=1
        ):
            self._grid.addWidget(text_label(interval_words(interval)), row, place)
        note = self.tr("{0} random checks").format(words.number(estimate.answers))
        if bench.judging.evaluation:
            note = self.tr("the {0} of your evaluation set").format(
                words.texts(bench.judging.evaluation)
            )
        if not complete:
            note += self.tr("; spans it never proposes are guessed")
        self._grid.addWidget(text_label(note, "small", wrap=True), row, 4)

    def _build_about(self) -> Card:
        card = Card()
        self._about = text_label("", wrap=True)
        self._state = text_label("", "muted", wrap=True)
        card.column.addWidget(self._about)
        card.column.addWidget(self._state)
        return card

    def _build_quality(self) -> Card:
        card = Card()
        card.add_head(self.tr("How good is it?"))
        self._nothing = text_label("", "muted", wrap=True)
        card.column.addWidget(self._nothing)
        table = QWidget()
        self._grid = QGridLayout(table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setColumnStretch(4, 1)
        card.column.addWidget(table)
        self._advice = text_label("", wrap=True)
        self._advice.hide()
        card.column.addWidget(self._advice)
        self._check = QPushButton(self.tr("Ask {0} random checks now").format(CHECKS))
        self._check.clicked.connect(lambda: self.commanded.emit("model.check"))
        self._mark = QPushButton(self.tr("Mark {0} texts in full").format(TO_MARK))
        self._mark.setToolTip(self.tr("Only this tells what the model does not even propose."))
        self._mark.clicked.connect(lambda: self.commanded.emit("model.mark"))
        card.column.addLayout(buttons(self._check, self._mark))
        return card


def about(file: ProjectFile) -> str:
    """What the model is made of on this computer, in a sentence."""
    translate = words.translate
    configuration = learner_configuration(file)
    carried = carried_model(file)
    labels = ", ".join(label.name for label in configuration.labels) or "–"
    if configuration.kind is Kind.TEXTS:
        return translate(
            "model", "Tells which texts are about {0}, from sentence vectors and words."
        ).format(labels)
    base = {
        BUNDLED_BASE: translate("model", "the English model that comes with AL Desktop"),
        "": translate("model", "your terms and word sequences"),
        str(carried and carried.folder): translate("model", "the model that came with this copy"),
    }.get(configuration.base, configuration.base)
    return translate("model", "Finds {0} among what is proposed by {1}.").format(labels, base)
