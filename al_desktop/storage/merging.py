"""Taking a colleague's copy of a project into one's own: the union of both.

Texts and events are added, never changed. Where both have a label, or the project's own settings,
the later change wins; where both have a text with other metadata, the smaller one in byte order.
So the outcome is the same in whatever order, and however often, copies are merged.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import quote

from peewee import Database, IntegrityError

from al_desktop.core.errors import KnownError
from al_desktop.storage import schema
from al_desktop.storage.faults import damaged, explained
from al_desktop.storage.inspection import has_journal, inspect
from al_desktop.storage.merge_checks import check, check_values, teach_keys
from al_desktop.storage.merge_description import NEW_EVENT, NEW_TEXT, Merge, describe
from al_desktop.storage.merge_undoing import remembered
from al_desktop.storage.rows import EVENT_COLUMNS

_TEXT_COLUMNS = "key, content, meta, source, line"
_TAKE_LABELS = (
    "INSERT INTO {} SELECT * FROM other.label WHERE true ON CONFLICT (key) DO UPDATE "
    "SET position = excluded.position, record = excluded.record, removed = excluded.removed, "
    "changed = excluded.changed WHERE (excluded.changed, excluded.record) > (changed, record)"
)
_TAKE_PROJECT = (
    "UPDATE {0} SET (name, settings, changed) = (o.name, o.settings, o.changed) "
    "FROM other.project o WHERE o.changed > {0}.changed"
)
_STEPS_BETWEEN_STOPS = 20_000


def previews(
    database: Database, paths: Iterable[Path]
) -> Iterator[tuple[Path, Merge | KnownError]]:
    """What merging each of these project files would bring in, one after the other, so that what
    two of them have in common counts for the first; changes nothing.

    A KnownError in place of what can't be merged: another project, another kind of question, or a
    file that says of itself what can't be true.
    """
    paths = list(paths)
    only_reads = database.execute_sql("PRAGMA query_only").fetchone()[0]
    # Temporary tables are made on the way, which a connection for reading refuses otherwise.
    database.execute_sql("PRAGMA query_only = off")
    try:
        with _looking_ahead(database):
            for number, path in enumerate(paths, 1):
                try:
                    with explained(path), _attached(database, path):
                        coming = describe(database, path)
                        if number < len(paths):
                            _look_ahead(database)
                except KnownError as error:
                    yield path, error
                else:
                    yield path, coming
    finally:
        database.execute_sql(f"PRAGMA query_only = {only_reads}")


def preview(database: Database, path: Path) -> Merge:
    """Of one file; raises KnownError where it can't be merged."""
    ((_, found),) = previews(database, [path])
    if isinstance(found, KnownError):
        raise found
    return found


def merge(
    database: Database,
    path: Path,
    stop: Callable[[], bool] = lambda: False,
    together: str = "",
) -> Merge:
    """Takes it in, in one transaction, and remembers what came with it. `stop` is asked all the
    time; when it says so, KnownError is raised and nothing was changed. Merges with the same
    `together`, one after the other, are undone as one."""
    connection = database.connection()
    with _looking_ahead(database):
        connection.set_progress_handler(stop, _STEPS_BETWEEN_STOPS)
        try:
            with _attached(database, path):
                coming = describe(database, path)
                if not coming.is_empty:
                    with database.atomic("immediate"), remembered(database, path.name, together):
                        _take_in(database)
                return coming
        except IntegrityError as error:
            # Our tables refuse what theirs should have.
            raise damaged(path) from error
        finally:
            connection.set_progress_handler(None, 0)


@contextmanager
def _attached(database: Database, path: Path) -> Iterator[None]:
    if inspect(path) < schema.CURRENT:
        raise KnownError(
            f"{path} was made by an older version of AL Desktop. Open it in the window once to "
            "bring it up to date, then merge it."
        )
    mode = "mode=ro" if has_journal(path) else "mode=ro&immutable=1"
    uri = f"file:{quote(str(path.resolve()))}?{mode}"
    teach_keys(database.connection())
    database.execute_sql("ATTACH DATABASE ? AS other", (uri,))
    try:
        # What goes wrong up to here is the other file's fault.
        with explained(path):
            # Read once, since it takes the longest: texts that are new, and those that both have
            # but not in every detail.
            database.execute_sql(
                "CREATE TEMP TABLE fresh AS SELECT id FROM other.text "
                "WHERE key NOT IN (SELECT key FROM main.text)"
            )
            database.execute_sql(
                "CREATE TEMP TABLE differing AS SELECT key, m.content != o.content AS forged, "
                "(o.meta, o.source, o.line) < (m.meta, m.source, m.line) AS smaller "
                "FROM other.text o JOIN main.text m USING (key) "
                "WHERE (o.content, o.meta, o.source, o.line) "
                "IS NOT (m.content, m.meta, m.source, m.line)"
            )
            check(database, path)
            check_values(database, path)
        yield
    finally:
        # Tidying up is not to be stopped.
        database.connection().set_progress_handler(None, 0)
        database.execute_sql("DROP TABLE IF EXISTS temp.fresh")
        database.execute_sql("DROP TABLE IF EXISTS temp.differing")
        database.execute_sql("DETACH DATABASE other")


@contextmanager
def _looking_ahead(database: Database) -> Iterator[None]:
    """Temporary tables of what other copies, looked into before, would have brought in."""
    tables = {
        "ahead_text": "(key PRIMARY KEY, meta, source, line)",
        "ahead_event": "(uid PRIMARY KEY)",
        "ahead_label": "(key PRIMARY KEY, position, record, removed, changed)",
        "ahead_project": "(name, settings, changed)",
    }
    for name, columns in tables.items():
        database.execute_sql(f"CREATE TEMP TABLE {name} {columns}")
    database.execute_sql("INSERT INTO temp.ahead_label SELECT * FROM main.label")
    database.execute_sql(
        "INSERT INTO temp.ahead_project SELECT name, settings, changed FROM main.project"
    )
    try:
        yield
    finally:
        for name in tables:
            database.execute_sql(f"DROP TABLE temp.{name}")


def _look_ahead(database: Database) -> None:
    """As `_take_in` would, but into the temporary tables."""
    database.execute_sql(
        f"INSERT INTO temp.ahead_event SELECT uid FROM other.event WHERE {NEW_EVENT} "
        "ON CONFLICT DO NOTHING"
    )
    database.execute_sql(
        "INSERT INTO temp.ahead_text SELECT key, meta, source, line FROM other.text "
        f"WHERE {NEW_TEXT} OR key IN (SELECT key FROM temp.differing WHERE smaller) "
        "ON CONFLICT (key) DO UPDATE "
        "SET meta = excluded.meta, source = excluded.source, line = excluded.line "
        "WHERE (excluded.meta, excluded.source, excluded.line) < (meta, source, line)"
    )
    database.execute_sql(_TAKE_LABELS.format("temp.ahead_label"))
    database.execute_sql(_TAKE_PROJECT.format("ahead_project"))


def _take_in(database: Database) -> None:
    database.execute_sql(
        f"INSERT INTO main.text ({_TEXT_COLUMNS}) SELECT {_TEXT_COLUMNS} FROM other.text "
        f"WHERE {NEW_TEXT} ORDER BY id"
    )
    database.execute_sql(
        "UPDATE main.text SET (meta, source, line) = (o.meta, o.source, o.line) "
        "FROM other.text o JOIN temp.differing d ON d.key = o.key "
        "WHERE d.smaller AND main.text.key = o.key"
    )
    database.execute_sql(
        f"INSERT INTO main.event ({EVENT_COLUMNS}) SELECT {EVENT_COLUMNS} FROM other.event "
        "WHERE true ORDER BY sequence ON CONFLICT (uid) DO NOTHING"
    )
    database.execute_sql(_TAKE_LABELS.format("main.label"))
    database.execute_sql(_TAKE_PROJECT.format("main.project"))
