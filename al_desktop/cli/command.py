"""What a command is, and what several of them need."""

import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind
from al_desktop.paths import config_folder
from al_desktop.project import default_annotator
from al_desktop.recipes.approval import approve, check_approved
from al_desktop.settings import FILE_NAME, Settings
from al_desktop.storage import SUFFIX, ProjectFile


@dataclass(frozen=True, slots=True)
class OpenWindow:
    """The command line asks for the window: on a project, on a sample project (which is played
    where there is no display), or on what there was last."""

    project: Path | None = None
    sample: Kind | None = None


@dataclass(frozen=True, slots=True)
class Command:
    """`run` returns the exit code, 0 when all went well; it raises KnownError for bad input."""

    name: str
    summary: str
    add_arguments: Callable[[ArgumentParser], None]
    run: Callable[[Namespace], int | OpenWindow]


def add_project_argument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "project", metavar="PROJECT", type=Path, help=f"project file ({SUFFIX} may be left out)"
    )


def add_approval_argument(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--approve-model",
        action="store_true",
        help="load the model that the project names, now and later: only if you trust its maker",
    )


def approve_if_wanted(file: ProjectFile, arguments: Namespace) -> None:
    """Raises KnownError where the project names a model that nobody approved."""
    if arguments.approve_model:
        approve(file.configuration.base)
    check_approved(file.configuration.base)


def project_path(given: Path) -> Path:
    """The file meant, which need not exist: the suffix may be left out."""
    given = given.expanduser()
    return (
        given if given.suffix == SUFFIX or given.is_file() else given.with_name(given.name + SUFFIX)
    )


def existing_project(given: Path) -> Path:
    path = project_path(given)
    if not path.is_file():
        raise KnownError(f"There is no project {path}: al-desktop new makes one.")
    return path


def show_progress(line: str) -> None:
    """Overwrites the last line of a terminal; says nothing where nobody watches."""
    if sys.stderr.isatty():
        print(f"\r{line}\x1b[K", end="", file=sys.stderr, flush=True)


def end_progress() -> None:
    if sys.stderr.isatty():
        print("\r\x1b[K", end="", file=sys.stderr, flush=True)


def own_name() -> str:
    """The name that the window stores with answers."""
    return Settings(config_folder() / FILE_NAME)["annotator"] or default_annotator()
