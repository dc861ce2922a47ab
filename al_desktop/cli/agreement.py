"""al-desktop agreement"""

import json
from argparse import ArgumentParser, Namespace
from typing import TYPE_CHECKING, Any

from al_desktop.cli.command import Command, add_project_argument, existing_project
from al_desktop.core.events import AnswerLog
from al_desktop.storage import ProjectFile

if TYPE_CHECKING:
    from al_desktop.core.agreement import Agreement, Figure


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


COMMAND = Command("agreement", "how far annotators agree", _add_agreement_arguments, _agreement)
