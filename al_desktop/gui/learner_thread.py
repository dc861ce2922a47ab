"""The thread that owns the worker process: says what it says, and starts it again when it ends."""

import traceback
from queue import Empty, SimpleQueue

from PySide6.QtCore import QThread, Signal

from al_desktop.core.questions import Question
from al_desktop.learner.messages import Check, Failed, Learn, Pin, Ranked, Rejudge, Start
from al_desktop.learner.process import LearnerProcess

LISTEN_SECONDS = 0.05
RESTART_SECONDS = (1.0, 2.0, 5.0, 15.0, 60.0)


class LearnerThread(QThread):
    """Runs the worker for one project until `close`.

    said         a FromWorker message
    restarting   seconds until the worker that ended is started again
    """

    said = Signal(object)
    restarting = Signal(float)

    def __init__(self, start: Start) -> None:
        super().__init__()
        self.setObjectName("learner")
        self._start = start
        self._outgoing: SimpleQueue[Learn | Pin | Check | Rejudge] = SimpleQueue()
        self._closing = False
        self._restart_now = False
        self._failures = 0
        self.process_id: int | None = None

    def learn(self, through: int, showing: Question | None = None) -> None:
        """The file holds events up to this sequence number, and this question is on the screen.
        Returns at once."""
        self._outgoing.put(Learn(through, showing))

    def pin(self, label: str | None) -> None:
        self._outgoing.put(Pin(label))

    def check(self, questions: int) -> None:
        """Asks for this many audit questions next."""
        self._outgoing.put(Check(questions))

    def rejudge(self, snapshot: str) -> None:
        """Asks how good the model of this snapshot is by all checks there are now."""
        self._outgoing.put(Rejudge(snapshot))

    def restart(self) -> None:
        """Starts the worker again without waiting: a failure was looked into, or there are other
        texts."""
        self._restart_now = True

    def close(self) -> None:
        """Ends the worker and this thread, within a second."""
        self._closing = True
        self.wait()

    def run(self) -> None:
        try:
            process = LearnerProcess(self._start)
            try:
                process.start()
                self._serve(process)
            finally:
                process.close()
        except Exception as error:
            # What escapes a QThread's run would end in a hook on the wrong thread.
            sentence = self.tr(
                "The model can't be started ({0}). Your answers are saved; close the window and "
                "open it again."
            ).format(type(error).__name__)
            self.said.emit(Failed(sentence, traceback.format_exc(), known=True))

    def _serve(self, process: LearnerProcess) -> None:
        while not self._closing:
            if self._restart_now:
                self._restart_now = False
                process.restart()
            self.process_id = process.process_id
            self._send_waiting(process)
            for message in process.receive(LISTEN_SECONDS):
                self.said.emit(message)
                if isinstance(message, Ranked):
                    self._failures = 0
                if isinstance(message, Failed):
                    self._recover(process, message)
                    break

    def _send_waiting(self, process: LearnerProcess) -> None:
        learn: Learn | None = None
        while True:
            try:
                message = self._outgoing.get_nowait()
            except Empty:
                break
            if isinstance(message, Learn):
                learn = message  # the latest says it all
            else:
                process.send(message)
        if learn is not None:
            process.send(learn)

    def _recover(self, process: LearnerProcess, failed: Failed) -> None:
        """Waits, longer each time, and starts again; a known failure waits for the user."""
        self._restart_now = False
        left = float("inf")
        if not failed.known:
            left = RESTART_SECONDS[min(self._failures, len(RESTART_SECONDS) - 1)]
            self._failures += 1
            self.restarting.emit(left)
        while left > 0 and not self._restart_now and not self._closing:
            self.msleep(50)
            left -= 0.05
        self._restart_now = False
        if not self._closing:
            process.restart()
