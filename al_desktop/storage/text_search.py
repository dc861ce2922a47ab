"""Full-text search over a project's texts, in an index of its own beside the caches.

The index can be deleted at any time; it is made anew from the project file, which it never
touches. It holds no texts, only which words occur where (FTS5, contentless).
"""

import re
import sqlite3
from array import array
from collections.abc import Generator
from contextlib import closing
from pathlib import Path

from al_desktop.core.closing import Closing
from al_desktop.storage.project_file import ProjectFile
from al_desktop.storage.tables import TextRow

_TEXTS_AT_ONCE = 5000
_VERSION = 2
MOST_FOUND = 100_000
_WORD = re.compile(r"\w+")
# Scripts without spaces: the tokeniser would take a whole sentence for one word.
_UNSPACED = "[\u0e00-\u0eff\u1000-\u109f\u1780-\u17ff\u3040-\u30ff\u3400-\u9fff\uf900-\ufaff]"
_CHARACTER = re.compile(f"({_UNSPACED})")
_PIECE = re.compile(f"{_UNSPACED}+|(?:(?!{_UNSPACED})\\w)+")


class TextSearch(Closing):
    """Answers searches from as much of the index as there is. Belongs to the thread that made
    it."""

    def __init__(self, project: Path, folder: Path) -> None:
        """`folder` is for caches. Raises KnownError where the project can't be read."""
        self._file = ProjectFile.open_for_reading(project)
        self._index = _open(self._file, folder)
        self._index.execute("CREATE TEMP TABLE answered (id INTEGER PRIMARY KEY)")
        self._answered: dict[int, str] = {}
        self._last_event = 0

    def close(self) -> None:
        self._index.close()
        self._file.close()

    def find(self, wanted: str) -> "array[int]":
        """Row numbers of the texts that hold all these words, the last one perhaps unfinished,
        in the order of import; at most MOST_FOUND. Words in a script without spaces are found
        anywhere."""
        match = _match(wanted)
        if not match:
            return array("q")
        rows = self._index.execute(
            "SELECT rowid FROM words WHERE words MATCH ? ORDER BY rowid LIMIT ?",
            (match, MOST_FOUND),
        )
        return array("q", (row[0] for row in rows))

    def find_answered(self, wanted: str) -> frozenset[str]:
        """Keys of the texts with any event that hold these words."""
        match = _match(wanted)
        if not match:
            return frozenset()
        self._note_answered()
        rows = self._index.execute(
            # The plus makes SQLite look the words up first, not each text.
            "SELECT rowid FROM words WHERE words MATCH ? AND +rowid IN (SELECT id FROM answered)",
            (match,),
        )
        return frozenset(self._answered[row[0]] for row in rows)

    def _note_answered(self) -> None:
        """Takes in the texts of the events since the last time."""
        database = self._file.database
        (last,) = database.execute_sql("SELECT coalesce(max(sequence), 0) FROM event").fetchone()
        rows = database.execute_sql(
            "SELECT id, key FROM text WHERE key IN "
            "(SELECT text_key FROM event WHERE sequence > ? AND sequence <= ?)",
            (self._last_event, last),
        ).fetchall()
        self._index.executemany(
            "INSERT OR IGNORE INTO temp.answered VALUES (?)", ((row[0],) for row in rows)
        )
        self._answered.update((row[0], row[1].hex()) for row in rows)
        self._last_event = last


def make_index(project: Path, folder: Path) -> Generator[int, None, None]:
    """Takes in texts that are not in the index yet, some at a time; yields how many so far."""
    with ProjectFile.open_for_reading(project) as file, closing(_open(file, folder)) as index:
        done = 0
        while True:
            last = index.execute("SELECT max(rowid) FROM words").fetchone()[0] or 0
            query = TextRow.select(TextRow.id, TextRow.content).where(TextRow.id > last)
            rows = query.order_by(TextRow.id).limit(_TEXTS_AT_ONCE).tuples()
            batch = [(row, _spaced(content)) for row, content in rows.execute(file.database)]
            if not batch:
                return
            index.execute("BEGIN")
            index.executemany("INSERT INTO words (rowid, content) VALUES (?, ?)", batch)
            index.execute("COMMIT")
            done += len(batch)
            yield done


def _open(file: ProjectFile, folder: Path) -> sqlite3.Connection:
    """The index of a project, made anew where there is none that can be used."""
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{file.uid}.search"
    index = sqlite3.connect(path, isolation_level=None)
    try:
        _prepare(index)
    except sqlite3.DatabaseError:  # damaged, or not ours
        index.close()
        for ending in ("", "-wal", "-shm"):
            path.with_name(path.name + ending).unlink(missing_ok=True)
        index = sqlite3.connect(path, isolation_level=None)
        _prepare(index)
    return index


def _prepare(index: sqlite3.Connection) -> None:
    index.execute("PRAGMA journal_mode = WAL")
    index.execute("PRAGMA synchronous = OFF")  # a lost index is made anew
    index.execute("PRAGMA cache_size = -65536")
    if index.execute("PRAGMA user_version").fetchone()[0] == _VERSION:
        return
    index.execute("BEGIN IMMEDIATE")
    if index.execute("PRAGMA user_version").fetchone()[0] != _VERSION:
        index.execute("DROP TABLE IF EXISTS words")
        index.execute(
            "CREATE VIRTUAL TABLE words USING fts5"
            "(content, content='', prefix='1 2', tokenize='unicode61 remove_diacritics 2')"
        )
        index.execute(f"PRAGMA user_version = {_VERSION}")
    index.execute("COMMIT")


def _spaced(content: str) -> str:
    return content if content.isascii() else _CHARACTER.sub(r" \1 ", content)


def _match(wanted: str) -> str:
    """In FTS5's own words; "" where there is nothing to look for."""
    terms = []
    for word in _WORD.findall(wanted):
        # The pieces of a word of several scripts, and characters without spaces, side by side.
        pieces = [_CHARACTER.sub(r"\1 ", piece).strip() for piece in _PIECE.findall(word)]
        if pieces:
            terms.append(f'"{" ".join(pieces)}"')
    return " ".join(terms) + " *" if terms else ""
