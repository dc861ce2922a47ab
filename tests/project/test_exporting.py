"""What is exported comes back through our own readers, and through the other tools' own."""

import csv
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.events import Event, EventKind
from al_desktop.core.gold import everything_about, gold
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import (
    Answer,
    Asked,
    Kind,
    Question,
    Selection,
    Span,
    Text,
    text_key,
)
from al_desktop.core.queue import Ranking
from al_desktop.formats import Annotation, Record, Source, reader_for
from al_desktop.formats.text_writers import safe_cell
from al_desktop.project import EXPORTS, Project, Wanted, create_project, export_answers

YES, NO, PASS = Answer.ACCEPT, Answer.REJECT, Answer.IGNORE
CONTENTS = [
    "😀 Ada Lovelace met Charles Babbage in London.",
    "=cmd|' /C calc'!A0 was sent to Zoë by Ada",
    "Nobody was there,\nor was Ada?",
    "Bob and Cyd marked all of this.",
]
TEXTS = [
    Text(text_key(content), content, {"page": page}, "notes.txt", page + 1)
    for page, content in enumerate(CONTENTS)
]
# Text, words, label, annotator, answer
GIVEN = [
    (0, "Ada Lovelace", "per", "ada", YES),
    (0, "Ada Lovelace", "per", "bob", YES),
    (0, "Charles Babbage", "per", "ada", YES),
    (0, "London", "per", "ada", NO),
    (0, "London", "loc", "ada", NO),
    (0, "London", "loc", "bob", YES),
    (0, "London", "loc", "cyd", YES),
    (1, "Zoë", "per", "ada", YES),
    (1, "Ada", "per", "ada", PASS),
    (2, "there,\nor", "loc", "ada", YES),
    (2, "Ada", "per", "ada", YES),
    (2, "Ada", "per", "bob", NO),
]


def _question(number: int, words: str, label: str) -> Question:
    start = CONTENTS[number].index(words)
    return Question(TEXTS[number].key, label, start, start + len(words))


def _event(question: Question, annotator: str, answer: Answer, audit: bool = False) -> Event:
    selection = Selection("uncertain", 0.25, 0.5, 3, audit)
    return Event(
        uuid7(),
        EventKind.ANSWER,
        question,
        annotator,
        1_700_000_000_000,
        answer,
        None,
        1.0,
        selection,
    )


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    configuration = Configuration(Kind.SPANS, (Label("per", "PERSON"), Label("loc", "PLACE")))
    with create_project(tmp_path / "trial.aldesk", "Trial", configuration) as project:
        for _ in project.file.add_texts([TEXTS]):
            pass
        for number, (text, words, label, annotator, answer) in enumerate(GIVEN):
            event = _event(_question(text, words, label), annotator, answer, audit=number == 0)
            project.file.append(event)
            project.log.append(event)
        marked = gold(["per", "loc"], [Span(0, 3, "per"), Span(8, 11, "per")])
        about = everything_about(TEXTS[3].key)
        event = Event(uuid7(), EventKind.HIGHLIGHT, about, "cyd", 0, gold=marked)
        project.file.append(event)
        project.log.append(event)
        yield project


def read_back(path: Path) -> list[Record]:
    reader = reader_for(path)
    with Source(path) as source:
        found = list(reader.read(source))
    records = [one for one in found if isinstance(one, Record)]
    assert len(records) == len(found)
    return records


def accepted(records: list[Record]) -> set[tuple[str, str, str]]:
    return {
        (record.content[:20], record.content[one.start : one.end], one.label)
        for record in records
        for one in record.annotations
        if one.answer is YES
    }


EXPECTED = {
    (CONTENTS[0][:20], "Ada Lovelace", "PERSON"),
    (CONTENTS[0][:20], "Charles Babbage", "PERSON"),
    (CONTENTS[0][:20], "London", "PLACE"),
    (CONTENTS[1][:20], "Zoë", "PERSON"),
    (CONTENTS[2][:20], "there,\nor", "PLACE"),
    (CONTENTS[3][:20], "Bob", "PERSON"),
    (CONTENTS[3][:20], "Cyd", "PERSON"),
}


@pytest.mark.parametrize(
    ("name", "file"),
    [("prodigy", "out.jsonl"), ("doccano", "out.jsonl"), ("label-studio", "out.json")],
)
def test_json_formats_come_back(project: Project, tmp_path: Path, name: str, file: str) -> None:
    export_answers(project, tmp_path / file, name)
    assert accepted(read_back(tmp_path / file)) == EXPECTED
    about = json.loads((tmp_path / f"{file}.about.json").read_text())
    assert about["project"] == "Trial"
    assert about["format"] == EXPORTS[name].name
    assert about["not_carried"] == list(EXPORTS[name].loses)


def test_prodigy_keeps_every_answer_and_gold(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    assert export_answers(project, path) == 9
    annotations = [one for record in read_back(path) for one in record.annotations]
    assert [one.answer for one in annotations].count(NO) == 2
    assert [one.answer for one in annotations].count(PASS) == 1
    assert {one.annotator for one in annotations} == {"ada", "bob", "cyd"}
    assert annotations[0] == Annotation("PERSON", 2, 14, YES, "bob", 1_700_000_000_000)


def test_hugging_face_rows_have_one_shape(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "out.jsonl"
    assert export_answers(project, path, "hugging-face") == 4
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    assert {tuple(row) for row in rows} == {tuple(rows[0])}
    assert rows[0]["accepted"][0] == {"start": 2, "end": 14, "label": "PERSON"}
    assert [span["label"] for span in rows[0]["rejected"]] == ["PERSON"]
    assert rows[3]["gold"] == ["PLACE", "PERSON"] or rows[3]["gold"] == ["PERSON", "PLACE"]


def test_conll_has_every_span_exactly(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "out.conll"
    assert export_answers(project, path, "conll") == 4
    joined = {(words.replace("\n", " ").replace(",", " ,"), label) for _, words, label in EXPECTED}
    records = read_back(path)
    assert {(words, label) for _, words, label in accepted(records)} == joined
    assert records[0].content.startswith("😀 Ada Lovelace met")


def test_brat_comes_back(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "brat"
    assert export_answers(project, folder, "brat") == 4
    assert "PERSON\nPLACE" in (folder / "annotation.conf").read_text()
    found = accepted(
        [record for number in range(1, 5) for record in read_back(folder / f"{number:06}.ann")]
    )
    assert found == EXPECTED
    assert "T1\tPLACE 11 17;18 20\tthere, or" in (folder / "000003.ann").read_text()
    assert json.loads((folder / "about.json").read_text())["texts"] == 4
    with pytest.raises(KnownError, match="exists already"):
        export_answers(project, folder, "brat")


def test_a_table_holds_no_formulas(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "out.csv"
    assert export_answers(project, path, "csv") == 10
    with path.open(newline="", encoding="utf-8") as file:
        rows = list(csv.DictReader(file))
    assert [row["span"] for row in rows if row["audit"] == "1"] == []
    assert {row["text"] for row in rows} == {CONTENTS[0], "'" + CONTENTS[1], *CONTENTS[2:]}
    assert {row["probability"] for row in rows} == {"0.25", ""}
    for dangerous in ("=1+1", "+1", "-1", "@SUM(A1)", " =1", "\t=1", "\r=1"):
        assert str(safe_cell(dangerous)).startswith("'")
    assert safe_cell("plain - text") == "plain - text"
    assert safe_cell(-1) == -1


def test_docbin_is_ready_to_train(project: Project, tmp_path: Path) -> None:
    import spacy
    from spacy.tokens import DocBin

    folder = tmp_path / "corpus"
    assert export_answers(project, folder, "docbin") == 4
    about = json.loads((folder / "about.json").read_text())
    assert about["train"] + about["dev"] == 4
    vocab = spacy.blank("en").vocab
    docs = {
        doc.text: doc
        for name in ("train", "dev")
        for doc in DocBin().from_disk(folder / f"{name}.spacy").get_docs(vocab)
    }
    first = docs[CONTENTS[0]]
    assert {(one.text, one.label_) for one in first.ents} == {
        ("Ada Lovelace", "PERSON"),
        ("Charles Babbage", "PERSON"),
        ("London", "PLACE"),
    }
    # Never asked is missing, not outside; rejected is told apart.
    assert {token.ent_iob_ for token in first if not token.ent_type_} == {""}
    assert [(one.text, one.label_) for one in first.spans["incorrect_spans"]] == [
        ("London", "PERSON")
    ]
    assert {token.ent_iob_ for token in docs[CONTENTS[3]] if not token.ent_type_} == {"O"}
    ours = accepted(
        [one for name in ("train", "dev") for one in read_back(folder / f"{name}.spacy")]
    )
    assert ours >= EXPECTED


def test_filters_and_conflicts(project: Project, tmp_path: Path) -> None:
    def rows(**wanted: object) -> list[tuple[str, str, str]]:
        path = tmp_path / "out.jsonl"
        export_answers(project, path, "prodigy", Wanted(**wanted))  # type: ignore[arg-type]
        lines = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
        return [
            (
                row["text"][row["spans"][0]["start"] : row["spans"][0]["end"]],
                row["label"],
                row["answer"],
            )
            for row in lines
            if "label" in row
        ]

    assert rows(answers=frozenset([PASS])) == [("Ada", "PERSON", "ignore")]
    assert {label for _, label, _ in rows(labels=frozenset(["PLACE"]))} == {"PLACE"}
    assert len(rows(annotators=frozenset(["bob"]))) == 3
    assert rows(audit=True, conflicts="all") == [("Ada Lovelace", "PERSON", "accept")]
    assert len(rows(conflicts="all")) == len(GIVEN)
    assert ("Ada", "PERSON", "reject") in rows()
    by_most = rows(conflicts="majority")
    assert ("London", "PLACE", "accept") in by_most
    # One for, one against: a tie says nothing.
    assert ("Ada", "PERSON", "reject") not in by_most
    project.session.settle(_question(2, "Ada", "per"), YES)
    assert ("Ada", "PERSON", "accept") in rows()
    assert ("Ada", "PERSON", "accept") in rows(conflicts="majority")
    assert len(rows(conflicts="all")) == len(GIVEN) + 1
    with pytest.raises(KnownError, match="Conflicts"):
        rows(conflicts="guess")


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("prodigy", "out.jsonl"),
        ("doccano", "out.jsonl"),
        ("label-studio", "out.json"),
        ("docbin", "out/train.spacy"),
    ],
)
def test_labels_of_whole_texts_come_back(tmp_path: Path, name: str, file: str) -> None:
    configuration = Configuration(Kind.TEXTS, (Label("u", "URGENT"), Label("s", "SPAM")))
    texts = [Text(text_key(f"text {n}"), f"text {n}") for n in range(40)]
    with create_project(tmp_path / "trial.aldesk", "Trial", configuration) as project:
        for _ in project.file.add_texts([texts]):
            pass
        for number, text in enumerate(texts):
            for label, answer in (("u", YES if number % 2 else NO), ("s", NO)):
                event = _event(Question(text.key, label), "ada", answer)
                project.file.append(event)
                project.log.append(event)
        export_answers(project, tmp_path / file.split("/")[0], name)
        for impossible in ("conll", "brat"):
            with pytest.raises(KnownError, match="whole texts"):
                export_answers(project, tmp_path / "x", impossible)
    records = read_back(tmp_path / file)
    found = {
        (record.content, one.label)
        for record in records
        for one in record.annotations
        if one.answer is YES
    }
    urgent = {(f"text {n}", "URGENT") for n in range(1, 40, 2)}
    assert found == urgent if name != "docbin" else found < urgent and len(found) > 10


def test_random_checks_carry_their_weight(tmp_path: Path) -> None:
    """The less likely a check was to be drawn the more it stands for; 1 on average."""
    configuration = Configuration(Kind.TEXTS, (Label("per", "PERSON"),))
    with create_project(tmp_path / "checks.aldesk", "Checks", configuration) as project:
        list(project.file.add_texts([TEXTS]))
        for text, probability in zip(TEXTS, (0.1, 0.3), strict=False):
            asked = Asked(Question(text.key, "per"), Selection("audit", probability, audit=True))
            project.queue.take(Ranking(0, len(project.log), (asked,)))
            project.session.answer(YES, 1.0)
        weights = {}
        for form in ("prodigy", "doccano", "hugging-face"):
            path = tmp_path / f"{form}.jsonl"
            export_answers(project, path, form)
            rows = [json.loads(line) for line in path.read_text("utf-8").splitlines()]
            weights[form] = [_weight(form, row) for row in rows]
    assert weights["prodigy"] == pytest.approx([1.5, 0.5])
    assert weights["doccano"] == weights["hugging-face"] == weights["prodigy"]


def _weight(form: str, row: dict[str, Any]) -> float:
    if form == "hugging-face":
        return row["weight"][0]
    own = row["al_desktop"] if form == "prodigy" else row["meta"]["al_desktop"][0]
    return own["weight"]
