"""al-desktop train"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from al_desktop.cli.command import (
    Command,
    add_approval_argument,
    add_project_argument,
    approve_if_wanted,
    end_progress,
    existing_project,
    show_progress,
)
from al_desktop.core.progress import Progress
from al_desktop.learner.training import Train, deliver
from al_desktop.project import cache_folder
from al_desktop.storage import ProjectFile


def _add_arguments(parser: ArgumentParser) -> None:
    add_project_argument(parser)
    parser.add_argument(
        "-o",
        "--output",
        required=True,
        metavar="DIR",
        type=Path,
        help="folder to make, which spacy.load opens",
    )
    parser.add_argument(
        "--keep-base",
        action="store_true",
        help="keep the labels of the pretrained pipeline beside the project's",
    )
    add_approval_argument(parser)


def _run(arguments: Namespace) -> int:
    """Reads beside a window that has the project open."""
    project = existing_project(arguments.project)
    with ProjectFile.open_for_reading(project) as file:
        approve_if_wanted(file, arguments)
    for step in deliver(Train(project, arguments.output, cache_folder(), arguments.keep_base)):
        if isinstance(step, Progress):
            of = f" of {step.total:,}" if step.total else ""
            show_progress(f"{step.what}: {step.done:,}{of}")
        else:
            end_progress()
            print(f"Wrote {step.folder}, trained on {step.texts:,} texts.")
            print(
                f"On {step.held_out:,} texts kept apart it agrees with what was learned here "
                f"at an F1 of {step.f1:.3f} (which is agreement, not accuracy)."
            )
            if step.base_kept is not None:
                print(f"Of the base's own entities there {step.base_kept:.0%} are still found.")
    return 0


COMMAND = Command("train", "train the model to deliver, a spaCy pipeline", _add_arguments, _run)
