"""al-desktop bias and al-desktop doubts"""

import json
from argparse import ArgumentParser, Namespace
from collections.abc import Generator
from dataclasses import asdict
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
from al_desktop.core.doubts import Doubtful
from al_desktop.core.errors import KnownError
from al_desktop.core.events import AnswerLog
from al_desktop.core.progress import Progress
from al_desktop.core.questions import Question
from al_desktop.project import cache_folder
from al_desktop.storage import ProjectFile

_EXCERPT = 100


def _add_bias_arguments(parser: ArgumentParser) -> None:
    add_project_argument(parser)
    parser.add_argument("-o", "--output", metavar="FILE", type=Path, help="page (HTML) to write")
    parser.add_argument("--json", action="store_true", help="print JSON")


def _run_bias(arguments: Namespace) -> int:
    """Reads beside a window that has the project open."""
    from al_desktop.project.report import bias_page, project_bias

    with ProjectFile.open_for_reading(existing_project(arguments.project)) as file:
        found = project_bias(file, AnswerLog(event for _, event in file.events()))
    if arguments.output is not None:
        try:
            arguments.output.write_text(bias_page(found), encoding="utf-8")
        except OSError as error:
            raise KnownError(f"{arguments.output} can't be written: {error}.") from error
    if arguments.json:
        print(json.dumps(asdict(found), ensure_ascii=False, indent=2))
    elif arguments.output is not None:
        print(f"Wrote {arguments.output}.")
    else:
        print(f"{found.labelled:,} labelled texts of {found.texts:,}")
        for label in found.labels:
            print(f"{label.name:20} {label.answers} answers, {label.accepted:.0%} accepted")
        for share in (*found.report.lengths, *found.report.sources):
            print(f"{share.group:30} {share.labelled:6.1%} of labelled, {share.pool:6.1%} of all")
        for group in found.report.never_asked:
            print(f"never asked about: {group}")
    return 0


def _add_doubts_arguments(parser: ArgumentParser) -> None:
    add_project_argument(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")
    add_approval_argument(parser)


def _run_doubts(arguments: Namespace) -> int:
    """Reads beside a window that has the project open; fits the model a few times."""
    from al_desktop.project.rereading import find_doubts

    path = existing_project(arguments.project)
    with ProjectFile.open_for_reading(path) as file:
        approve_if_wanted(file, arguments)
        names = {label.key: label.name for label in file.configuration.labels}
        rows = [
            {
                "doubt": str(each.doubt),
                "reason": each.reason,
                "check": each.is_check,
                "answer": str(each.event.answer),
                "label": names.get(each.event.question.label, each.event.question.label),
                "annotator": each.event.annotator,
                **_asked_about(each.event.question, file),
            }
            for each in _through(find_doubts(path, cache_folder()))
        ]
    if arguments.json:
        print(json.dumps(rows, ensure_ascii=False, indent=2))
        return 0
    for row in rows:
        excerpt = " ".join(str(row["asked_about"])[:_EXCERPT].split())
        check = "check, " if row["check"] else ""
        print(f"{row['answer']:7} {row['label']:16} {excerpt!r}: {check}{row['reason']}")
    if not rows:
        print("No answer looks doubtful.")
    return 0


def _through(work: Generator[Progress, None, list[Doubtful]]) -> list[Doubtful]:
    """Shows the progress; what came of it."""
    while True:
        try:
            progress = next(work)
        except StopIteration as end:
            end_progress()
            found: list[Doubtful] = end.value
            return found
        show_progress(f"{progress.done} {progress.what}")


def _asked_about(question: Question, file: ProjectFile) -> dict[str, object]:
    text = file.text(question.text_key).content
    asked_about = text[question.start : question.end]
    return {
        "text": text,
        "start": question.start,
        "end": question.end,
        "asked_about": asked_about,
    }


BIAS = Command(
    "bias", "how what was labelled differs from all texts", _add_bias_arguments, _run_bias
)
DOUBTS = Command("doubts", "list answers worth reading again", _add_doubts_arguments, _run_doubts)
