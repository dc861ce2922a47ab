"""The thread that waits for a training and can cancel it."""

import traceback

from PySide6.QtCore import QThread, Signal

from al_desktop.learner.messages import Failed
from al_desktop.learner.training import Delivered, Train, TrainingProcess

LISTEN_SECONDS = 0.05


class TrainingThread(QThread):
    """`said` is a report of the training; Delivered or Failed is the last one."""

    said = Signal(object)

    def __init__(self, train: Train) -> None:
        super().__init__()
        self.setObjectName("training")
        self._train = train
        self._cancelled = False

    def cancel(self) -> None:
        """Ends the training within a second; nothing is left of it."""
        self._cancelled = True
        self.wait()

    def run(self) -> None:
        try:
            self._wait_for(TrainingProcess(self._train))
        except Exception as error:
            # What escapes a QThread's run would end in a hook on the wrong thread.
            sentence = self.tr("Training can't be started ({0}). Your answers are saved.")
            name = type(error).__name__
            self.said.emit(Failed(sentence.format(name), traceback.format_exc(), known=True))

    def _wait_for(self, process: TrainingProcess) -> None:
        try:
            while not self._cancelled:
                for report in process.receive(LISTEN_SECONDS):
                    self.said.emit(report)
                    if isinstance(report, Delivered | Failed):
                        return
        finally:
            process.close()
