"""al-desktop export"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from al_desktop.cli.command import Command, add_project_argument, existing_project
from al_desktop.core.questions import Answer
from al_desktop.project import (
    CONFLICTS,
    EXPORTS,
    Project,
    Wanted,
    default_annotator,
    export_answers,
)
from al_desktop.storage import ProjectFile


def _add_arguments(parser: ArgumentParser) -> None:
    add_project_argument(parser)
    parser.add_argument(
        "--format", default="prodigy", choices=list(EXPORTS), help="of the file (default prodigy)"
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE", type=Path, help="file or folder to write"
    )
    parser.add_argument(
        "--answer",
        action="append",
        choices=[answer.value for answer in Answer],
        help="only these; may be repeated",
    )
    parser.add_argument("--label", action="append", default=[], help="only this; may be repeated")
    parser.add_argument(
        "--annotator", action="append", default=[], help="only theirs; may be repeated"
    )
    parser.add_argument("--audit", action="store_true", help="only answers to audit questions")
    parser.add_argument(
        "--conflicts",
        choices=CONFLICTS,
        default="settled",
        help="where annotators differ and there is no verdict: the latest answer (settled, the "
        "default), the majority's, or all",
    )


def _run(arguments: Namespace) -> int:
    """Reads beside a window that has the project open."""
    wanted = Wanted(
        answers=frozenset(map(Answer, arguments.answer or Answer)),
        labels=frozenset(arguments.label),
        annotators=frozenset(arguments.annotator),
        audit=arguments.audit,
        conflicts=arguments.conflicts,
    )
    file = ProjectFile.open_for_reading(existing_project(arguments.project))
    with Project(file, default_annotator()) as project:
        count = export_answers(project, arguments.output, arguments.format, wanted)
    rows = "texts" if arguments.format not in ("prodigy", "csv") else "answers"
    print(f"Wrote {count:,} {rows} to {arguments.output}.")
    return 0


COMMAND = Command("export", "write the answers to a file", _add_arguments, _run)
