"""From key to next question painted, while the worker learns and while it stands still.

Opens the window (offscreen unless there is a display) on a project with many texts, presses real
keys, and takes the time from the key event to the end of the paint that shows the next question.
In turns, the worker runs (it encodes texts and refits after each answer) and is held by SIGSTOP:
the difference is what learning costs the annotator.

    python benchmarks/latency.py [--texts 100000] [--keys 400] [--kind texts|spans] [--json]
"""

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from statistics import quantiles

if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import QEventLoop, Qt
from PySide6.QtGui import QPaintEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QWidget

from al_desktop.core.configuration_json import configuration_from_json
from al_desktop.core.questions import Kind, Text, text_key
from al_desktop.gui import app
from al_desktop.gui.widgets.parts import Chip
from al_desktop.gui.widgets.passage import Passage
from al_desktop.gui.window import MainWindow
from al_desktop.paths import resources
from al_desktop.settings import Settings
from al_desktop.storage import ProjectFile

KEYS_A_TURN = 20
PAUSE_MS = 60
PATIENCE_SECONDS = 120.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=100_000)
    parser.add_argument("--keys", type=int, default=400, help="in each of the two states")
    parser.add_argument("--kind", type=Kind, choices=list(Kind), default=Kind.SPANS)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="al-desktop-bench-") as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        record = measure(arguments.kind, Path(folder), arguments.texts, arguments.keys)
    if arguments.json:
        print(json.dumps(record))
    else:
        show(record)
    return 0


def measure(kind: Kind, folder: Path, texts: int, keys: int) -> dict[str, object]:
    path, import_seconds = make_project(kind, folder, texts)
    application = app.build(Settings(folder / "settings.json"))
    window = application.window
    window.resize(window.sizeHint())
    window.show()
    painted = watch_paint()
    started = time.perf_counter()
    window.open(path)
    until(lambda: window.bench is not None and window.bench.current is not None)
    first_seconds = time.perf_counter() - started
    learning: list[float] = []
    idle: list[float] = []
    press(window, painted, KEYS_A_TURN, [])  # caches of fonts and layouts fill
    while len(learning) < keys:
        press(window, painted, KEYS_A_TURN, learning)
        until(lambda: window.bench.learned_all)
        with held(window.bench.learner.process_id):
            press(window, painted, KEYS_A_TURN, idle)
        until(lambda: window.bench.learned_all)
    window.close()
    return {
        "kind": kind.value,
        "texts": texts,
        "platform": application.qt.platformName(),
        "import_seconds": round(import_seconds, 2),
        "first_question_seconds": round(first_seconds, 2),
        "while_learning_ms": summary(learning),
        "idle_ms": summary(idle),
    }


def make_project(kind: Kind, folder: Path, count: int) -> tuple[Path, float]:
    sample = resources() / "sample"
    recipe = json.loads((sample / f"{kind.value}.json").read_text(encoding="utf-8"))
    path = folder / f"{kind.value}.aldesk"
    configuration = replace(configuration_from_json(recipe["configuration"]), seed=1)
    with ProjectFile.create(path, "latency", configuration) as file:
        started = time.perf_counter()
        for _ in file.add_texts(batches(pool(sample / "texts.jsonl", count), 1000)):
            pass
        return path, time.perf_counter() - started


def pool(source: Path, count: int) -> Iterator[Text]:
    """Different texts of real length: sentences of the sample with names and years exchanged."""
    rows = [json.loads(line)["text"].split(" ") for line in source.open(encoding="utf-8")]
    names = sorted({word for row in rows for word in row if word[:1].isupper()})
    chance = random.Random(1)
    known: set[str] = set()
    while len(known) < count:
        words = [
            chance.choice(names) if word[:1].isupper() and chance.random() < 0.3 else word
            for word in chance.choice(rows)
        ]
        content = " ".join(
            str(chance.randrange(1500, 2026)) if word.isdigit() else word for word in words
        )
        if content not in known:
            known.add(content)
            yield Text(text_key(content), content)


def batches(texts: Iterator[Text], size: int) -> Iterator[list[Text]]:
    batch: list[Text] = []
    for text in texts:
        batch.append(text)
        if len(batch) == size:
            yield batch
            batch = []
    yield batch


def watch_paint() -> list[int]:
    """A counter of finished paints of what makes a question: the text, or the label's chip."""
    painted = [0]

    def count(part: type[QWidget]) -> None:
        paint = part.paintEvent

        def counted(self: QWidget, event: QPaintEvent) -> None:
            paint(self, event)
            painted[0] += 1

        part.paintEvent = counted

    count(Passage)
    count(Chip)
    return painted


def press(window: MainWindow, painted: list[int], keys: int, into_ms: list[float]) -> None:
    for number in range(keys):
        until(lambda: window.bench.current is not None)
        asked = window.bench.current
        before = painted[0]
        started = time.perf_counter()
        QTest.keyClick(window, Qt.Key.Key_X if number % 3 else Qt.Key.Key_A)
        while painted[0] == before:
            QApplication.processEvents(QEventLoop.ProcessEventsFlag.WaitForMoreEvents)
        into_ms.append((time.perf_counter() - started) * 1000)
        assert window.bench.current is not asked, "the key was not an answer"
        QTest.qWait(PAUSE_MS)


@contextmanager
def held(process_id: int) -> Iterator[None]:
    """The process stands still meanwhile."""
    os.kill(process_id, signal.SIGSTOP)
    try:
        yield
    finally:
        os.kill(process_id, signal.SIGCONT)


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, "the worker took too long"
        QTest.qWait(5)


def summary(times_ms: list[float]) -> dict[str, float]:
    cuts = quantiles(times_ms, n=100, method="inclusive")
    shares = {"p50": cuts[49], "p95": cuts[94], "p99": cuts[98], "max": max(times_ms)}
    return {name: round(value, 2) for name, value in shares.items()}


def show(record: dict[str, object]) -> None:
    print(
        f"{record['kind']}: {record['texts']:,} texts ({record['platform']}), imported in "
        f"{record['import_seconds']} s, first question after {record['first_question_seconds']} s"
    )
    print("from key to next question painted, ms       p50     p95     p99     max")
    for name in ("idle_ms", "while_learning_ms"):
        figures = "".join(f"{value:8.2f}" for value in record[name].values())
        print(f"  {name[:-3].replace('_', ' '):35}{figures}")


if __name__ == "__main__":
    sys.exit(main())
