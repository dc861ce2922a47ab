"""The owner's side of the worker process."""

import contextlib
import multiprocessing
import threading
import time
from multiprocessing.connection import Connection, wait
from multiprocessing.context import SpawnProcess

from al_desktop.learner import worker
from al_desktop.learner.messages import Failed, FromWorker, Pin, Start, Stop, ToWorker
from al_desktop.recipes import Build, build_learner

CLOSE_SECONDS = 0.3


class LearnerProcess:
    """One worker process at a time, for one project.

    Any thread may call `send`; all else is for one thread, which waits in `receive`.
    """

    def __init__(self, start: Start, build: Build = build_learner) -> None:
        """`build` is called in the worker process, which imports it by name."""
        self._start = start
        self._build = build
        self._pin: Pin | None = None
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._failed = False
        self._sending = threading.Lock()

    @property
    def running(self) -> bool:
        """Whether the worker was started and has not reported or shown a failure since."""
        return self._process is not None and not self._failed

    @property
    def process_id(self) -> int | None:
        return self._process.pid if self._process else None

    def start(self) -> None:
        """Starts the worker, which reads all answers from the project file itself."""
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        self._process = context.Process(
            target=worker.main,
            args=(theirs, self._start, self._build),
            name="AL Desktop learner",
            daemon=True,
        )
        self._connection = ours
        self._failed = False
        self._process.start()
        theirs.close()
        if self._pin is not None:
            self.send(self._pin)

    def send(self, message: ToWorker) -> None:
        """Says it if there is a worker to hear it; a later one reads the answers itself."""
        if isinstance(message, Pin):
            self._pin = message
        with self._sending, contextlib.suppress(OSError):
            if self._connection is not None:
                self._connection.send(message)

    def receive(
        self, timeout_seconds: float | None, bell: Connection | None = None
    ) -> list[FromWorker]:
        """What the worker said, after waiting for at most so long (None: for as long as it takes),
        or until there is something to read from `bell`.

        A worker that ended without a word is reported as Failed once; after a failure there is
        nothing more until `restart`.
        """
        process, connection = self._process, self._connection
        bells = [bell] if bell is not None else []
        if process is None or connection is None or self._failed:
            if bells or timeout_seconds is None:
                wait(bells, timeout_seconds)
            else:
                time.sleep(timeout_seconds)
            return []
        messages: list[FromWorker] = []
        try:
            wait([connection, process.sentinel, *bells], timeout_seconds)
            while connection.poll():
                messages.append(connection.recv())
        except (EOFError, OSError):
            if not any(isinstance(message, Failed) for message in messages):
                messages.append(_ended(process))
        self._failed = any(isinstance(message, Failed) for message in messages)
        return messages

    def restart(self) -> None:
        """Another worker in place of this one; it learns all answers anew."""
        self.close()
        self.start()

    def close(self) -> None:
        """Ends the worker within a second, whatever it is doing."""
        process = self._process
        if process is None:
            return
        self.send(Stop())
        process.join(CLOSE_SECONDS)
        if process.is_alive():
            process.kill()
            process.join()
        if self._connection is not None:
            self._connection.close()
        process.close()
        self._process = self._connection = None


def _ended(process: SpawnProcess) -> Failed:
    process.join(CLOSE_SECONDS)
    return Failed(
        "The learner stopped unexpectedly; your answers are saved.",
        f"The worker process ended with exit code {process.exitcode}.",
        known=False,
    )
