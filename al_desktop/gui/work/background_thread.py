"""The thread that waits for work on files, which a process of its own does."""

import atexit
import logging
from dataclasses import replace
from queue import Empty, SimpleQueue
from weakref import WeakSet

from PySide6.QtCore import QThread, Signal
from PySide6.QtWidgets import QWidget
from shiboken6 import isValid

from al_desktop.gui.language.known import translated
from al_desktop.project.background import BackgroundProcess, Came, Ended, Work

LISTEN_SECONDS = 0.02
IDLE_SECONDS = 20.0
"""After which the process is let go; the next work starts another."""
_log = logging.getLogger(__name__)
_open: "WeakSet[BackgroundThread]" = WeakSet()


class BackgroundThread(QThread):
    """Does the latest work that was asked for; what was under way is given up.

    came   the ticket of the work, and what a step of it yielded
    ended  an `Ended`, the last that is heard of a work; its problem in the window's language
    """

    came = Signal(int, object)
    ended = Signal(object)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("files")
        self._wanted: SimpleQueue[tuple[int, Work, tuple[object, ...]] | None] = SimpleQueue()
        self._last = 0
        self._closing = False

    @classmethod
    def of(cls, widget: QWidget) -> "BackgroundThread":
        """One that ends with the widget, or with the program."""
        thread = cls()
        widget.destroyed.connect(lambda: _end(thread))
        _open.add(thread)
        return thread

    def do(self, work: Work, *arguments: object) -> int:
        """Returns at once, with the ticket of this work. Starts the thread when first called."""
        self._last += 1
        self._wanted.put((self._last, work, arguments))
        if not self.isRunning():
            self.start()
        return self._last

    def cancel(self) -> None:
        """Ends what is under way; `ended` says when, and whether it was over before."""
        self._wanted.put(None)

    def let_go(self) -> None:
        """Ends it without waiting for that; `finished` says when. Keep it until then."""
        self._closing = True
        self._wanted.put(None)

    def close(self) -> None:
        self._closing = True
        self._wanted.put(None)
        self.wait()

    def run(self) -> None:
        process = BackgroundProcess()
        try:
            self._serve(process)
        except Exception as error:
            # What escapes a QThread's run would end in a hook on the wrong thread.
            _log.exception("no work on files")
            sentence = self.tr("Files can't be read now ({0}). Close the window and open it again.")
            self.ended.emit(Ended(self._last, problem=sentence.format(type(error).__name__)))
        finally:
            process.close()

    def _serve(self, process: BackgroundProcess) -> None:
        busy = False
        while not self._closing:
            try:
                wanted = self._wanted.get(block=not busy, timeout=IDLE_SECONDS)
            except Empty:
                if not busy:
                    process.close()
            else:
                if wanted is not None:
                    ticket, work, arguments = wanted
                    process.start(ticket, work, *arguments)
                    busy = True
                elif busy:
                    process.cancel()
            for message in process.receive(LISTEN_SECONDS) if busy else ():
                if isinstance(message, Came):
                    self.came.emit(message.ticket, message.value)
                else:
                    busy = False
                    self.ended.emit(replace(message, problem=translated(message.problem)))


@atexit.register
def _close_all() -> None:
    """A thread that still runs when the program ends would take it down."""
    for thread in list(_open):
        _end(thread)


def _end(thread: BackgroundThread) -> None:
    if isValid(thread):  # when the program ends, Qt may have been first
        thread.close()
