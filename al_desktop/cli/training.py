"""al-desktop train"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from al_desktop.cli.command import (
    Command,
    add_project_argument,
    end_progress,
    existing_project,
    show_progress,
)
from al_desktop.core.events import AnswerLog
from al_desktop.core.progress import Progress
from al_desktop.project import cache_folder
from al_desktop.recipes import train_model
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


def _run(arguments: Namespace) -> int:
    """Reads beside a window that has the project open."""
    with ProjectFile.open_for_reading(existing_project(arguments.project)) as file:
        log = AnswerLog(event for _, event in file.events())
        answers = [(event.question, event.answer) for event in log.answered() if event.answer]
        for step in train_model(
            file.configuration,
            file.pool(),
            answers,
            arguments.output,
            cache_folder(),
            arguments.keep_base,
        ):
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
    return 0


COMMAND = Command("train", "train the model to deliver, a spaCy pipeline", _add_arguments, _run)
