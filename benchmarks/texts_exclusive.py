"""What it brings that an accept of one label is a reject of those it excludes.

    python -m benchmarks.texts_exclusive [--seeds 4] [--cache FOLDER]

Labels take turns, an oracle that never errs answers. Average precision and F1 on test texts, mean
over labels, with such rejects and without (all else the same: a text that has a label is not asked
about for the others), and by how much they differ, with the standard error over labels and seeds.
"""

import argparse
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Answer, Kind, Question, Text, text_key
from al_desktop.learner.simulate import TextList
from al_desktop.recipes import texts
from benchmarks.texts_runs import average_precision
from benchmarks.texts_tasks import Task, split

ROOT = Path(__file__).resolve().parents[1]
MEASURED = (10, 20, 40)
"""Answers to each label."""
INTENTS = (
    "card_arrival",
    "top_up_failed",
    "exchange_rate",
    "lost_or_stolen_card",
    "transfer_fee_charged",
    "request_refund",
    "pending_transfer",
    "change_pin",
    "card_linking",
    "cancel_transfer",
)
SENTIMENTS = {"positive": "إيجابي", "negative": "سلبي", "neutral": "محايد"}


def tasks(data_set: str) -> list[Task]:
    if data_set == "banking77":
        return [Task(name, data_set, frozenset([name]), name) for name in INTENTS]
    return [
        Task(name, data_set, frozenset([name]), shown, "ar", 2000)
        for name, shown in SENTIMENTS.items()
    ]


@dataclass(frozen=True, slots=True)
class Measured:
    label: str
    answers: int
    average_precision: float
    f1: float


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--seeds", type=int, default=4)
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "bench-cache")
    arguments = parser.parse_args()
    print("| labels | answers each | AP without / with | and by | F1 without / with | and by |")
    print("|---|---|---|---|---|---|")
    for data_set in ("banking77", "arsarcasm_ar"):
        without, with_them = (
            [
                each
                for seed in range(arguments.seeds)
                for each in measured(tasks(data_set), seed, most_implied, arguments.cache)
            ]
            for most_implied in (0, texts.MOST_IMPLIED)
        )
        for answers in MEASURED:
            cells = [
                compared(
                    [getattr(m, name) for m in without if m.answers == answers],
                    [getattr(m, name) for m in with_them if m.answers == answers],
                )
                for name in ("average_precision", "f1")
            ]
            print(f"| {data_set} | {answers} | {' | '.join(cells)} |", flush=True)


def compared(without: list[float], with_them: list[float]) -> str:
    differences = np.subtract(with_them, without)
    error = differences.std() / np.sqrt(len(differences))
    return (
        f"{np.mean(without):.3f} / {np.mean(with_them):.3f} "
        f"| {differences.mean():+.3f} ± {error:.3f}"
    )


def measured(of: list[Task], seed: int, most_implied: int, cache: Path) -> Iterator[Measured]:
    texts.MOST_IMPLIED = most_implied
    data = {task.gold: split(task, seed) for task in of}
    first = data[of[0].gold]
    labels = tuple(Label(task.label, task.label) for task in of)
    configuration = Configuration(
        Kind.TEXTS, labels, language=of[0].language, exclusive=True, seed=seed
    )
    pool = TextList([Text(text_key(content), content) for content in first.pool])
    learner = texts.build(configuration, pool, cache)
    while learner.step() is not None:
        pass
    learner.judge([text_key(content) for content in first.test], first.test)
    place = {text_key(content): i for i, content in enumerate(first.pool)}
    by_label = {task.label: data[task.gold] for task in of}
    given: list[tuple[Question, Answer]] = []
    learner.learn(given)
    for count in range(1, MEASURED[-1] * len(of) + 1):
        question = learner.ask(1)[0].question
        accepted = by_label[question.label].accepted[place[question.text_key]]
        given.append((question, Answer.ACCEPT if accepted else Answer.REJECT))
        learner.learn(given)
        if count % len(of) == 0 and count // len(of) in MEASURED:
            judged = learner.judged()
            for label, each in by_label.items():
                truth = np.array(each.test_accepted)
                if not truth.any():
                    continue
                found = judged.get(label)
                if found is None:
                    yield Measured(label, count // len(of), float(truth.mean()), 0.0)
                    continue
                hits = np.asarray(found.predicted)
                f1 = 2 * int((hits & truth).sum()) / max(int(hits.sum() + truth.sum()), 1)
                precision = average_precision(np.asarray(found.score), truth)
                yield Measured(label, count // len(of), precision, f1)


if __name__ == "__main__":
    main()
