"""Keeps the search index up to date and answers searches, without holding up the window."""

import logging
from collections.abc import Iterator
from pathlib import Path
from queue import Empty, SimpleQueue

from PySide6.QtCore import QThread, Signal

from al_desktop.core.errors import KnownError
from al_desktop.storage.text_search import TextSearch

_log = logging.getLogger(__name__)


class SearchThread(QThread):
    """found    the words searched for ("" for all texts), and the texts' row numbers
    indexed  the number of texts taken into the index; -1 when it is complete
    """

    found = Signal(str, object)
    indexed = Signal(int)

    def __init__(self, project: Path, folder: Path) -> None:
        super().__init__()
        self.setObjectName("search")
        self._project = project
        self._folder = folder
        self._wanted: SimpleQueue[str | None] = SimpleQueue()

    def search(self, words: str) -> None:
        """Returns at once; of several searches that wait only the last is answered."""
        self._wanted.put(words)

    def close(self) -> None:
        self._wanted.put(None)
        self.wait()

    def run(self) -> None:
        try:
            with TextSearch(self._project, self._folder) as search:
                self._serve(search)
        except KnownError as error:
            _log.warning("no search: %s", error)
        except Exception:
            # What escapes a QThread's run would end in a hook on the wrong thread.
            _log.exception("search ended")

    def _serve(self, search: TextSearch) -> None:
        update: Iterator[int] | None = search.update()
        done = 0
        last = ""
        while True:
            try:
                wanted = self._wanted.get(block=update is None)
                while not self._wanted.empty():
                    wanted = self._wanted.get()
                if wanted is None:
                    return
                last = wanted
                self.found.emit(wanted, search.find(wanted) if wanted.strip() else search.all())
            except Empty:
                assert update is not None, "waiting is for when there is nothing to do"
                added = next(update, None)
                done += added or 0
                self.indexed.emit(-1 if added is None else done)
                if added is None:
                    update = None
                    if last.strip():
                        self.found.emit(last, search.find(last))
