"""Neighbours alone, on texts read by the real encoder."""

from pathlib import Path

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Answer, Kind, Question, Text, text_key
from al_desktop.learner.simulate import TextList
from al_desktop.recipes import spans

ACRONYMS = ("ABC", "QRS", "DMD", "TLA", "FMF", "PKU")
PLAIN = "wilson disease"


def test_neighbours_find_spans_of_another_kind(tmp_path: Path) -> None:
    """Told of acronyms alone, they point at plain words that stand where the acronyms stood."""
    lines = [f"Patients with {acronym} were treated by the XYZ unit." for acronym in ACRONYMS]
    lines.append(f"Patients with {PLAIN} were treated by the garden door.")
    texts = [Text(text_key(line), line) for line in lines]
    label = Label("DISEASE", "DISEASE")
    learner = spans.build(Configuration(Kind.SPANS, (label,)), TextList(texts), tmp_path)
    while learner.step() is not None:
        pass

    def about(line: str, words: str) -> Question:
        return Question(
            text_key(line), "DISEASE", line.index(words), line.index(words) + len(words)
        )

    learner.learn(
        [
            answered
            for line, acronym in zip(lines, ACRONYMS, strict=False)
            for answered in (
                (about(line, acronym), Answer.ACCEPT),
                (about(line, "XYZ"), Answer.REJECT),
            )
        ]
    )
    pool = learner._pool
    found = learner.model.context(0)
    first, last = pool.firsts[pool.numbers[text_key(lines[-1])] :][:2]
    best = first + int(found[first:last].argmax())
    start, end = pool.characters(best)
    assert lines[-1][start:end] == PLAIN
