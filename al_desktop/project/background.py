"""Work on files in a process of its own, so that the window never waits for it.

A thread would not do: reading a large file is work for the interpreter, of which a process has
one, and the window would stutter.
"""

import contextlib
import logging
import multiprocessing
from collections.abc import Callable, Generator
from contextlib import closing
from dataclasses import dataclass
from multiprocessing.connection import Connection
from multiprocessing.context import SpawnProcess

from al_desktop.core.errors import KnownError
from al_desktop.learner.worker import settle_in

CLOSE_SECONDS = 0.2
Work = Callable[..., Generator[object, None, object]]


@dataclass(frozen=True, slots=True)
class Came:
    """A step of the work yielded a value."""

    ticket: int
    value: object


@dataclass(frozen=True, slots=True)
class Ended:
    """The work is over: it returned `value`, or `problem` is a sentence on why it stopped, or it
    was cancelled and left things as they were."""

    ticket: int
    value: object = None
    problem: str = ""
    cancelled: bool = False


class BackgroundProcess:
    """Does one piece of work after another. All is for one thread, which waits in `receive`."""

    def __init__(self) -> None:
        self._process: SpawnProcess | None = None
        self._connection: Connection | None = None
        self._ticket = 0

    def start(self, ticket: int, work: Work, *arguments: object) -> None:
        """`work` is a generator function of a module that yields often: what is under way is
        closed at its next step, and not heard of again. Arguments and results are pickled."""
        if self._process is None or not self._process.is_alive():
            self.close()
            self._open()
        self._ticket = ticket
        assert self._connection is not None, "it was just opened"
        self._connection.send((ticket, work, arguments))

    def cancel(self) -> None:
        """Closes what is under way at its next step; that it ended is reported."""
        if self._connection is not None:
            with contextlib.suppress(OSError):
                self._connection.send(None)

    def receive(self, timeout_seconds: float) -> list[Came | Ended]:
        """What came of the latest work, after waiting for at most so long. A process that ended
        without a word is reported."""
        connection, process = self._connection, self._process
        if connection is None or process is None:
            return []
        messages: list[Came | Ended] = []
        try:
            while connection.poll(0 if messages else timeout_seconds):
                message = connection.recv()
                if message.ticket == self._ticket:
                    messages.append(message)
        except (EOFError, OSError):
            self.close()
            sentence = "Reading stopped unexpectedly; nothing was changed. Try again."
            messages.append(Ended(self._ticket, problem=sentence))
        return messages

    def close(self) -> None:
        """Lets the process end, which it does at the next step of its work."""
        process, connection = self._process, self._connection
        if process is None or connection is None:
            return
        self._process = self._connection = None
        connection.close()
        process.join(CLOSE_SECONDS)

    def _open(self) -> None:
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(target=main, args=(theirs,), name="AL Desktop files", daemon=True)
        process.start()
        theirs.close()
        self._process, self._connection = process, ours


def main(connection: Connection) -> None:
    """The child process: ends when the other end of the connection is closed."""
    settle_in()
    with contextlib.suppress(EOFError, OSError):
        while True:
            wanted = connection.recv()
            if wanted is not None:
                _do(connection, *wanted)


def _do(connection: Connection, ticket: int, work: Work, arguments: tuple[object, ...]) -> None:
    try:
        with closing(work(*arguments)) as steps:
            while True:
                try:
                    value = next(steps)
                except StopIteration as end:
                    connection.send(Ended(ticket, end.value))
                    return
                connection.send(Came(ticket, value))
                if connection.poll():  # another message, or nobody there any more
                    break
        connection.send(Ended(ticket, cancelled=True))
    except KnownError as error:
        connection.send(Ended(ticket, problem=str(error)))
    except (BrokenPipeError, ConnectionResetError):
        raise
    except Exception as error:
        logging.getLogger(__name__).exception("work on files stopped")
        sentence = f"An error of AL Desktop stopped this ({type(error).__name__}). Nothing is lost."
        connection.send(Ended(ticket, problem=sentence))
