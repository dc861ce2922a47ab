"""Training what is delivered, in a process of its own."""

from pathlib import Path

from PySide6.QtCore import QElapsedTimer, Signal
from PySide6.QtWidgets import QFileDialog, QProgressBar, QPushButton, QVBoxLayout, QWidget

from al_desktop.core.snapshots import TRAINED
from al_desktop.gui.language import words
from al_desktop.gui.language.known import translated
from al_desktop.gui.model.training_thread import TrainingThread
from al_desktop.gui.widgets.controls import Tick
from al_desktop.gui.widgets.layouts import Card, buttons
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.work.workbench import Workbench
from al_desktop.learner.messages import Failed, Working
from al_desktop.learner.training import Delivered, Report, Train
from al_desktop.project import cache_folder


class TrainingCard(Card):
    """`commanded` is the name of a command."""

    commanded = Signal(str)

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._bench: Workbench | None = None
        self._training: TrainingThread | None = None
        self._clock = QElapsedTimer()
        self.add_head(
            self.tr("Train the model to deliver"),
            self.tr(
                "Makes a folder that spaCy opens on any computer, without AL Desktop. You can "
                "go on answering meanwhile."
            ),
        )
        self._keep = Tick(look, self.tr("Keep the labels of the English model beside yours"))
        self.column.addWidget(self._keep)
        self._train = QPushButton(self.tr("Train…"))
        self._train.setProperty("role", "primary")
        self._train.clicked.connect(lambda: self.commanded.emit("model.train"))
        self.column.addLayout(buttons(self._train))
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
        self.column.addWidget(self._working)
        self._result = text_label("", wrap=True)
        self.column.addWidget(self._result)

    def attach(self, bench: Workbench | None) -> None:
        self._stop()
        self._bench = bench
        if bench is not None:
            self._result.setText("")

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


def time_left(elapsed_ms: int, done: int, total: int | None) -> str:
    """Words on the time left, once it can be told; "" before."""
    if not total or not 0 < done < total or elapsed_ms < 2000:
        return ""
    seconds = elapsed_ms * (total - done) / done / 1000
    if seconds < 90:
        return words.translate("model", " · about {0} s left").format(round(seconds))
    return words.translate("model", " · about {0} min left").format(round(seconds / 60))
