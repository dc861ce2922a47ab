"""What a large pool costs the worker: throughput of reading, bytes in the cache, peak memory, and
the time from an answer to a new order.

    python -m benchmarks.span_scale POOL.jsonl [--texts 1000000] [--seconds 120] [--answers 300]

POOL holds {"text": ...} a line. A project file is made of it, as importing does, and a child
process works on it through its own connection, as the program's does: it reads for so many seconds,
then answers are given at random, a third of them accepts, and learned one by one.
"""

import argparse
import json
import multiprocessing
import resource
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path
from statistics import median, quantiles

import numpy as np

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Answer, Kind, Question, Text, text_key
from al_desktop.recipes.spans import build
from al_desktop.storage import ProjectFile

BATCH = 5_000


def batches(path: Path, texts: int) -> Iterator[list[Text]]:
    with path.open(encoding="utf-8") as file:
        lines = islice(file, texts)
        while part := [json.loads(line)["text"] for line in islice(lines, BATCH)]:
            yield [Text(text_key(content), content) for content in part]


def work(project: Path, cache: Path, seconds: float, answers: int) -> None:
    begin = time.monotonic()
    with ProjectFile.open_for_reading(project) as file:
        learner = build(file.configuration, file.pool(), cache)
        print(f"loaded after {time.monotonic() - begin:.1f} s, {_memory_mb():,.0f} MB", flush=True)
        learner.learn([])
        begin, cpu, done, longest = time.monotonic(), time.process_time(), 0, 0.0
        while time.monotonic() - begin < seconds:
            started = time.process_time()
            progress = learner.step()
            longest = max(longest, time.process_time() - started)
            if progress is None:
                break
            done = progress.done
        used = time.process_time() - cpu
        size = sum(path.stat().st_size for path in cache.rglob("*") if path.is_file())
        print(
            f"read {done:,} texts in {used:.0f} s of CPU: {done / used:,.0f} a second; "
            f"longest step {1000 * longest:.0f} ms; cache {size / max(done, 1):,.0f} bytes a text",
            flush=True,
        )
        random = np.random.default_rng(0)
        given: list[tuple[Question, Answer]] = []
        times = []
        learner.learn(given)
        for _ in range(answers):
            (asked,) = learner.ask(1)
            accepted = random.random() < 1 / 3
            given.append((asked.question, Answer.ACCEPT if accepted else Answer.REJECT))
            started = time.process_time()
            learner.learn(given)
            learner.ask(30)
            times.append(time.process_time() - started)
        print(
            f"after {answers} answers, {learner.candidates:,} candidates: new order after "
            f"{1000 * median(times):.0f} ms of CPU, {1000 * quantiles(times, n=20)[-1]:.0f} ms in "
            f"19 of 20; peak memory {_memory_mb():,.0f} MB",
            flush=True,
        )


def _memory_mb() -> float:
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.split("\n\n")[0] if __doc__ else None)
    parser.add_argument("pool", type=Path)
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--seconds", type=float, default=120)
    parser.add_argument("--answers", type=int, default=300)
    parser.add_argument("--terms", nargs="+", default=["cancer", "butter", "Nike", "index"])
    arguments = parser.parse_args()
    label = Label("L", "L", terms=tuple(arguments.terms))
    with tempfile.TemporaryDirectory() as folder:
        project, cache = Path(folder) / "large.alproj", Path(folder) / "cache"
        started = time.monotonic()
        with ProjectFile.create(project, "large", Configuration(Kind.SPANS, (label,))) as file:
            for _ in file.add_texts(batches(arguments.pool, arguments.texts)):
                pass
            count = file.text_count()
        print(f"{count:,} texts imported in {time.monotonic() - started:.0f} s", flush=True)
        context = multiprocessing.get_context("spawn")
        child = context.Process(
            target=work, args=(project, cache, arguments.seconds, arguments.answers)
        )
        child.start()
        child.join()


if __name__ == "__main__":
    main()
