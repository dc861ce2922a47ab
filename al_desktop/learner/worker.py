"""The child process: loads models, learns and ranks at low priority, and outlives nobody.

This module stays light: whatever brings in numpy is imported once the process has settled in.
"""

import contextlib
import ctypes
import logging
import os
import sys
import threading
import traceback
from collections import deque
from multiprocessing import parent_process
from multiprocessing.connection import Connection, wait
from pathlib import Path

from al_desktop.core.errors import KnownError
from al_desktop.crashes import keep_crash_log
from al_desktop.learner.messages import PROTOCOL, Failed, Loading, Start, ToWorker
from al_desktop.paths import log_folder
from al_desktop.recipes import Build

BELOW_NORMAL_PRIORITY_CLASS = 0x4000
NICENESS = 10


def main(connection: Connection, start: Start, build: Build) -> None:
    """Runs until told to stop, until the parent is gone, or until it fails, which it reports."""
    settle_in()
    keep_crash_log(log_folder(), "worker")
    mailbox = _Mailbox(connection)
    mailbox.open()
    try:
        _work(connection, mailbox, start, build)
    except KnownError as error:
        _report(connection, Failed(str(error), traceback.format_exc(), known=True))
    except (BrokenPipeError, ConnectionResetError):
        pass  # the parent is gone
    except Exception as error:
        # The annotator goes on without us, whatever it was; the window tells what was lost.
        logging.getLogger(__name__).exception("the worker stopped")
        sentence = (
            f"Learning stopped because of an error in the program ({type(error).__name__}); "
            "your answers are saved."
        )
        _report(connection, Failed(sentence, traceback.format_exc(), known=False))


def _work(connection: Connection, mailbox: "_Mailbox", start: Start, build: Build) -> None:
    from al_desktop.learner.auditing import build_audited
    from al_desktop.learner.loop import learning_loop
    from al_desktop.learner.reserving import evaluation_texts
    from al_desktop.storage import ProjectFile

    if start.protocol != PROTOCOL:
        raise KnownError(
            "AL Desktop was replaced by another version while it ran: close it and open it again."
        )
    connection.send(Loading("Loading the model"))
    with ProjectFile.open_for_reading(start.project) as file:
        learner, auditor = build_audited(
            start.configuration, file.pool(), start.cache, build, evaluation_texts(file)
        )
        for message in learning_loop(learner, file, mailbox.inbox, auditor):
            if message is not None:
                connection.send(message)
            else:
                mailbox.wait()


class _Mailbox:
    """Takes in messages while the process is busy, and ends the process with its parent."""

    def __init__(self, connection: Connection) -> None:
        self.inbox: deque[ToWorker] = deque()
        self._connection = connection
        self._arrived = threading.Event()

    def open(self) -> None:
        threading.Thread(target=self._listen, name="mailbox", daemon=True).start()

    def wait(self) -> None:
        """Until a message has arrived since the last wait."""
        self._arrived.wait()
        self._arrived.clear()

    def _listen(self) -> None:
        parent = parent_process()
        assert parent is not None, "the worker is a child process"
        while True:
            ready = wait([self._connection, parent.sentinel])
            if parent.sentinel in ready:
                os._exit(0)
            try:
                message = self._connection.recv()
            except (EOFError, OSError):
                os._exit(0)
            self.inbox.append(message)
            self._arrived.set()


def _report(connection: Connection, failed: Failed) -> None:
    with contextlib.suppress(OSError):
        connection.send(failed)


def settle_in() -> None:
    """Few threads, low priority, no output: the annotator's window comes first."""
    threads = str(max(1, min(4, (os.cpu_count() or 1) - 1)))
    for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
        os.environ.setdefault(name, threads)
    # The Hugging Face tokenizer has threads of its own.
    os.environ.setdefault("TOKENIZERS_PARALLELISM", "false")
    _lower_priority()
    _be_silent()


def _lower_priority() -> None:
    if sys.platform == "win32":
        kernel = ctypes.WinDLL("kernel32")
        kernel.SetPriorityClass(kernel.GetCurrentProcess(), BELOW_NORMAL_PRIORITY_CLASS)
    else:
        os.nice(NICENESS)


def _be_silent() -> None:
    """Libraries print; a windowed program may have nowhere to print to."""
    nowhere = os.open(os.devnull, os.O_WRONLY)
    for descriptor in (1, 2):
        os.dup2(nowhere, descriptor)
    os.close(nowhere)
    sys.stdout = sys.stderr = Path(os.devnull).open("w", encoding="utf-8")  # noqa: SIM115
