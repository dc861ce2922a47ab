"""al-desktop merge and undo-merge"""

import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event

from al_desktop.cli.command import (
    Command,
    add_project_argument,
    existing_project,
    own_name,
    project_path,
)
from al_desktop.core.errors import KnownError
from al_desktop.storage import ProjectFile
from al_desktop.storage.merge_description import Merge


def _add_merge_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "projects", metavar="PROJECT", nargs="+", type=Path, help="copies of one project"
    )
    parser.add_argument(
        "-o",
        "--output",
        metavar="FILE",
        type=Path,
        help="new file to merge into; without it, all go into the first",
    )
    parser.add_argument(
        "--preview", action="store_true", help="only say what would come into the first"
    )


def _merge(arguments: Namespace) -> int:
    from al_desktop.project.sharing import merge_copies

    paths = [existing_project(given) for given in arguments.projects]
    if len(paths) < 2 and arguments.output is None:
        raise KnownError("Name two copies of a project at least, to merge one into the other.")
    if arguments.preview:
        refused = 0
        with ProjectFile.open_for_reading(paths[0]) as file:
            for path, found in file.preview_merges(paths[1:]):
                if isinstance(found, KnownError):
                    refused = 2
                    print(found, file=sys.stderr)
                else:
                    _show(path, found)
        return refused
    destination = project_path(arguments.output) if arguments.output else None
    with _interrupts() as interrupted:
        try:
            for path, came in merge_copies(paths, destination, own_name(), interrupted.is_set):
                _show(path, came)
        except KnownError as error:
            if interrupted.is_set():
                raise KeyboardInterrupt from error
            raise
    print(f"Merged into {destination or paths[0]}.")
    return 0


@contextmanager
def _interrupts() -> Iterator[Event]:
    """Ctrl+C sets the event: an exception within the database's callbacks would be lost."""
    interrupted = Event()
    before = signal.signal(signal.SIGINT, lambda *_: interrupted.set())
    try:
        yield interrupted
    finally:
        signal.signal(signal.SIGINT, before)


def _show(path: Path, came: Merge) -> None:
    if came.is_empty:
        print(f"{path}: nothing new")
        return
    by = ", ".join(f"{name} {count:,}" for name, count in came.annotators.items())
    print(
        f"{path}: {came.texts:,} new texts, {came.events:,} new events{f' ({by})' if by else ''}; "
        f"{came.known_texts:,} texts and {came.known_events:,} events known already"
    )
    for change in came.labels:
        print(f"{path}: {change}")
    if came.settings:
        print(f"{path}: later settings")


def _undo_merge(arguments: Namespace) -> int:
    with ProjectFile.open(existing_project(arguments.project)) as file:
        sources = file.undo_merge()
    if not sources:
        raise KnownError("There is no merge to undo in this project.")
    print(f"Took out again what {' and '.join(sources)} brought in.")
    return 0


MERGE = Command("merge", "merge copies of a project", _add_merge_arguments, _merge)
UNDO_MERGE = Command(
    "undo-merge", "take out again what the last merge brought in", add_project_argument, _undo_merge
)
