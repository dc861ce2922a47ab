"""The model: what it is, how good it is as far as is known, and training what is delivered."""

from pathlib import Path

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import (
    QFileDialog,
    QFrame,
    QGridLayout,
    QProgressBar,
    QPushButton,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.configuration import BUNDLED_BASE
from al_desktop.core.quality import ENOUGH_ANSWERS, Estimate
from al_desktop.core.questions import Kind
from al_desktop.core.snapshots import TRAINED
from al_desktop.gui.language import words
from al_desktop.gui.language.known import translated
from al_desktop.gui.model.snapshots import Snapshots, interval_words
from al_desktop.gui.model.training_thread import TrainingThread
from al_desktop.gui.widgets.controls import Tick
from al_desktop.gui.widgets.layouts import ScreenGround, buttons, card, page
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.work.workbench import Workbench
from al_desktop.learner.messages import Failed, Working
from al_desktop.learner.training import Delivered, Report, Train
from al_desktop.project import cache_folder
from al_desktop.project.carrying import carried_model, learner_configuration
from al_desktop.storage import ProjectFile

CHECKS = 20
TO_MARK = 5


class ModelScreen(ScreenGround):
    """`commanded` is the name of a command."""

    commanded = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        self._bench: Workbench | None = None
        self._training: TrainingThread | None = None
        self._clock = QElapsedTimer()
        column = page(self, self.tr("Model"))
        column.addWidget(self._build_about())
        column.addWidget(self._build_quality())
        self.snapshots = Snapshots()
        self.snapshots.commanded.connect(self.commanded)
        column.addWidget(self.snapshots)
        column.addWidget(self._build_training())
        column.addStretch(1)

    def attach(self, bench: Workbench | None) -> None:
        self._stop()
        self._bench = bench
        self.snapshots.attach(bench)
        spans = bench is not None and bench.project.file.configuration.kind is Kind.SPANS
        self._mark.setVisible(spans)
        if bench is None:
            return
        self._about.setText(about(bench.project.file))
        self._result.setText("")
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

    def train(self) -> None:
        """Asks where to, then trains."""
        bench = self._bench
        if bench is None or self._training is not None:
            return
        suggestion = bench.project.file.path.with_suffix("").with_name(
            f"{bench.project.file.path.stem} model"
        )
        chosen, _ = QFileDialog.getSaveFileName(
            self,
            self.tr("Folder to make for the model"),
            str(suggestion),
            options=QFileDialog.Option.DontConfirmOverwrite,
        )
        if chosen:
            self.train_into(Path(chosen))

    def train_into(self, folder: Path) -> None:
        bench = self._bench
        if bench is None:
            return
        train = Train(bench.project.file.path, folder, cache_folder(), self._keep.isChecked())
        bench.keeping.keep(TRAINED)
        self._training = TrainingThread(train)
        self._training.said.connect(self._hear)
        self._bar.setRange(0, 0)
        self._show_training(self.tr("Starting…"))
        self._clock.start()
        self._training.start()

    @property
    def is_training(self) -> bool:
        return self._training is not None

    def cancel(self) -> None:
        if self._training is not None:
            self._stop()
            self._result.setText(self.tr("Cancelled; nothing was made."))

    def _hear(self, report: Report) -> None:
        match report:
            case Working(progress):
                if progress is not None:
                    self._bar.setRange(0, progress.total or 0)
                    self._bar.setValue(progress.done)
                    left = time_left(self._clock.elapsed(), progress.done, progress.total)
                    self._show_training(f"{words.progress(progress)}{left}")
            case Delivered(folder, texts, held_out, f1, base_kept):
                self._stop()
                said = self.tr(
                    "Made {0}, trained on {1}. On {2} kept apart it agrees with what was "
                    "learned here at an F1 of {3} (which is agreement, not accuracy). "
                    "Open it with spacy.load."
                ).format(folder, words.texts(texts), words.texts(held_out), f"{f1:.2f}")
                if base_kept is not None:
                    said += " " + self.tr(
                        "Of what the model you started from finds there alone, {0} is still found."
                    ).format(f"{100 * base_kept:.0f} %")
                self._result.setText(said)
            case Failed(sentence):
                self._stop()
                self._result.setText(translated(sentence))

    def _stop(self) -> None:
        if self._training is not None:
            training, self._training = self._training, None
            training.cancel()
            training.deleteLater()
        self._working.hide()
        self._train.show()

    def _show_training(self, sentence: str) -> None:
        self._train.hide()
        self._result.setText("")
        self._working.show()
        self._progress.setText(sentence)

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

    def _build_about(self) -> QFrame:
        frame, column = card()
        self._about = text_label("", wrap=True)
        self._state = text_label("", "muted", wrap=True)
        column.addWidget(self._about)
        column.addWidget(self._state)
        return frame

    def _build_quality(self) -> QFrame:
        frame, column = card()
        column.addWidget(text_label(self.tr("How good is it?"), "subtitle"))
        self._nothing = text_label("", "muted", wrap=True)
        column.addWidget(self._nothing)
        table = QWidget()
        self._grid = QGridLayout(table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setColumnStretch(4, 1)
        column.addWidget(table)
        self._advice = text_label("", wrap=True)
        self._advice.hide()
        column.addWidget(self._advice)
        self._check = QPushButton(self.tr("Ask {0} random checks now").format(CHECKS))
        self._check.clicked.connect(lambda: self.commanded.emit("model.check"))
        self._mark = QPushButton(self.tr("Mark {0} texts in full").format(TO_MARK))
        self._mark.setToolTip(self.tr("Only this tells what the model does not even propose."))
        self._mark.clicked.connect(lambda: self.commanded.emit("model.mark"))
        column.addLayout(buttons(self._check, self._mark))
        return frame

    def _build_training(self) -> QFrame:
        frame, column = card()
        column.addWidget(text_label(self.tr("Train the model to deliver"), "subtitle"))
        column.addWidget(
            text_label(
                self.tr(
                    "Makes a folder that spaCy opens on any computer, without AL Desktop. You can "
                    "go on answering meanwhile."
                ),
                "muted",
                wrap=True,
            )
        )
        self._keep = Tick(self._look, self.tr("Keep the labels of the English model beside yours"))
        column.addWidget(self._keep)
        self._train = QPushButton(self.tr("Train…"))
        self._train.setProperty("role", "primary")
        self._train.clicked.connect(lambda: self.commanded.emit("model.train"))
        column.addLayout(buttons(self._train))
        self._working = QWidget()
        working = QVBoxLayout(self._working)
        working.setContentsMargins(0, 0, 0, 0)
        self._progress = text_label("", "muted")
        self._bar = QProgressBar(textVisible=False)
        self._bar.setAccessibleName(self.tr("Training"))
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.cancel)
        working.addWidget(self._bar)
        working.addWidget(self._progress)
        working.addLayout(buttons(cancel))
        self._working.hide()
        column.addWidget(self._working)
        self._result = text_label("", wrap=True)
        column.addWidget(self._result)
        return frame


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


def time_left(elapsed_ms: int, done: int, total: int | None) -> str:
    """Words on the time left, once it can be told; "" before."""
    if not total or not 0 < done < total or elapsed_ms < 2000:
        return ""
    seconds = elapsed_ms * (total - done) / done / 1000
    if seconds < 90:
        return words.translate("model", " · about {0} s left").format(round(seconds))
    return words.translate("model", " · about {0} min left").format(round(seconds / 60))
