"""How long a copy with many texts and answers takes to preview and to merge.

    python benchmarks/merging.py [--texts 200000] [--answers 50000]

Times in seconds: of a copy whose texts are all new, of one whose texts are known, and of the same
one again.
"""

import argparse
import time
from pathlib import Path
from tempfile import TemporaryDirectory

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.events import Event, EventKind
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer, Kind, Question, Selection, Text, text_key
from al_desktop.storage import ProjectFile


def fill(file: ProjectFile, texts: int, answers: int, annotator: str) -> None:
    contents = [
        f"Text number {number} " + "says something of interest " * 8 for number in range(texts)
    ]
    rows = [Text(text_key(one), one, {"n": n}, "a.jsonl", n) for n, one in enumerate(contents)]
    chosen = Selection("uncertain", 0.5, 0.5)
    events = [
        Event(
            uuid7(),
            EventKind.ANSWER,
            Question(rows[number % texts].key, "P", 0, 4 + number // texts),
            annotator,
            1_700_000_000_000 + number,
            Answer.ACCEPT,
            seconds=1.0,
            selection=chosen,
        )
        for number in range(answers)
    ]
    for _ in file.add_texts([rows], events):
        pass


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--texts", type=int, default=200_000)
    parser.add_argument("--answers", type=int, default=50_000)
    arguments = parser.parse_args()
    with TemporaryDirectory() as name:
        folder = Path(name)
        with ProjectFile.create(
            folder / "lead.aldesk", "Lead", Configuration(Kind.SPANS, (Label("P", "Person"),))
        ) as lead:
            lead.save_copy(folder / "empty.aldesk", by="lead")
            fill(lead, arguments.texts, 0, "lead")
            started = time.perf_counter()
            lead.save_copy(folder / "copy.aldesk", by="lead")
            print(f"save a copy: {time.perf_counter() - started:.2f}")
        with ProjectFile.open(folder / "copy.aldesk") as copy:
            fill(copy, arguments.texts, arguments.answers, "ada")
        for title, into in (("texts new", "empty"), ("texts known", "lead"), ("again", "lead")):
            with ProjectFile.open(folder / f"{into}.aldesk") as file:
                started = time.perf_counter()
                file.preview_merge(folder / "copy.aldesk")
                looked = time.perf_counter()
                came = file.merge(folder / "copy.aldesk")
                merged = time.perf_counter()
            print(
                f"{title}: preview {looked - started:.2f}, merge {merged - looked:.2f} "
                f"({came.texts:,} texts, {came.events:,} answers)"
            )


if __name__ == "__main__":
    main()
