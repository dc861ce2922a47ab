"""Full-text search over a project's texts, in an index of its own beside the caches.

The index can be deleted at any time; it is made anew from the project file, which it never
touches. It holds no texts, only which words occur where (FTS5, contentless).
"""

import re
import sqlite3
from array import array
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType
from typing import Self

from al_desktop.storage.browse import text_ids
from al_desktop.storage.project_file import ProjectFile
from al_desktop.storage.tables import TextRow

_TEXTS_AT_ONCE = 2000
_VERSION = 1
MOST_FOUND = 100_000
_WORD = re.compile(r"\w+")


class TextSearch:
    """Belongs to the thread that made it."""

    def __init__(self, project: Path, folder: Path) -> None:
        """`folder` is for caches. Raises KnownError where the project can't be read."""
        self._file = ProjectFile.open_for_reading(project)
        folder.mkdir(parents=True, exist_ok=True)
        path = folder / f"{self._file.uid}.search"
        self._index = sqlite3.connect(path, isolation_level=None)
        try:
            self._prepare()
        except sqlite3.DatabaseError:  # damaged, or not ours: made anew
            self._index.close()
            path.unlink(missing_ok=True)
            self._index = sqlite3.connect(path, isolation_level=None)
            self._prepare()

    def close(self) -> None:
        self._index.close()
        self._file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()

    def update(self) -> Iterator[int]:
        """Takes in texts that are not in the index yet, some at a time; yields their number."""
        while True:
            last = self._index.execute("SELECT max(rowid) FROM words").fetchone()[0] or 0
            query = TextRow.select(TextRow.id, TextRow.content).where(TextRow.id > last)
            rows = query.order_by(TextRow.id).limit(_TEXTS_AT_ONCE).tuples()
            batch = list(rows.execute(self._file.database))
            if not batch:
                return
            self._index.execute("BEGIN")
            self._index.executemany("INSERT INTO words (rowid, content) VALUES (?, ?)", batch)
            self._index.execute("COMMIT")
            yield len(batch)

    def find(self, wanted: str) -> "array[int]":
        """Row numbers of the texts that hold all these words, the last one perhaps unfinished,
        in the order of import; at most MOST_FOUND."""
        words = _WORD.findall(wanted)
        if not words:
            return array("q")
        terms = [f'"{word}"' for word in words]
        match = " ".join(terms) + "*"
        rows = self._index.execute(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?",
            (match, MOST_FOUND),
        )
        return array("q", (row[0] for row in rows))

    def all(self) -> "array[int]":
        """Row numbers of all texts, in the order of import."""
        return text_ids(self._file)

    def _prepare(self) -> None:
        self._index.execute("PRAGMA journal_mode = WAL")
        self._index.execute("PRAGMA synchronous = OFF")  # a lost index is made anew
        version = self._index.execute("PRAGMA user_version").fetchone()[0]
        if version != _VERSION:
            self._index.execute("DROP TABLE IF EXISTS words")
            self._index.execute(
                "CREATE VIRTUAL TABLE words USING fts5"
                "(content, content='', tokenize='unicode61 remove_diacritics 2')"
            )
            self._index.execute(f"PRAGMA user_version = {_VERSION}")
