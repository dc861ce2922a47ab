"""al-desktop send and take-model"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from al_desktop.cli.command import (
    Command,
    add_project_argument,
    existing_project,
    own_name,
    project_path,
)
from al_desktop.core.questions import Answer
from al_desktop.project.choosing import ABOUT, Parcel, TextFilter
from al_desktop.storage import ProjectFile


def _add_send_arguments(parser: ArgumentParser) -> None:
    add_project_argument(parser)
    parser.add_argument(
        "-o", "--output", required=True, metavar="PATH", type=Path, help="file, or folder for --to"
    )
    parser.add_argument("--without-answers", action="store_true", help="leave the answers here")
    parser.add_argument(
        "--model", metavar="DIR", type=Path, help="send a trained model along (made by train)"
    )
    parser.add_argument(
        "--to",
        action="append",
        metavar="NAME",
        default=[],
        help="deal out the texts: one copy for each NAME given, with a part of them",
    )
    parser.add_argument(
        "--overlap", type=int, default=0, metavar="N", help="texts in every part (default 0)"
    )
    parser.add_argument(
        "--share",
        type=int,
        default=100,
        choices=range(1, 101),
        metavar="PERCENT",
        help="only so many of the texts, at random",
    )
    parser.add_argument("--search", default="", metavar="WORDS", help="only texts with these words")
    parser.add_argument(
        "--about",
        choices=ABOUT,
        default="all",
        help="only texts that are answered, unanswered, or that annotators disagree about",
    )
    parser.add_argument(
        "--label", action="append", default=[], help="only answers about this count, for --about"
    )
    parser.add_argument(
        "--answer",
        action="append",
        default=[],
        type=Answer,
        choices=list(Answer),
        help="only texts with such an answer; may be repeated",
    )
    parser.add_argument("--seed", type=int, default=0, help="of what is random (default 0)")


def _send(arguments: Namespace) -> int:
    """Works while a window has the project open."""
    import numpy as np

    from al_desktop.project.sharing import send

    parcel = Parcel(
        wanted=TextFilter(
            arguments.search,
            arguments.about,
            frozenset(arguments.label),
            frozenset(arguments.answer),
        ),
        percent=arguments.share,
        answers=not arguments.without_answers,
        model=arguments.model,
        colleagues=tuple(arguments.to),
        overlap=arguments.overlap,
    )
    destination: Path = arguments.output
    if parcel.colleagues:
        destination.mkdir(parents=True, exist_ok=True)
    else:
        destination = project_path(destination)
    random = np.random.default_rng(arguments.seed)
    with ProjectFile.open_for_reading(existing_project(arguments.project)) as file:
        for path in send(file, destination, parcel, own_name(), random):
            with ProjectFile.open_for_reading(path) as copy:
                texts, events = copy.origin["texts"], copy.origin["events"]
            print(f"Wrote {path}: {texts:,} texts, {events:,} answers and corrections.")
    return 0


def _add_take_model_arguments(parser: ArgumentParser) -> None:
    add_project_argument(parser)
    parser.add_argument(
        "-o", "--output", required=True, metavar="DIR", type=Path, help="folder to make"
    )


def _take_model(arguments: Namespace) -> int:
    from al_desktop.project.carrying import take_out

    with ProjectFile.open_for_reading(existing_project(arguments.project)) as file:
        take_out(file, arguments.output)
    print(f"Wrote {arguments.output}.")
    return 0


SEND = Command("send", "save a copy of a project for a colleague", _add_send_arguments, _send)
TAKE_MODEL = Command(
    "take-model",
    "take out the trained model that came with a copy",
    _add_take_model_arguments,
    _take_model,
)
