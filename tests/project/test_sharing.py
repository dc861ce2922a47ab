"""A whole round: dealt out, answered apart, merged as they come back, settled, exported."""

import itertools
import json
import random
from collections.abc import Iterable, Iterator
from pathlib import Path

import numpy as np
import pytest

from al_desktop.cli.main import main
from al_desktop.core.agreement import disagreements
from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.events import Event, EventKind
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer, Asked, Kind, Question, Selection
from al_desktop.core.queue import Ranking
from al_desktop.project import (
    Project,
    create_project,
    default_annotator,
    export_answers,
    import_texts,
    open_project,
)
from al_desktop.project.choosing import Parcel, TextFilter, chosen
from al_desktop.project.sharing import deal, send
from al_desktop.storage import ProjectFile

TEXTS, OVERLAP, ANSWERS = 10_000, 200, 500
ANNOTATORS = ("ada", "bob", "Zoë / 3")


def annotate(path: Path, annotator: str, common: set[str], seed: int) -> dict[str, Answer]:
    """Answers the overlapping questions and others, with undos, redos and revisions among them;
    what then stands by question key."""
    choose = random.Random(seed)
    with open_project(path, annotator) as project:
        keys = sorted(project.file.pool().keys(), key=lambda key: (key not in common, key))
        asked = [Asked(Question(key, "NAME", 0, 4), Selection("random", 1 / TEXTS)) for key in keys]
        project.queue.take(Ranking(0, 0, tuple(asked[:ANSWERS])))
        standing: dict[str, Answer] = {}
        while len(standing) < ANSWERS:
            answer = choose.choices(list(Answer), [5, 4, 1])[0]
            event = project.session.answer(answer, 1.0).event
            if choose.random() < 0.05:
                project.session.undo()
                if choose.random() < 0.5:
                    project.session.redo()
                    standing[event.question.key] = answer
                continue
            standing[event.question.key] = answer
            if choose.random() < 0.05:
                event = project.session.revise(event.uid, Answer.REJECT).event
                standing[event.question.key] = Answer.REJECT
        assert {
            key: found[annotator].answer
            for key in standing
            if (found := project.log.live_by_annotator(key))
        } == standing
    return standing


def kappa(one: dict[str, Answer], other: dict[str, Answer]) -> float:
    """Cohen's, from the table, without our own code."""
    both = [
        (one[key], other[key])
        for key in one.keys() & other.keys()
        if Answer.IGNORE not in (one[key], other[key])
    ]
    observed = sum(a == b for a, b in both) / len(both)
    first = sum(a is Answer.ACCEPT for a, _ in both) / len(both)
    second = sum(b is Answer.ACCEPT for _, b in both) / len(both)
    expected = first * second + (1 - first) * (1 - second)
    return (observed - expected) / (1 - expected)


def test_a_whole_round(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    lead = tmp_path / "lead.aldesk"
    source = tmp_path / "texts.txt"
    source.write_text("".join(f"Name{n:05} went to town\n" for n in range(TEXTS)))
    configuration = Configuration(Kind.SPANS, (Label("NAME", "Name of a person"),))
    with create_project(lead, "Round", configuration) as project:
        for _ in import_texts(project.file, source):
            pass

    words = [part for name in ANNOTATORS for part in ("--to", name)]
    assert main(["send", str(lead), "-o", str(tmp_path), "--overlap", str(OVERLAP), *words]) == 0
    paths = [tmp_path / f"lead-{name}.aldesk" for name in ("ada", "bob", "Zoë---3")]
    parts = []
    for path in paths:
        with ProjectFile.open_for_reading(path) as file:
            parts.append(set(file.pool().keys()))
    common = set.intersection(*parts)
    assert len(common) == OVERLAP
    assert len(set.union(*parts)) == TEXTS
    assert {len(part) for part in parts} <= {3466, 3467}

    given = {
        name: annotate(path, name, common, seed)
        for seed, (name, path) in enumerate(zip(ANNOTATORS, paths, strict=True))
    }
    # They come back at different times, and one of them twice.
    with ProjectFile.open(lead) as file:
        assert file.merge(paths[1]).annotators.keys() == {"bob"}
        assert file.merge(paths[0]).annotators.keys() == {"ada"}
        assert file.merge(paths[1]).is_empty
    together = tmp_path / "together.aldesk"
    arguments = ["merge", str(lead), str(paths[2]), str(paths[0]), "-o", str(together)]
    assert main(arguments) == 0
    capsys.readouterr()

    assert main(["agreement", str(together), "--json"]) == 0
    figures = json.loads(capsys.readouterr().out)
    for one, other in itertools.combinations(ANNOTATORS, 2):
        pair = " and ".join(sorted((one, other)))
        figure = figures["by_pair"][pair]["kappa"]
        assert figure["value"] == pytest.approx(kappa(given[one], given[other]))
        assert figure["low"] < figure["value"] < figure["high"]

    with open_project(together, "lead") as project:
        merged = {
            name: {
                key: found[name].answer
                for key in given[name]
                if name in (found := project.log.live_by_annotator(key))
            }
            for name in ANNOTATORS
        }
        assert merged == given
        assert project.statistics().texts == TEXTS
        to_settle = list(disagreements(project.log))
        assert len(to_settle) == len(figures["disagreements"]) > 50
        for one in to_settle:
            assert one.verdict is None
            project.session.settle(one.question, Answer.ACCEPT)
        assert all(one.verdict is not None for one in disagreements(project.log))
        assert export_answers(project, tmp_path / "out.jsonl") == len(set().union(*given.values()))
        settled = {one.question.text_key for one in to_settle}
        contents = {project.file.text(key).content for key in settled}
        export_answers(project, tmp_path / "corpus", "docbin")
    rows = [json.loads(line) for line in (tmp_path / "out.jsonl").read_text().splitlines()]
    assert {row["answer"] for row in rows if row["text"] in contents} == {"accept"}

    import spacy
    from spacy.tokens import DocBin

    vocab = spacy.blank("en").vocab
    docs = list(DocBin().from_disk(tmp_path / "corpus" / "train.spacy").get_docs(vocab))
    assert len(docs) > 500
    assert main(["undo-merge", str(lead)]) == 0
    with ProjectFile.open(lead) as file:
        assert {event.annotator for _, event in file.events()} == {"bob"}


def test_dealing_out() -> None:
    keys = [f"{number:032x}" for number in range(10)]
    parts = deal(keys, 3, 1, np.random.default_rng(0))
    assert [len(part) for part in parts] == [4, 4, 4]
    assert len(set(parts[0]) & set(parts[1]) & set(parts[2])) == 1
    assert all(part == sorted(part) for part in parts)
    assert parts == deal(keys, 3, 1, np.random.default_rng(0))
    with pytest.raises(KnownError, match="too few"):
        deal(keys, 3, 9, np.random.default_rng(0))


def test_copies_never_overwrite(tmp_path: Path) -> None:
    source = tmp_path / "texts.txt"
    source.write_text("one\ntwo\nthree\n")
    with create_project(tmp_path / "p.aldesk", "P", Configuration(Kind.TEXTS)) as project:
        for _ in import_texts(project.file, source):
            pass
        for names in (["ada", "ada"], ["a/b", "a:b"]):
            parcel = Parcel(colleagues=tuple(names))
            random = np.random.default_rng(0)
            copies = send(project.file, tmp_path, parcel, "lead", random)
            with pytest.raises(KnownError, match="exists already"):
                list(copies)
    assert [path.name for path in tmp_path.glob("*.aldesk")] == ["p.aldesk"]


@pytest.fixture
def answered(tmp_path: Path) -> Iterator[Project]:
    """Ten texts; of the first four some are accepted, rejected, ignored and disagreed about."""
    source = tmp_path / "texts.txt"
    source.write_text("".join(f"{'Even' if n % 2 == 0 else 'odd'} text {n}\n" for n in range(10)))
    labels = (Label("A", "Alpha"), Label("B", "Beta"))
    with create_project(tmp_path / "p.aldesk", "P", Configuration(Kind.TEXTS, labels)) as project:
        for _ in import_texts(project.file, source):
            pass
        keys = project.file.pool().keys()
        for number, label, answer in (
            (0, "A", Answer.ACCEPT),
            (1, "A", Answer.REJECT),
            (2, "B", Answer.IGNORE),
            (3, "B", Answer.ACCEPT),
        ):
            project.file.append(event(keys[number], label, answer, "ada"))
        project.file.append(event(keys[3], "B", Answer.REJECT, "bob"))
        yield project


def event(text: str, label: str, answer: Answer, annotator: str) -> Event:
    question = Question(text, label)
    return Event(uuid7(), EventKind.ANSWER, question, annotator, 1, answer)


@pytest.mark.parametrize(
    ("wanted", "expected"),
    [
        (TextFilter(), range(10)),
        (TextFilter(words="EVEN"), (0, 2, 4, 6, 8)),
        (TextFilter(words="odd 7"), (7,)),
        (TextFilter(about="answered"), (0, 1, 2, 3)),
        (TextFilter(about="unanswered"), range(4, 10)),
        (TextFilter(about="unanswered", labels=frozenset({"Alpha"})), range(2, 10)),
        (TextFilter(about="disagreed"), (3,)),
        (TextFilter(labels=frozenset({"B"})), (2, 3)),
        (TextFilter(answers=frozenset({Answer.ACCEPT})), (0,)),
        (TextFilter("text", "answered", frozenset({"Alpha"}), frozenset({Answer.REJECT})), (1,)),
    ],
)
def test_texts_are_chosen(answered: Project, wanted: TextFilter, expected: Iterable[int]) -> None:
    keys = answered.file.pool().keys()
    assert list(chosen(answered.file, wanted)) == [keys[number] for number in expected]


def test_a_copy_says_who_made_it_and_from_what(answered: Project, tmp_path: Path) -> None:
    words = ["--about", "unanswered", "--search", "even", "--share", "50", "-o"]
    assert main(["send", str(answered.file.path), *words, str(tmp_path / "part")]) == 0
    with ProjectFile.open(tmp_path / "part.aldesk") as copy:
        assert copy.origin["by"] == default_annotator()
        assert copy.origin["from"] == "p.aldesk"
        assert (copy.origin["texts"], copy.origin["of_texts"]) == (2, 10)
        assert copy.origin["part"] == '50 % at random, with "even", unanswered'
    assert main(["send", str(answered.file.path), "--search", "nowhere", "-o", "x"]) == 2


def test_merging_into_a_new_file_is_all_or_nothing(answered: Project, tmp_path: Path) -> None:
    copy, broken = tmp_path / "copy.aldesk", tmp_path / "broken.aldesk"
    answered.file.save_copy(copy, by="lead")
    broken.write_bytes(b"no project")
    together = tmp_path / "together.aldesk"
    words = ["merge", str(answered.file.path), str(copy)]
    assert main([*words, str(broken), "-o", str(together)]) == 2
    before = sorted(tmp_path.iterdir())
    assert together not in before
    assert main([*words, "-o", str(together)]) == 0
    assert sorted(tmp_path.iterdir()) == sorted([*before, together])
    assert main([*words, "-o", str(together)]) == 2
