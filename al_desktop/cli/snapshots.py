"""al-desktop snapshots"""

import json
from argparse import ArgumentParser, Namespace
from datetime import UTC, datetime
from typing import Any

from al_desktop.cli.command import Command, add_project_argument, existing_project
from al_desktop.core.errors import KnownError
from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.quality import estimate_to_json
from al_desktop.core.rolling_back import cut_of, kept, rolled_back, set_aside
from al_desktop.core.snapshots import KEPT, Snapshot
from al_desktop.project import default_annotator, open_project
from al_desktop.storage import ProjectFile


def _add_arguments(parser: ArgumentParser) -> None:
    add_project_argument(parser)
    what = parser.add_mutually_exclusive_group()
    what.add_argument("--keep", action="store_true", help="keep the model as it is now")
    what.add_argument(
        "--back",
        metavar="N",
        type=int,
        help="go back to number N of the list: later answers are set aside, none is deleted",
    )
    what.add_argument(
        "--restore", action="store_true", help="use what the latest --back set aside again"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def _run(arguments: Namespace) -> int:
    """Lists beside a window that has the project open; changes only where none has."""
    path = existing_project(arguments.project)
    if arguments.keep or arguments.restore or arguments.back is not None:
        with open_project(path, default_annotator()) as project:
            session, log = project.session, project.log
            if arguments.keep:
                answers = project.statistics().answers
                session.keep(Snapshot(KEPT, answers, cut_of(log)))
            elif arguments.restore:
                if not rolled_back(log):
                    raise KnownError(f"{path} learns from all answers already.")
                session.take_back(rolled_back(log)[0].uid)
            else:
                session.roll_back(_numbered(kept(log), arguments.back).uid)
    with ProjectFile.open_for_reading(path) as file:
        log = AnswerLog(event for _, event in file.events())
    _show(log, arguments.json)
    return 0


def _numbered(snapshots: list[Event], number: int) -> Event:
    if not 1 <= number <= len(snapshots):
        raise KnownError(
            f"There is no snapshot number {number}: al-desktop snapshots PROJECT lists them."
        )
    return snapshots[number - 1]


def _show(log: AnswerLog, as_json: bool) -> None:
    aside = set_aside(log)
    rows = [_row(number, event) for number, event in enumerate(kept(log), start=1)]
    if as_json:
        record = {"snapshots": rows, "set_aside": aside, "rolled_back": bool(rolled_back(log))}
        print(json.dumps(record, ensure_ascii=False, indent=2))
        return
    for row in rows:
        f1 = row["quality"].get("f1")
        quality = f"F1 {f1['low']:.2f} to {f1['high']:.2f} (95 %)" if f1 else "quality not known"
        print(
            f"{row['number']:3}  {row['at']}  {row['answers']:6} answers  {quality}  "
            f"{row['reason']}, {row['annotator']}"
        )
    if not rows:
        print("No snapshots yet.")
    if rolled_back(log):
        print(f"Went back to an earlier model: {aside} answers are set aside (--restore).")


def _row(number: int, event: Event) -> dict[str, Any]:
    snapshot = event.snapshot
    assert snapshot is not None, "kept() gives snapshots"
    return {
        "number": number,
        "at": f"{datetime.fromtimestamp(event.at_ms / 1000, UTC):%Y-%m-%d %H:%M}",
        "answers": snapshot.answers,
        "reason": snapshot.reason,
        "annotator": event.annotator,
        "quality": estimate_to_json(snapshot.overall) if snapshot.overall else {},
    }


COMMAND = Command(
    "snapshots", "list earlier models with their quality, and go back to one", _add_arguments, _run
)
