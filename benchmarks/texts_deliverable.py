"""How the delivered spaCy pipeline compares with the model in the loop, on test texts.

    python -m benchmarks.texts_deliverable [--answers 200] [--tasks NAME ...] [--cache FOLDER]

The answers are those that the default strategy asks for, of seed 0.
"""

import argparse
import tempfile
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
    parser.add_argument("--tasks", nargs="*", default=[task.name for task in TASKS])
    parser.add_argument("--cache", type=Path, default=ROOT / "build" / "bench-cache")
    arguments = parser.parse_args()
    print("| question | loop F1 / AP | pipeline F1 / AP | difference in F1 | loop delivered, too |")
    print("|---|---|---|---|---|")
    for task in TASKS:
        if task.name in arguments.tasks:
            print(row(task, arguments.answers, arguments.cache), flush=True)


def row(task: Task, count: int, cache: Path) -> str:
    data = split(task, 0)
    label = Label(LABEL, task.label)
    configuration = Configuration(Kind.TEXTS, (label,), language=task.language)
    pool = TextList([Text(text_key(content), content) for content in data.pool])
    learner = build(configuration, pool, cache)
    while learner.step() is not None:
        pass
    answers = answered(learner, data, count)
    truth = np.array(data.test_accepted)
    loop = figures(learner.shifted(data.test)[:, 0], truth)
    with tempfile.TemporaryDirectory() as folder:
        model = Path(folder) / "model"
        for step in train_model(configuration, pool, answers, model, cache):
            assert isinstance(step, Progress) or step.folder == model
        docs = spacy.load(model).pipe(data.test)
        pipeline = figures(np.array([doc.cats[task.label] for doc in docs]), truth)
        delivered = (model / "loop").exists()
    return (
        f"| {task.name} | {loop[0]:.3f} / {loop[1]:.3f} | {pipeline[0]:.3f} / {pipeline[1]:.3f} "
        f"| {pipeline[0] - loop[0]:+.3f} | {'yes' if delivered else 'no'} |"
    )


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
