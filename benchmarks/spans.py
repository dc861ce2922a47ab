"""How fast span questions teach: learning curves on real data, beside random order and noise.

    python -m benchmarks.spans [--sets food_ingredients ...] [--seeds 8] [--answers 600]
                               [--strategies default random] [--noise 0.05] [--json FILE]

An oracle that knows the gold answers the training texts; F1 is measured on the test texts, which
nothing was chosen on. Each seed draws its own 10 terms from the training gold. The order is
renewed after every BATCH answers. Data: <repository's parent>/shared/datasets.
"""

import argparse
import json
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from statistics import fmean, median, stdev

from numpy.random import Generator, default_rng

from al_desktop.core.configuration import BUNDLED_BASE, Configuration, Label
from al_desktop.core.questions import Answer, Kind, Question
from al_desktop.learner.gold import GoldText, Oracle, draw_terms, measure, read_gold
from al_desktop.learner.simulate import TextList
from al_desktop.recipes import spans

DATA = Path(__file__).resolve().parents[2] / "shared" / "datasets"
CACHE = Path(__file__).resolve().parents[1] / "build" / "bench-cache"
BATCH = 5
MARKS = (0, 100, 300, 600)


@dataclass(frozen=True)
class Task:
    """One label of one data set. `wanted` are the F1 asked for after 100, 300 and 600 answers."""

    name: str
    folder: str
    label: str
    language: str = "en"
    base: str = ""
    terms: int = 10
    wanted: tuple[float, ...] = ()


TASKS = [
    Task("food_ingredients", "food_ingredients", "INGRED", wanted=(0.55, 0.70, 0.76)),
    Task("fashion_brands", "fashion_brands", "FASHION_BRAND", wanted=(0.50, 0.58, 0.62)),
    Task("ncbi_disease", "ncbi_disease", "Disease", wanted=(0.42, 0.54, 0.63)),
    Task("snips_artist", "snips_slots", "artist"),
    Task("snips_restaurant", "snips_slots", "restaurant_type"),
    Task("wnut17_location", "wnut17", "location"),
    Task("wnut17_person_warm", "wnut17", "person", base=BUNDLED_BASE, terms=0),
    Task("mobie_de_company", "mobie_de", "organization-company", language="de"),
    Task("uner_zh_LOC", "uner_zh", "LOC", language="zh"),
    Task("xsid_ar_datetime", "xsid_ar", "datetime", language="ar"),
]


@dataclass(frozen=True)
class Point:
    answers: int
    accepts: int
    f1: float
    precision: float
    recall: float
    ranking_ms: float


class Session:
    """One simulated annotator at work on one label."""

    def __init__(
        self, task: Task, train: Sequence[GoldText], seed: int, strategy: str, noise: float
    ) -> None:
        self._random = default_rng(seed)
        self._noise = noise
        self._oracle = Oracle(train)
        terms = draw_terms(train, task.label, task.terms, self._random) if task.terms else ()
        self.configuration = Configuration(
            Kind.SPANS,
            (Label(task.label, task.label, terms=terms),),
            language=task.language,
            base=task.base,
            strategy=strategy,
            seed=seed,
        )
        texts = TextList([row.text for row in train])
        self.learner = spans.build(self.configuration, texts, CACHE)
        while self.learner.step() is not None:
            pass
        self._given: list[tuple[Question, Answer]] = []
        self.learner.learn(self._given)
        self.seconds: list[float] = []
        """CPU time from answers to the new order, of each batch."""

    @property
    def given_count(self) -> int:
        return len(self._given)

    @property
    def accepts(self) -> int:
        return sum(answer is Answer.ACCEPT for _, answer in self._given)

    def answer(self) -> bool:
        """Answers BATCH questions and learns; False when there are none."""
        asked = self.learner.ask(BATCH)
        for each in asked:
            truth = self._oracle.answer(each.question)
            self._given.append((each.question, mistaken(truth, self._noise, self._random)))
        started = time.process_time()
        self.learner.learn(self._given)
        self.learner.ask(BATCH)
        self.seconds.append(time.process_time() - started)
        return bool(asked)


def curve(session: Session, label: str, test: Sequence[GoldText], answers: int) -> Iterator[Point]:
    while True:
        if session.given_count in MARKS or session.given_count >= answers:
            predicted = session.learner.predict([row.text.content for row in test])
            scores = measure(test, predicted, [label])
            yield Point(
                session.given_count,
                session.accepts,
                scores.f1,
                scores.precision,
                scores.recall,
                1000 * median(session.seconds[-20:] or [0.0]),
            )
        if session.given_count >= answers or not session.answer():
            return


def mistaken(answer: Answer, noise: float, random: Generator) -> Answer:
    """Ignores with probability `noise`, and errs with the same probability."""
    lot = random.random()
    if lot < noise:
        return Answer.IGNORE
    if lot < 2 * noise:
        return Answer.REJECT if answer is Answer.ACCEPT else Answer.ACCEPT
    return answer


def report(task: Task, strategy: str, runs: Sequence[Sequence[Point]]) -> str:
    """One line: mean F1 at each mark, spread and worst seed at the last, accept rate."""
    cells = []
    for index, mark in enumerate(MARKS):
        f1 = [run[index].f1 for run in runs if len(run) > index]
        if f1:
            spread = f"±{stdev(f1):.3f}" if len(f1) > 1 else ""
            cells.append(f"{mark}: {fmean(f1):.3f}{spread}")
    last = [run[-1].f1 for run in runs]
    first_100 = fmean(run[min(1, len(run) - 1)].accepts for run in runs)
    wanted = f" wanted {'/'.join(f'{f1:.2f}' for f1 in task.wanted)}" if task.wanted else ""
    return (
        f"{task.name:20} {strategy:9} {'  '.join(cells)}  worst {min(last):.3f}  "
        f"P/R {fmean(run[-1].precision for run in runs):.2f}/"
        f"{fmean(run[-1].recall for run in runs):.2f}  accepts of 100: {first_100:.0f}  "
        f"ranking {fmean(run[-1].ranking_ms for run in runs):.0f} ms{wanted}"
    )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    names = [task.name for task in TASKS]
    parser.add_argument("--sets", nargs="+", choices=names, default=names[:3])
    parser.add_argument("--seeds", type=int, default=8)
    parser.add_argument("--answers", type=int, default=600)
    parser.add_argument("--strategies", nargs="+", default=["default", "random"])
    parser.add_argument("--noise", type=float, default=0.0)
    parser.add_argument("--json", type=Path)
    arguments = parser.parse_args()
    records = []
    for task in (task for task in TASKS if task.name in arguments.sets):
        train = read_gold(DATA / task.folder / "train.jsonl", Kind.SPANS)
        test = read_gold(DATA / task.folder / "test.jsonl", Kind.SPANS)
        for strategy in arguments.strategies:
            started = time.monotonic()
            runs = [
                list(
                    curve(
                        Session(task, train, seed, strategy, arguments.noise),
                        task.label,
                        test,
                        arguments.answers,
                    )
                )
                for seed in range(arguments.seeds)
            ]
            print(report(task, strategy, runs), f" {time.monotonic() - started:.0f} s", flush=True)
            points = [[point.__dict__ for point in run] for run in runs]
            records.append({"task": task.name, "strategy": strategy, "runs": points})
    if arguments.json:
        arguments.json.write_text(json.dumps(records, indent=1), encoding="utf-8")


if __name__ == "__main__":
    main()
