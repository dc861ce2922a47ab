"""al-desktop send, merge, undo-merge and agreement"""

import json
import signal
import sys
from argparse import ArgumentParser, Namespace
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Event
from typing import TYPE_CHECKING, Any

from al_desktop.cli.command import (
    Command,
    add_project_argument,
    existing_project,
    project_path,
)
from al_desktop.core.errors import KnownError
from al_desktop.core.events import AnswerLog
from al_desktop.core.questions import Answer
from al_desktop.paths import config_folder
from al_desktop.project import default_annotator
from al_desktop.project.choosing import ABOUT, Parcel, TextFilter
from al_desktop.settings import FILE_NAME, Settings
from al_desktop.storage import ProjectFile
from al_desktop.storage.merge_description import Merge

if TYPE_CHECKING:
    from al_desktop.core.agreement import Agreement, Figure


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
        for path in send(file, destination, parcel, _me(), random):
            with ProjectFile.open_for_reading(path) as copy:
                texts, events = copy.origin["texts"], copy.origin["events"]
            print(f"Wrote {path}: {texts:,} texts, {events:,} answers and corrections.")
    return 0


def _me() -> str:
    """The name that the window stores with answers."""
    return Settings(config_folder() / FILE_NAME)["annotator"] or default_annotator()


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
            for path, came in merge_copies(paths, destination, _me(), interrupted.is_set):
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


def _add_agreement_arguments(parser: ArgumentParser) -> None:
    add_project_argument(parser)
    parser.add_argument("--json", action="store_true", help="all figures, and the disagreements")


def _agreement(arguments: Namespace) -> int:
    import numpy as np

    from al_desktop.core.agreement import disagreements, report

    with ProjectFile.open_for_reading(existing_project(arguments.project)) as file:
        log = AnswerLog(event for _, event in file.events())
        names = {label.key: label.name for label in file.configuration.labels}
    found = report(log, np.random.default_rng(0))
    by_label = {names.get(key, key): one for key, one in found.by_label.items()}
    by_pair = {" and ".join(pair): one for pair, one in found.by_pair.items()}
    if arguments.json:
        figures = {
            "overall": _as_json(found.overall),
            "by_label": {name: _as_json(one) for name, one in by_label.items()},
            "by_pair": {name: _as_json(one) for name, one in by_pair.items()},
            "disagreements": [
                {
                    "text": one.question.text_key,
                    "label": names.get(one.question.label, one.question.label),
                    "start": one.question.start,
                    "end": one.question.end,
                    "answers": {name: event.answer for name, event in one.answers.items()},
                    "verdict": one.verdict.answer if one.verdict else None,
                }
                for one in disagreements(log)
            ],
        }
        print(json.dumps(figures, indent=2))
        return 0
    for name, one in {"all": found.overall, **by_label, **by_pair}.items():
        print(f"{name}: {_in_words(one)}")
    return 0


def _as_json(one: "Agreement") -> dict[str, Any]:
    figures = {"raw": one.raw, "kappa": one.kappa, "alpha": one.alpha}
    return {
        "questions": one.questions,
        "disagreed": one.disagreed,
        **{
            name: {"value": figure.value, "low": figure.low, "high": figure.high}
            for name, figure in figures.items()
            if figure is not None
        },
    }


def _in_words(one: "Agreement") -> str:
    words = f"{one.questions:,} questions, {one.disagreed:,} disagreed, raw {_figure(one.raw)}"
    if one.kappa is not None:
        words += f", Cohen's kappa {_figure(one.kappa)}"
    return f"{words}, Krippendorff's alpha {_figure(one.alpha)}"


def _figure(figure: "Figure") -> str:
    if figure.value is None:
        return "undefined"
    if figure.low is None or figure.high is None:
        return f"{figure.value:.2f}"
    return f"{figure.value:.2f} ({figure.low:.2f} to {figure.high:.2f})"


SEND = Command("send", "save a copy of a project for a colleague", _add_send_arguments, _send)
TAKE_MODEL = Command(
    "take-model",
    "take out the trained model that came with a copy",
    _add_take_model_arguments,
    _take_model,
)
MERGE = Command("merge", "merge copies of a project", _add_merge_arguments, _merge)
UNDO_MERGE = Command(
    "undo-merge", "take out again what the last merge brought in", add_project_argument, _undo_merge
)
AGREEMENT = Command("agreement", "how far annotators agree", _add_agreement_arguments, _agreement)
