"""al-desktop import"""

import sys
from argparse import ArgumentParser, Namespace
from pathlib import Path

from al_desktop.cli.command import (
    Command,
    add_project_argument,
    end_progress,
    existing_project,
    show_progress,
)
from al_desktop.formats import READERS
from al_desktop.formats.plain import UNITS
from al_desktop.project import ANNOTATIONS, ImportReport, import_texts
from al_desktop.storage import ProjectFile

BAD_LINES_SHOWN = 20


def _add_arguments(parser: ArgumentParser) -> None:
    add_project_argument(parser)
    parser.add_argument(
        "files", metavar="FILE", nargs="+", type=Path, help="texts to add: files, folders, archives"
    )
    parser.add_argument(
        "--format", choices=list(READERS), help="of the files; found out unless given"
    )
    parser.add_argument("--text", metavar="NAME", help="column or key of the text")
    parser.add_argument("--label-column", metavar="NAME", help="column of a label, in a table")
    parser.add_argument("--unit", choices=UNITS, help="one text a ..., in plain text")
    parser.add_argument("--encoding", help="such as latin-1; found out unless given")
    parser.add_argument(
        "--annotations",
        choices=ANNOTATIONS,
        default="none",
        help="what becomes of annotations that come along (default none)",
    )
    parser.add_argument(
        "--annotator", default="", metavar="NAME", help="who gave them, where the file doesn't say"
    )


def _run(arguments: Namespace) -> int:
    """Each file goes in whole or, when cancelled or unreadable, not at all."""
    code = 0
    with ProjectFile.open(existing_project(arguments.project)) as file:
        for source in arguments.files:
            report = _import(file, source, arguments)
            print(f"{source}: {_summary(report)}")
            shown = report.bad[:BAD_LINES_SHOWN]
            for bad in shown:
                print(f"{source}, line {bad.line}: {bad.reason}", file=sys.stderr)
            if report.bad_count > len(shown):
                print(f"{source}: {report.bad_count - len(shown):,} more", file=sys.stderr)
            if not report.added and not report.duplicates:
                code = 2
    return code


def _import(file: ProjectFile, source: Path, arguments: Namespace) -> ImportReport:
    report = ImportReport()
    choices = {
        "text": arguments.text,
        "label": arguments.label_column,
        "unit": arguments.unit,
        "encoding": arguments.encoding,
    }
    for progress in import_texts(
        file,
        source,
        arguments.format,
        arguments.annotations,
        arguments.annotator,
        **{name: value for name, value in choices.items() if value},
    ):
        report = progress.report
        show_progress(f"{source}: {progress.share:.0%}")
    end_progress()
    return report


def _summary(report: ImportReport) -> str:
    parts = [f"{report.added:,} texts added"]
    if report.duplicates:
        parts.append(f"{report.duplicates:,} skipped as known already")
    if report.repaired:
        parts.append(f"{report.repaired:,} with characters replaced that can't be stored")
    if report.bad_count:
        parts.append(f"{report.bad_count:,} lines left out or changed")
    if report.annotations:
        parts.append(f"{report.annotations:,} annotations taken over")
    if report.unsuitable:
        parts.append(f"{report.unsuitable:,} annotations left out that the task can't ask about")
    for label, count in sorted(report.unknown_labels.items()):
        parts.append(f'{count:,} of "{label}" left out, which is no label of the project')
    return ", ".join(parts)


COMMAND = Command("import", "add texts to a project", _add_arguments, _run)
