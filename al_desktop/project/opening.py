"""An open project: the parts put together once, for the window and for the command line."""

import atexit
import gc
import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from al_desktop import paths
from al_desktop.core.closing import Closing
from al_desktop.core.configuration import Configuration
from al_desktop.core.errors import KnownError
from al_desktop.core.events import AnswerLog
from al_desktop.core.queue import Queue
from al_desktop.core.session import Session
from al_desktop.core.statistics import Statistics, Tally
from al_desktop.storage import ProjectFile


class Project(Closing):
    """A project open for annotating, by one annotator. Closing it releases the file's lock."""

    def __init__(self, file: ProjectFile, annotator: str) -> None:
        self.file = file
        with _nothing_collected():
            self.log = AnswerLog(event for _, event in file.events())
            self.queue = Queue(self.log.is_closed)
            self.session = Session(self.log, file, self.queue, annotator)
            self._tally = Tally(self.log)
        self._texts = file.text_count()

    def statistics(self) -> Statistics:
        """Costs time only for what was answered since the last call."""
        return self._tally.statistics(self._texts)

    def texts_changed(self) -> None:
        """To be called after texts were added to the file."""
        self._texts = self.file.text_count()

    def close(self) -> None:
        self.file.close()


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Many objects are made, all to stay: looking for garbage among them would take as long."""
    collects = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collects:
            gc.enable()


def create_project(path: Path, name: str, configuration: Configuration) -> Project:
    """Makes a project file and opens it, for whoever is logged in."""
    return Project(ProjectFile.create(path, name, configuration), default_annotator())


def open_project(path: Path, annotator: str) -> Project:
    """Opens a project file for writing. Raises KnownError where that can't be."""
    file = ProjectFile.open(path)
    try:
        return Project(file, annotator)
    except BaseException:
        file.close()
        raise


def default_annotator() -> str:
    """The name of the user's account; "annotator" where it has none."""
    for variable in ("LOGNAME", "USER", "USERNAME"):
        if name := os.environ.get(variable):
            return name
    return "annotator"


def default_project_folder() -> Path:
    """Where new projects are put unless the user says otherwise; made when first asked for.

    Raises KnownError where it can't be made.
    """
    folder = paths.data_folder() / "projects"
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise KnownError(
            f"The folder of your projects, {folder}, can't be made: {error.strerror}. Make your "
            "home folder writable, or open a project that is elsewhere."
        ) from error
    return folder


def cache_folder() -> Path:
    """For what can be made anew at any time; made when first asked for. Where the usual place
    can't be written to it lasts until the program ends."""
    folder = paths.cache_folder()
    with suppress(OSError):
        folder.mkdir(parents=True, exist_ok=True)
    return folder if os.access(folder, os.W_OK) else _passing_cache_folder()


@cache
def _passing_cache_folder() -> Path:
    folder = TemporaryDirectory(prefix="al-desktop-cache-")
    atexit.register(folder.cleanup)
    return Path(folder.name)
