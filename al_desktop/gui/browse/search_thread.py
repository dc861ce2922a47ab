"""Answers searches without holding up the window."""

import logging
from pathlib import Path
from queue import SimpleQueue

from PySide6.QtCore import QThread, Signal

from al_desktop.core.errors import KnownError
from al_desktop.storage.text_search import TextSearch

_log = logging.getLogger(__name__)


class SearchThread(QThread):
    """opened    the index can be asked, and made by others
    found     the words searched for, and the row numbers of the texts that hold them
    answered  the words searched for, and the keys of the texts with answers that hold them
    """

    opened = Signal()
    found = Signal(str, object)
    answered = Signal(str, object)

    def __init__(self, project: Path, folder: Path) -> None:
        super().__init__()
        self.setObjectName("search")
        self._project = project
        self._folder = folder
        self._wanted: SimpleQueue[tuple[str, bool] | None] = SimpleQueue()

    def search(self, words: str, among_answered: bool) -> None:
        """Returns at once; of several searches that wait only the last is answered."""
        self._wanted.put((words, among_answered))

    def close(self) -> None:
        self._wanted.put(None)
        self.wait()

    def run(self) -> None:
        try:
            with TextSearch(self._project, self._folder) as search:
                self.opened.emit()
                self._serve(search)
        except KnownError as error:
            _log.warning("no search: %s", error)
        except Exception:
            # What escapes a QThread's run would end in a hook on the wrong thread.
            _log.exception("search ended")

    def _serve(self, search: TextSearch) -> None:
        while True:
            wanted = self._wanted.get()
            while not self._wanted.empty():
                wanted = self._wanted.get()
            if wanted is None:
                return
            words, among_answered = wanted
            if among_answered:
                self.answered.emit(words, search.find_answered(words))
            else:
                self.found.emit(words, search.find(words))
