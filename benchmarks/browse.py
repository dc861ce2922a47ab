"""Browse with many texts: opening, scrolling, searching and filtering, beside a small project.

Opens the window (offscreen unless there is a display) on a project with many texts and many
answers, and on one with a thousand of each. Takes the time from the key or the command to the end
of the paint that shows its rows. The search index is built meanwhile, once with the window
scrolling. The learner isn't started: what it costs is measured by benchmarks/latency.py.

    python benchmarks/browse.py [--texts 1000000] [--answers 50000] [--json]
"""

import argparse
import json
import os
import random
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from statistics import quantiles

if not os.environ.get("DISPLAY") and not os.environ.get("WAYLAND_DISPLAY"):
    os.environ["QT_QPA_PLATFORM"] = "offscreen"

from latency import batches, pool
from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.events import Event, EventKind
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer, Kind, Question, Selection
from al_desktop.gui import app
from al_desktop.gui.browse.screen import Browse
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.paths import resources
from al_desktop.project import open_project
from al_desktop.settings import Settings
from al_desktop.storage import ProjectFile

SMALL = 1000
STEPS = 60
PATIENCE_SECONDS = 600.0
WORDS = ("river", "capital city", "republic of", "th", "1998", "no-such-word", "north sea is")
Times = dict[str, list[float]]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--texts", type=int, default=1_000_000)
    parser.add_argument("--answers", type=int, default=50_000)
    parser.add_argument("--json", action="store_true")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="al-desktop-bench-") as folder:
        os.environ["XDG_CACHE_HOME"] = folder
        application = app.build(Settings(Path(folder) / "settings.json"))
        window = application.window
        window.resize(window.sizeHint())
        window.show()
        small = measure(window, make_project(Path(folder) / "small.aldesk", SMALL, SMALL))
        large = measure(
            window, make_project(Path(folder) / "large.aldesk", arguments.texts, arguments.answers)
        )
        window.close()
    record = {
        "texts": arguments.texts,
        "answers": arguments.answers,
        "platform": application.qt.platformName(),
        "ms": {
            name: {"small": summary(small[name]), "large": summary(large[name])} for name in small
        },
    }
    if arguments.json:
        print(json.dumps(record))
    else:
        show(record)
    return 0


def make_project(path: Path, texts: int, answers: int) -> Path:
    labels = tuple(Label(name, name) for name in ("PLACE", "PERSON", "YEAR"))
    keys: list[str] = []
    with ProjectFile.create(path, path.stem, Configuration(Kind.TEXTS, labels)) as file:

        def kept() -> Iterator[list]:
            for batch in batches(pool(resources() / "sample" / "texts.jsonl", texts), 1000):
                keys.extend(text.key for text in batch)
                yield batch

        for _ in file.add_texts(kept(), answers_about(keys, labels, answers)):
            pass
    return path


def answers_about(keys: list[str], labels: tuple[Label, ...], count: int) -> Iterator[Event]:
    chance = random.Random(2)
    for number in range(count):
        yield Event(
            uid=uuid7(1_700_000_000_000 + number),
            kind=EventKind.ANSWER,
            question=Question(keys[number * len(keys) // count], chance.choice(labels).key),
            annotator=chance.choice(("anna", "ben")),
            at_ms=1_700_000_000_000 + number,
            answer=chance.choices(list(Answer), (5, 4, 1))[0],
            selection=Selection("uncertain", 0.1, 0.5, audit=number % 10 == 0),
        )


def measure(window: MainWindow, path: Path) -> Times:
    window.attach(Workbench(open_project(path, "anna"), "anna"))
    browse, painted = window.browse, Paints(window.browse.list.viewport())
    times: Times = {}
    times["open"] = [painted.after(lambda: window.run("screen.browse"))]
    times["scroll while the index is made"] = scroll(browse, painted)
    until(lambda: browse.is_indexed)
    times["scroll"] = scroll(browse, painted)
    times["jump"] = jump(browse, painted)
    times["search"] = search(browse, painted)
    browse.filters.search.clear()
    until(lambda: browse.list.model().rowCount() >= SMALL)
    times["filter"] = choose(browse, painted)
    times["open again"] = []
    for _ in range(10):
        window.run("screen.annotate")
        QTest.qWait(20)
        times["open again"].append(painted.after(lambda: window.run("screen.browse")))
    window.projects.close()
    return times


class Paints(QObject):
    """Counts the paints of a widget that are over."""

    def __init__(self, widget: QObject) -> None:
        super().__init__()
        self.count = 0
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:  # noqa: N802 - Qt's name
        if event.type() == QEvent.Type.Paint:
            self.count += 1
        return False

    def after(self, action: Callable[[], object], holds: Callable[[], bool] | None = None) -> float:
        """Milliseconds from the action to the end of the paint after it, once `holds`."""
        before = self.count
        started = time.perf_counter()
        action()
        while self.count == before or (holds is not None and not holds()):
            assert time.perf_counter() < started + PATIENCE_SECONDS, "nothing is painted"
            QApplication.processEvents()
        return (time.perf_counter() - started) * 1000


def scroll(browse: Browse, painted: Paints) -> list[float]:
    """A page a key, as when one is held down."""
    browse.list.setFocus()
    times = []
    for number in range(STEPS):
        key = Qt.Key.Key_PageDown if number % 20 < 10 else Qt.Key.Key_PageUp
        times.append(painted.after(lambda key=key: QTest.keyClick(browse.list, key)))
        QTest.qWait(15)
    return times


def jump(browse: Browse, painted: Paints) -> list[float]:
    """The scroll bar dragged to places never seen."""
    bar, chance, times = browse.list.verticalScrollBar(), random.Random(3), []
    for _ in range(STEPS):
        place = chance.randrange(1, bar.maximum() + 1)
        if place != bar.value():
            times.append(painted.after(lambda place=place: bar.setValue(place)))
        QTest.qWait(15)
    return times


def search(browse: Browse, painted: Paints) -> list[float]:
    """From the words to the rows they find; the pause that waits for more typing not counted."""
    times = []
    for _ in range(3):
        for words in WORDS:
            browse.filters.search.setText(words)
            shown = browse.shown
            times.append(
                painted.after(
                    browse.search_now, lambda words=words, shown=shown: browse.shown > shown
                )
            )
            QTest.qWait(15)
    return times


def choose(browse: Browse, painted: Paints) -> list[float]:
    """Kinds of answers, then labels; nothing that is empty twice, which is not painted anew."""
    times = []
    for chosen, values in (
        (browse.filters.what, ("answers", "accept", "reject", "ignore", "audit") * 3),
        (browse.filters.label, ("PLACE", "PERSON", "YEAR", "") * 3),
    ):
        for value in values:
            at = chosen.findData(value)
            times.append(painted.after(lambda chosen=chosen, at=at: chosen.setCurrentIndex(at)))
            QTest.qWait(15)
    browse.filters.what.setCurrentIndex(0)
    return times


def until(holds: Callable[[], bool]) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, "it took too long"
        QTest.qWait(5)


def summary(times_ms: list[float]) -> dict[str, float]:
    if len(times_ms) == 1:
        return dict.fromkeys(("p50", "p99", "max"), round(times_ms[0], 2))
    cuts = quantiles(times_ms, n=100, method="inclusive")
    shares = {"p50": cuts[49], "p99": cuts[98], "max": max(times_ms)}
    return {name: round(value, 2) for name, value in shares.items()}


def show(record: dict) -> None:
    print(
        f"browse: {record['texts']:,} texts, {record['answers']:,} answers ({record['platform']}) "
        f"beside {SMALL} of each"
    )
    print("ms to the rows painted                 p50     p99     max   small p50   ratio of p50")
    for name, both in record["ms"].items():
        large, small = both["large"], both["small"]
        figures = "".join(f"{large[each]:8.2f}" for each in ("p50", "p99", "max"))
        ratio = large["p50"] / small["p50"] if small["p50"] else float("nan")
        print(f"  {name:32}{figures}{small['p50']:12.2f}{ratio:15.1f}")


if __name__ == "__main__":
    sys.exit(main())
