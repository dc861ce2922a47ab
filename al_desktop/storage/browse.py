"""Reading beside the annotator: what a project holds, page by page and at a glance."""

from array import array
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from al_desktop.core.questions import Kind, Text
from al_desktop.storage.faults import explained
from al_desktop.storage.project_file import ProjectFile
from al_desktop.storage.rows import text_from_row
from al_desktop.storage.tables import EventRow, TextRow


@dataclass(frozen=True, slots=True)
class Summary:
    """A project at a glance. `answers` counts the questions that have an answer that stands."""

    name: str
    kind: Kind
    texts: int
    answers: int


def summary(path: Path) -> Summary:
    """Of a project that need not be open. Raises KnownError where it can't be read."""
    with ProjectFile.open_for_reading(path) as file:
        return Summary(
            file.name, file.configuration.kind, file.text_count(), _answered_questions(file)
        )


def text_ids(file: ProjectFile, count: int) -> Sequence[int]:
    """The texts' row numbers, in the order of import; at once where none is missing, as is so
    unless a merge was undone. `count` is the number of texts, which takes a while to count."""
    first, last = text_id_range(file)
    if count and last - first + 1 == count:
        return range(first, last + 1)
    with explained(file.path):
        rows = file.database.execute_sql("SELECT id FROM text ORDER BY id")
        return array("q", (row[0] for row in rows))


def texts_by_id(file: ProjectFile, ids: Sequence[int]) -> dict[int, Text]:
    """The texts with these row numbers; those that are gone are left out."""
    with explained(file.path):
        rows = TextRow.select().where(TextRow.id.in_(list(ids))).execute(file.database)
        return {row.id: text_from_row(row) for row in rows}


def beginnings(
    file: ProjectFile, ids: Sequence[int], characters: int
) -> dict[int, tuple[str, str]]:
    """Key and first characters of the texts with these row numbers; those that are gone are left
    out."""
    marks = ", ".join("?" * len(ids))
    with explained(file.path):
        rows = file.database.execute_sql(
            f"SELECT id, key, substr(content, 1, ?) FROM text WHERE id IN ({marks})",
            (characters, *ids),
        )
        return {row[0]: (row[1].hex(), row[2]) for row in rows}


def text_id_range(file: ProjectFile) -> tuple[int, int]:
    """The first and the last row number of a text, few of those between missing; 0, 0 without
    texts."""
    with explained(file.path):
        # One by one: asked for both at once, SQLite reads all rows.
        first, last = (
            file.database.execute_sql(f"SELECT coalesce({end}(id), 0) FROM text").fetchone()[0]
            for end in ("min", "max")
        )
        return int(first), int(last)


def text_keys(file: ProjectFile) -> Iterator[str]:
    """The keys of all texts in the order of import."""
    with explained(file.path):
        rows = file.database.execute_sql("SELECT key FROM text ORDER BY id")
        yield from (row[0].hex() for row in rows)


def has_answers_by(file: ProjectFile, strategy: str) -> bool:
    """Whether any event came by this strategy (`Selection.strategy`)."""
    with explained(file.path):
        some = EventRow.select().where(EventRow.strategy == strategy)
        return bool(some.exists(file.database))


def _answered_questions(file: ProjectFile) -> int:
    """From the last event to the first: an event stands unless one that stands retracts it."""
    with explained(file.path):
        rows = list(
            EventRow.select(EventRow.uid, EventRow.retracts, EventRow.question_key, EventRow.answer)
            .order_by(EventRow.sequence.desc())
            .tuples()
            .execute(file.database)
        )
    retracted: set[str] = set()
    answered: set[str] = set()
    for uid, retracts, question_key, answer in rows:
        if uid not in retracted:
            if retracts is not None:
                retracted.add(retracts)
            if answer is not None:
                answered.add(question_key)
    return len(answered)
