"""al-desktop stats"""

import json
from argparse import ArgumentParser, Namespace
from typing import Any

from al_desktop.cli.command import Command, add_project_argument, existing_project
from al_desktop.core.events import AnswerLog
from al_desktop.core.quality import QUALITY
from al_desktop.core.statistics import Counts, Statistics, Tally
from al_desktop.storage import ProjectFile


def _add_arguments(parser: ArgumentParser) -> None:
    add_project_argument(parser)
    parser.add_argument("--json", action="store_true", help="print JSON")


def _run(arguments: Namespace) -> int:
    """Reads beside a window that has the project open."""
    with ProjectFile.open_for_reading(existing_project(arguments.project)) as file:
        log = AnswerLog(event for _, event in file.events())
        statistics = Tally(log).statistics(file.text_count())
        names = {label.key: label.name for label in file.configuration.labels}
        record: dict[str, object] = {
            "project": file.name,
            "task": file.configuration.kind.value,
            "texts": statistics.texts,
            **_counts(statistics.total),
            "audit": statistics.audit,
            "highlights": statistics.highlights,
            "labels": _labels(statistics, names),
            "quality": file.state(QUALITY, {}),
        }
    if arguments.json:
        print(json.dumps(record, ensure_ascii=False, indent=2))
    else:
        print(_table(record))
    return 0


def _counts(counts: Counts) -> dict[str, int]:
    return {
        "answers": counts.answers,
        "accept": counts.accept,
        "reject": counts.reject,
        "ignore": counts.ignore,
    }


def _labels(statistics: Statistics, names: dict[str, str]) -> dict[str, dict[str, int]]:
    """By label name; labels that were removed keep their key."""
    keys = dict.fromkeys([*names, *statistics.by_label])
    return {names.get(key, key): _counts(statistics.by_label.get(key, Counts())) for key in keys}


def _table(record: dict[str, object]) -> str:
    lines = [f"{name:10} {value}" for name, value in record.items() if not isinstance(value, dict)]
    labels = record["labels"]
    assert isinstance(labels, dict)
    for name, counts in labels.items():
        lines.append(f"{name:20} " + ", ".join(f"{count} {what}" for what, count in counts.items()))
    quality = record["quality"]
    assert isinstance(quality, dict)
    for name, found in quality.items():
        lines.append(f"{name:20} {_quality(found)}")
    return "\n".join(lines)


def _quality(found: dict[str, Any]) -> str:
    """Of one label, as the window last knew it."""
    answers = f"{found['audit_answers']} random checks"
    if not found["shown"]:
        return f"quality not known yet after {answers}"
    f1 = found["f1"]
    guess = "" if found["measured_spans_not_proposed"] else "; spans never proposed are guessed"
    return f"F1 {f1['low']:.2f} to {f1['high']:.2f} (95 %), on {answers}{guess}"


COMMAND = Command("stats", "count texts and answers", _add_arguments, _run)
