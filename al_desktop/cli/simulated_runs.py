"""The runs of al-desktop simulate, and their figures."""

import json
import time
from argparse import Namespace
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path
from typing import Any

from numpy.random import default_rng

from al_desktop.cli.command import end_progress, show_progress
from al_desktop.cli.recipe_arguments import recipe
from al_desktop.core.configuration import Configuration
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind
from al_desktop.learner.gold import GoldText, draw_terms, labels_of, read_gold
from al_desktop.learner.simulate import Point, simulate
from al_desktop.project import cache_folder

POINT_EVERY_ANSWERS = 25
STARTING_TERMS = 10


def run(arguments: Namespace) -> int:
    """Runs one seed after the other. Raises KnownError for bad input."""
    started = time.monotonic()
    # Every answer teaches: the figures come from the test texts, not from audit questions.
    configuration = replace(
        recipe(arguments), strategy=arguments.strategy, reserved_share=0.0, audit_share=0.0
    )
    train = read_gold(arguments.data, configuration.kind)
    test = read_gold(arguments.test, configuration.kind)
    _require_labels(configuration, train, arguments.data)
    runs = [
        _one_run(_seeded(configuration, train, seed), train, test, arguments.answers)
        for seed in range(arguments.seeds)
    ]
    record = {
        "task": configuration.kind.value,
        "labels": [label.name for label in configuration.labels],
        "strategy": configuration.strategy,
        "base": configuration.base,
        "data": str(arguments.data),
        "test": str(arguments.test),
        "texts": len(train),
        "test_texts": len(test),
        "runs": runs,
        "seconds": round(time.monotonic() - started, 3),
    }
    print(json.dumps(record, ensure_ascii=False) if arguments.json else "\n".join(_table(record)))
    return 0


def _require_labels(configuration: Configuration, train: list[GoldText], path: Path) -> None:
    known = labels_of(train)
    for label in configuration.labels:
        if label.key not in known:
            raise KnownError(
                f"No text of {path} has the label {label.key}: there are "
                f"{', '.join(sorted(known)[:20]) or 'none'}."
            )


def _seeded(configuration: Configuration, train: list[GoldText], seed: int) -> Configuration:
    """Spans of a label without terms and patterns start from some that the gold gives away."""
    random = default_rng(seed)
    labels = configuration.labels
    if configuration.kind is Kind.SPANS:
        labels = tuple(
            label
            if label.terms or label.patterns
            else replace(label, terms=draw_terms(train, label.key, STARTING_TERMS, random))
            for label in labels
        )
    return replace(configuration, labels=labels, seed=seed)


def _one_run(
    configuration: Configuration, train: list[GoldText], test: list[GoldText], answers: int
) -> dict[str, Any]:
    started = time.monotonic()
    points = []
    for point in simulate(configuration, train, test, answers, POINT_EVERY_ANSWERS, cache_folder()):
        show_progress(
            f"seed {configuration.seed}: {point.answers} of {answers} answers, "
            f"F1 {point.scores.f1:.3f}"
        )
        points.append(_point(point))
    end_progress()
    return {
        "seed": configuration.seed,
        "terms": {label.name: list(label.terms) for label in configuration.labels},
        "points": points,
        "seconds": round(time.monotonic() - started, 3),
    }


def _point(point: Point) -> dict[str, Any]:
    return {
        "answers": point.answers,
        "accepts": point.accepts,
        "accept_rate": point.accepts / point.answers if point.answers else None,
        **asdict(point.scores),
        "labels": {label: asdict(scores) for label, scores in point.by_label.items()},
        "seconds": round(point.seconds, 3),
    }


def _table(record: dict[str, Any]) -> Iterator[str]:
    for run in record["runs"]:
        yield f"seed {run['seed']}, strategy {record['strategy']}, {run['seconds']} s"
        yield "answers  accepts  precision  recall     f1"
        for point in run["points"]:
            yield (
                f"{point['answers']:7}  {point['accepts']:7}  {point['precision']:9.3f}  "
                f"{point['recall']:6.3f}  {point['f1']:5.3f}"
            )
