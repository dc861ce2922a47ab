"""The deliverable beside the head it is distilled from: F1 of both on test texts.

python -m benchmarks.span_training [--sets food_ingredients ...] [--seeds 1] [--answers 600]
"""

import argparse
import tempfile
import time
from collections.abc import Sequence
from pathlib import Path

import spacy

from al_desktop.core.questions import Span
from al_desktop.learner.gold import GoldText, Scores, measure
from al_desktop.models.deliverable import Trained
from al_desktop.models.span_training import distil
from benchmarks.span_runs import Session
from benchmarks.span_tasks import TASK, TASKS, Task


def delivered(folder: Path, test: Sequence[GoldText], label: str) -> Scores:
    nlp = spacy.load(folder)
    docs = nlp.pipe(row.text.content for row in test)
    found = [[Span(ent.start_char, ent.end_char, ent.label_) for ent in doc.ents] for doc in docs]
    return measure(test, found, [label])


def compare(task: Task, seed: int, answers: int) -> str:
    test = task.test
    session = Session(task, seed)
    session.answer_until(answers)
    head = session.scores(test)
    started = time.monotonic()
    with tempfile.TemporaryDirectory() as folder:
        destination = Path(folder) / "model"
        texts = session.learner.labelled()
        *_, trained = distil(
            texts, session.learner, session.configuration, destination, False, {}, str
        )
        scores = delivered(destination, test, task.label)
    assert isinstance(trained, Trained)
    return (
        f"{task.name:20} seed {seed}: head {head.f1:.3f}, delivered {scores.f1:.3f} "
        f"(P {scores.precision:.2f} R {scores.recall:.2f}), agreement {trained.f1:.3f}, "
        f"{trained.texts} texts, {time.monotonic() - started:.0f} s"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    names = list(TASK)
    parser.add_argument("--sets", nargs="+", choices=names, default=names[:3])
    parser.add_argument("--seeds", type=int, default=1)
    parser.add_argument("--answers", type=int, default=600)
    arguments = parser.parse_args()
    for task in (task for task in TASKS if task.name in arguments.sets):
        for seed in range(arguments.seeds):
            print(compare(task, seed, arguments.answers), flush=True)


if __name__ == "__main__":
    main()
