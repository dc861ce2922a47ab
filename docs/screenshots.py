"""Pictures of every screen from the real program, for the guide and for looking at.

    python docs/screenshots.py [--out out/screenshots] [--themes light,dark] [--sizes 100,150]

Each picture is named after its screen, theme and text size in per cent.
"""

import argparse
import os
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path

os.environ["QT_QPA_PLATFORM"] = "offscreen"

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialog, QWidget

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Asked, Kind, Question, Selection, Text, text_key
from al_desktop.core.queue import Ranking
from al_desktop.gui import app
from al_desktop.gui.projects.new_project import NewProject
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench
from al_desktop.learner.messages import Ranked
from al_desktop.project import create_project, open_project, sample_project
from al_desktop.settings import Settings

KEYS = (Qt.Key.Key_A, Qt.Key.Key_X, Qt.Key.Key_A, Qt.Key.Key_Space, Qt.Key.Key_A)
ANSWERS = 40
PATIENCE_SECONDS = 120
SCREENS = (
    "screen.highlight",
    "screen.browse",
    "screen.insights",
    "answers.reread",
    "screen.model",
    "screen.colleagues",
    "colleagues.settle",
    "screen.settings",
)
DIALOGS = ("help.keys", "help.palette", "help.about", "project.labels", "project.export")

# A text and the span asked about, each of which once was drawn wrong somewhere.
AWKWARD = {
    "arabic": (
        "قال الرئيس محمد مرسي في القاهرة أن معاهدة كامب ديفيد سارية المفعول، وأضاف أن Microsoft "
        "Corp وقعت اتفاقا بقيمة 20 مليون دولار.",
        "أن Microsoft Corp وقعت",
    ),
    "chinese": (
        "中华人民共和国成立于1949年10月1日，首都北京。改革开放以来，中国经济快速增长，并于2001年"
        "加入世界贸易组织。",
        "世界贸易组织",
    ),
    "emoji": (
        "So happy 👩‍👩‍👧‍👦 with 🇩🇪 and 🏴󠁧󠁢󠁥󠁮󠁧󠁿, e\u0301te\u0301 and "
        "n\u0308 combining, Zoë loves São Paulo 🎉.",
        "n\u0308 combining, Zoë",
    ),
    "hidden": (
        "Pay to \u202egnirts lanigiro\u202c now\x07 and zero\u200bwidth "
        "<b>not bold</b> &amp; more.",
        "<b>not bold</b>",
    ),
    "long": (
        " ".join(f"Sentence {number} of a long text goes on and on." for number in range(2000)),
        "Sentence 1000",
    ),
}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--out", type=Path, default=Path("out/screenshots"))
    parser.add_argument("--themes", default="light,dark,high contrast")
    parser.add_argument("--sizes", default="100,150")
    parser.add_argument("--language", default="en", choices=("en", "de"))
    chosen = parser.parse_args()
    chosen.out.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder:
        settings = Settings(Path(folder) / "settings.json")
        settings["language"] = chosen.language
        application = app.build(settings)
        window = application.window
        window.resize(window.sizeHint())
        window.show()
        looks = [
            (theme, int(size))
            for theme in chosen.themes.split(",")
            for size in chosen.sizes.split(",")
        ]
        for name, widget in scenes(window, Path(folder)):
            for theme, size in looks:
                settings["theme"], settings["text_size"] = theme, size
                application.restyle()
                QTest.qWait(120)
                end = f"{theme.replace(' ', '-')}-{size}"
                widget.grab().save(str(chosen.out / f"{name}-{end}.png"))
        window.close()


def scenes(window: MainWindow, folder: Path) -> Iterator[tuple[str, QWidget]]:
    """Brings one screen after the other up; its name, and what to take a picture of."""
    sample = sample_project(Kind.SPANS, folder)
    yield "home-empty", window
    yield from _new_project(window, folder)
    window.open(sample)
    assert window.bench is not None, "it was just opened"
    _answer(window, window.bench)
    yield "annotate", window
    QTest.keyClick(window, Qt.Key.Key_Up)
    yield "revise", window
    QTest.keyClick(window, Qt.Key.Key_Escape)
    for command in SCREENS:
        window.run(command)
        QTest.qWait(500)
        yield command.replace("screen.", "").replace(".", "-"), window
    window.run("screen.annotate")
    for command in DIALOGS:
        window.run(command)
        dialog = next(each for each in window.findChildren(QDialog) if each.isVisible())
        yield command.replace(".", "-"), dialog
        dialog.close()
        QTest.qWait(50)
    yield from _awkward(window, folder)
    window.run("screen.home")
    QTest.qWait(300)
    yield "home", window


def _new_project(window: MainWindow, folder: Path) -> Iterator[tuple[str, QWidget]]:
    table = folder / "complaints.csv"
    rows = (f"{n},The parcel {n} I ordered last week is late,north" for n in range(30))
    table.write_text("id,message,region\n" + "\n".join(rows), encoding="utf-8")
    window.run("project.new")
    made = window.findChild(NewProject)
    assert isinstance(made, NewProject), "the screen of a new project"
    yield "new-1-kind", window
    made.go_on()
    made.take_source(table)
    end = time.monotonic() + PATIENCE_SECONDS
    while not made.picker.is_ready and time.monotonic() < end:
        QTest.qWait(50)
    yield "new-2-texts", window
    made.go_on()
    yield "new-3-labels", window
    window.run("screen.home")


def _answer(window: MainWindow, bench: Workbench) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    given = 0
    while given < ANSWERS and time.monotonic() < end:
        if bench.current is not None:
            QTest.keyClick(window, KEYS[given % len(KEYS)])
            given += 1
        QTest.qWait(60)
    while (bench.current is None or not bench.learned_all) and time.monotonic() < end:
        QTest.qWait(60)


def _awkward(window: MainWindow, folder: Path) -> Iterator[tuple[str, QWidget]]:
    path = folder / "awkward.aldesk"
    labels = (Label("ORGANISATION", "ORGANISATION"), Label("TREATY", "TREATY"))
    texts = {
        name: Text(text_key(content), content, {"ward": 7}, "notes.jsonl", 4812)
        for name, (content, _) in AWKWARD.items()
    }
    with create_project(path, "Awkward texts", Configuration(Kind.SPANS, labels)) as project:
        for _ in project.file.add_texts([list(texts.values())]):
            pass
    bench = Workbench(open_project(path, "anna"), "anna")
    window.attach(bench)
    asked = []
    for name, (content, span) in AWKWARD.items():
        start = content.index(span)
        question = Question(texts[name].key, "ORGANISATION", start, start + len(span))
        asked.append(Asked(question, Selection("uncertain", 0.1, 0.52, 1)))
    bench.learner.said.emit(Ranked(Ranking(1, 0, tuple(asked)), 0.0))
    for name in AWKWARD:
        QTest.qWait(100)
        yield f"text-{name}", window
        QTest.keyClick(window, Qt.Key.Key_A)


if __name__ == "__main__":
    main()
