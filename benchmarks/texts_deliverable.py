"""How the delivered spaCy pipeline compares with the model in the loop, on test texts.

    python -m benchmarks.texts_deliverable [--answers 200] [--seeds 3] [--tasks NAME ...]
        [--cache FOLDER]

The answers are those that the default strategy asks for. Figures are means over seeds, each of
another pool; the difference comes with its standard deviation.
"""

import argparse
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import spacy

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.progress import Progress
from al_desktop.core.questions import Answer, Kind, Question, Text, text_key
from al_desktop.learner.simulate import TextList
from al_desktop.recipes import train_model
from al_desktop.recipes.texts import TextLearner, build
from benchmarks.texts_runs import average_precision
from benchmarks.texts_tasks import TASKS, Split, Task, split

ROOT = Path(__file__).resolve().parents[1]
LABEL = "LABEL"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0])
    parser.add_argument("--answers", type=int, default=200)
    parser.add_argument("--seeds", type=int, default=3)
    parser.add_argument("--tasks", nargs="*", default=[task.name for task in TASKS])
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "bench-cache")
    arguments = parser.parse_args()
    print("| question | loop F1 / AP | pipeline F1 / AP | F1 | AP | seconds | MB | loop, too |")
    print("|---|---|---|---|---|---|---|---|")
    for task in TASKS:
        if task.name in arguments.tasks:
            runs = [
                run(task, seed, arguments.answers, arguments.cache)
                for seed in range(arguments.seeds)
            ]
            print(row(task, runs), flush=True)


@dataclass(frozen=True, slots=True)
class Run:
    """F1 and average precision of both; what training took of the processor, and the folder
    without the loop's own model."""

    loop: tuple[float, float]
    pipeline: tuple[float, float]
    seconds: float
    megabytes: float
    loop_too: bool


def row(task: Task, runs: list[Run]) -> str:
    loop = np.array([each.loop for each in runs])
    pipeline = np.array([each.pipeline for each in runs])
    differences = (pipeline - loop).mean(axis=0)
    spread = (pipeline - loop).std(axis=0, ddof=1) if len(runs) > 1 else np.zeros(2)
    return (
        f"| {task.name} | {pair(loop)} | {pair(pipeline)} "
        f"| {differences[0]:+.3f} ± {spread[0]:.3f} | {differences[1]:+.3f} ± {spread[1]:.3f} "
        f"| {np.mean([each.seconds for each in runs]):.0f} "
        f"| {np.mean([each.megabytes for each in runs]):.0f} "
        f"| {sum(each.loop_too for each in runs)} of {len(runs)} |"
    )


def pair(figures: np.ndarray) -> str:
    return " / ".join(f"{figure:.3f}" for figure in figures.mean(axis=0))


def run(task: Task, seed: int, count: int, cache: Path) -> Run:
    data = split(task, seed)
    label = Label(LABEL, task.label)
    configuration = Configuration(Kind.TEXTS, (label,), language=task.language, seed=seed)
    pool = TextList([Text(text_key(content), content) for content in data.pool])
    learner = build(configuration, pool, cache)
    while learner.step() is not None:
        pass
    answers = answered(learner, data, count)
    truth = np.array(data.test_accepted)
    loop = figures(learner.shifted(data.test)[:, 0], truth)
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        started = time.process_time()
        for step in train_model(configuration, pool, answers, model, cache):
            assert isinstance(step, Progress) or step.folder == model
        seconds = time.process_time() - started
        docs = spacy.load(model).pipe(data.test)
        pipeline = figures(np.array([doc.cats[task.label] for doc in docs]), truth)
        bytes_ = sum(
            path.stat().st_size
            for path in model.rglob("*")
            if path.is_file() and "loop" not in path.parts
        )
        return Run(loop, pipeline, seconds, bytes_ / 1e6, (model / "loop").exists())


def answered(learner: TextLearner, data: Split, count: int) -> list[tuple[Question, Answer]]:
    truth = dict(zip(map(text_key, data.pool), data.accepted, strict=True))
    answers: list[tuple[Question, Answer]] = []
    learner.learn(answers)
    for _ in range(count):
        question = learner.ask(1)[0].question
        answers.append((question, Answer.ACCEPT if truth[question.text_key] else Answer.REJECT))
        learner.learn(answers)
    return answers


def figures(scores: np.ndarray, truth: np.ndarray) -> tuple[float, float]:
    """F1 from 0.5 on, and average precision."""
    found = scores >= 0.5
    f1 = 2 * int((found & truth).sum()) / max(int(found.sum() + truth.sum()), 1)
    return f1, average_precision(scores, truth)


if __name__ == "__main__":
    main()
