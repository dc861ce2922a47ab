"""al-desktop export"""

from argparse import ArgumentParser, Namespace
from pathlib import Path

from al_desktop.cli.command import Command, add_project_argument, existing_project
from al_desktop.formats import WRITERS
from al_desktop.project import Project, default_annotator, export_answers
from al_desktop.storage import ProjectFile


def _add_arguments(parser: ArgumentParser) -> None:
    add_project_argument(parser)
    parser.add_argument(
        "--format", default="prodigy", choices=list(WRITERS), help="of the file (default prodigy)"
    )
    parser.add_argument(
        "-o", "--output", required=True, metavar="FILE", type=Path, help="file to write"
    )


def _run(arguments: Namespace) -> int:
    """Reads beside a window that has the project open."""
    file = ProjectFile.open_for_reading(existing_project(arguments.project))
    with Project(file, default_annotator()) as project:
        count = export_answers(project, arguments.output, arguments.format)
    print(f"Wrote {count:,} answers to {arguments.output}.")
    return 0


COMMAND = Command("export", "write the answers to a file", _add_arguments, _run)
