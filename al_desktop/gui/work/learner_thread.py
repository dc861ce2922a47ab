"""The thread that owns the worker process: says what it says, and starts it again when it ends."""

import time
import traceback
from multiprocessing import Pipe
from queue import Empty, SimpleQueue

from PySide6.QtCore import QThread, Signal

from al_desktop.core.questions import Question
from al_desktop.learner.messages import Check, Failed, Learn, Pin, Ranked, Rejudge, Start
from al_desktop.learner.process import LearnerProcess

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
        # Wakes the thread, which otherwise sleeps until the worker says something.
        self._bell, self._button = Pipe(duplex=False)
        self._closing = False
        self._restart_now = False
        self._failures = 0
        self.process_id: int | None = None

    def learn(self, through: int, showing: Question | None = None) -> None:
        """The file holds events up to this sequence number, and this question is on the screen.
        Returns at once."""
        self._tell(Learn(through, showing))

    def pin(self, label: str | None) -> None:
        self._tell(Pin(label))

    def check(self, questions: int) -> None:
        """Asks for this many audit questions next."""
        self._tell(Check(questions))

    def rejudge(self, snapshot: str) -> None:
        """Asks how good the model of this snapshot is by all checks there are now."""
        self._tell(Rejudge(snapshot))

    def restart(self) -> None:
        """Starts the worker again without waiting: a failure was looked into, or there are other
        texts."""
        self._restart_now = True
        self._ring()

    def close(self) -> None:
        """Ends the worker and this thread, within a second."""
        self._closing = True
        self._ring()
        self.wait()
        self._button.close()
        self._bell.close()

    def _tell(self, message: Learn | Pin | Check | Rejudge) -> None:
        self._outgoing.put(message)
        self._ring()

    def _ring(self) -> None:
        if not self._button.closed and self.isRunning():
            self._button.send_bytes(b"!")

    def _hush(self) -> None:
        while self._bell.poll():
            self._bell.recv_bytes()

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
        while True:
            self._hush()  # before looking: whoever rings after this wakes the thread again
            if self._closing:
                return
            if self._restart_now:
                self._restart_now = False
                process.restart()
            self.process_id = process.process_id
            self._send_waiting(process)
            for message in process.receive(None, self._bell):
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
        end = float("inf")
        if not failed.known:
            seconds = RESTART_SECONDS[min(self._failures, len(RESTART_SECONDS) - 1)]
            self._failures += 1
            end = time.monotonic() + seconds
            self.restarting.emit(seconds)
        while not self._restart_now and not self._closing and time.monotonic() < end:
            self._bell.poll(None if failed.known else max(0.0, end - time.monotonic()))
            self._hush()
        self._restart_now = False
        if not self._closing:
            process.restart()
