"""How long a text-label learner takes from an answer to the next order, by size of the pool.

`python -m benchmarks.texts_latency` prints a table. The texts are made up and their vectors drawn
at random, since only the amount of work counts here.
"""

import resource
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy as np

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Answer, Kind, Question, Text, text_key
from al_desktop.learner.simulate import TextList
from al_desktop.models.encoder import WIDTH, Encoder
from al_desktop.models.vector_cache import VectorCache, quantise
from al_desktop.recipes.texts import TextLearner, build

ANSWERS = 600
REPEATS = 15


def main() -> None:
    sizes = [int(size) for size in sys.argv[1:]] or [10_000, 100_000, 1_000_000]
    print("| texts | start, s | learn, ms | next order, ms | both, p95 | memory, MB |")
    print("|---|---|---|---|---|---|")
    for size in sizes:
        print(row(size), flush=True)


def row(size: int) -> str:
    random = np.random.default_rng(0)
    with tempfile.TemporaryDirectory() as folder:
        before = memory_mb()
        pool = made_up(size, random, Path(folder))
        texts_mb = memory_mb() - before
        started = time.perf_counter()
        label = Label("L", "a made up label")
        learner = build(Configuration(Kind.TEXTS, (label,)), pool, Path(folder))
        while learner.step() is not None:
            pass
        start = time.perf_counter() - started
        learning, asking = answered_one_by_one(learner, pool, random)
    both = np.percentile(np.add(learning, asking), 95)
    memory = memory_mb() - before - texts_mb
    return (
        f"| {size:,} | {start:.1f} | {np.median(learning):.1f} | {np.median(asking):.1f} "
        f"| {both:.1f} | {memory:.0f} |"
    )


def answered_one_by_one(
    learner: TextLearner, pool: TextList, random: np.random.Generator
) -> tuple[list[float], list[float]]:
    """Milliseconds of `learn` and of `ask` for the answers after the first ANSWERS."""
    keys = pool.keys()
    drawn = random.choice(len(keys), ANSWERS + REPEATS, replace=False)
    answers = [
        (Question(keys[i], "L"), Answer.ACCEPT if number % 3 == 0 else Answer.REJECT)
        for number, i in enumerate(drawn.tolist())
    ]
    learner.learn(answers[:ANSWERS])
    learner.ask(30)
    learning, asking = [], []
    for count in range(ANSWERS, ANSWERS + REPEATS):
        learning.append(milliseconds(lambda count=count: learner.learn(answers[: count + 1])))
        asking.append(milliseconds(lambda: learner.ask(30)))
    return learning, asking


def made_up(size: int, random: np.random.Generator, cache: Path) -> TextList:
    """Texts of twelve words of a vocabulary of 20,000, and their vectors in the cache."""
    words = np.array([f"w{number:x}ord" for number in range(20_000)])
    ranks = (20_000 ** random.random((size, 12))).astype(int) - 1
    contents = [" ".join(row) for row in words[ranks]]
    texts = [Text(text_key(content), content) for content in contents]
    vectors = VectorCache(cache, Encoder.name, WIDTH)
    for start in range(0, size, 10_000):
        part = texts[start : start + 10_000]
        drawn = random.normal(size=(len(part), WIDTH)).astype(np.float32)
        drawn /= np.linalg.norm(drawn, axis=1, keepdims=True)
        vectors.put_many([text.key for text in part], *quantise(drawn))
    return TextList(texts)


def milliseconds(work: Callable[[], object]) -> float:
    started = time.perf_counter()
    work()
    return (time.perf_counter() - started) * 1000


def memory_mb() -> float:
    """The most this process has used so far."""
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


if __name__ == "__main__":
    main()
