import json
import shutil
from pathlib import Path

import pytest

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Answer, Asked, Kind, Question, Selection
from al_desktop.core.queue import Ranking
from al_desktop.formats import BadLine
from al_desktop.project import (
    ImportReport,
    Project,
    create_project,
    export_answers,
    import_texts,
    open_project,
    sample_project,
)

SHARED = Path(__file__).parents[3] / "shared"
needs_formats = pytest.mark.skipif(
    not (SHARED / "formats").is_dir(), reason="the folder of example formats is not here"
)
CONFIGURATION = Configuration(Kind.SPANS, (Label("a-key", "A name"),))


@pytest.fixture
def project(tmp_path: Path) -> Project:
    with create_project(tmp_path / "trial.aldesk", "Trial", CONFIGURATION) as project:
        yield project


def take_in(project: Project, path: Path, **choices: str) -> ImportReport:
    progress = list(import_texts(project.file, path, **choices))
    assert progress[-1].done_bytes == progress[-1].total_bytes
    project.texts_changed()
    return progress[-1].report


def ask(project: Project, count: int) -> None:
    pool = project.file.pool()
    questions = [Question(key, "a-key", 0, 3) for key in pool.keys()[:count]]
    asked = tuple(Asked(question, Selection("uncertain", 0.25, 0.5, 7)) for question in questions)
    project.queue.take(Ranking(7, 0, asked))


@needs_formats
def test_an_import_reports_what_it_left_out(project: Project) -> None:
    path = SHARED / "formats" / "jsonl" / "broken_rows_GENERATED.jsonl"
    report = take_in(project, path)
    assert (report.added, report.duplicates, report.repaired, report.bad_count) == (9, 1, 2, 8)
    assert report.bad[0] == BadLine(3, 10, "not valid JSON: unterminated string starting at")
    assert project.statistics().texts == 9
    contents = project.file.pool().contents(range(9))
    assert contents[1] == "emoji 👩‍👩‍👧 and a\N{REPLACEMENT CHARACTER} NUL"
    assert contents[2] == "lone surrogate \N{REPLACEMENT CHARACTER}"
    again = take_in(project, path)
    assert (again.added, again.duplicates) == (0, 10)


def test_an_import_that_is_closed_leaves_nothing(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "texts.txt"
    path.write_text("".join(f"text number {number}\n" for number in range(5000)))
    importing = import_texts(project.file, path)
    first = next(importing)
    next(importing)
    assert 0 < first.done_bytes <= first.total_bytes
    assert (first.report.added, first.report.bad) == (0, ())
    importing.close()
    assert project.file.text_count() == 0
    assert take_in(project, path).added == 5000


def test_bad_lines_are_counted_beyond_those_kept(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    path.write_text("nonsense\n" * 2500 + '{"text": "sense"}')
    report = take_in(project, path)
    assert (report.added, len(report.bad), report.bad_count) == (1, 1000, 2500)


def test_the_format_comes_from_the_name_or_is_said(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "texts.data"
    path.write_text("id,text\n1,Hello\n")
    with pytest.raises(KnownError, match="Say which one"):
        take_in(project, path)
    with pytest.raises(KnownError, match="no format"):
        take_in(project, path, format="morse")
    assert take_in(project, path, format="csv").added == 1
    text = next(project.file.pool().batches(1))[0]
    assert (text.content, text.meta, text.source, text.line) == (
        "Hello",
        {"id": "1"},
        "texts.data",
        2,
    )
    with pytest.raises(KnownError, match="not a file"):
        take_in(project, tmp_path / "gone.csv")


def test_answers_are_exported_one_row_a_question(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "texts.jsonl"
    rows = [{"text": f"Ada went to town {n}", "meta": {"page": n}} for n in range(4)]
    path.write_text("\n".join(map(json.dumps, rows)))
    take_in(project, path)
    ask(project, 4)
    first = project.session.answer(Answer.ACCEPT, 1.5).event
    project.session.answer(Answer.REJECT, 0.5)
    project.session.answer(Answer.IGNORE, 0.5)
    project.session.undo()
    project.session.revise(first.uid, Answer.REJECT)
    destination = tmp_path / "out.jsonl"
    destination.write_text("from before")
    assert export_answers(project, destination) == 2
    exported = [json.loads(line) for line in destination.read_text().splitlines()]
    row = exported[0]
    assert row["text"] == "Ada went to town 0"
    assert row["spans"] == [{"start": 0, "end": 3, "label": "A name"}]
    assert (row["label"], row["answer"], row["meta"]) == ("A name", "reject", {"page": 0})
    assert row["_annotator_id"] == project.session.undo().event.annotator
    assert (row["score"], row["al_desktop"]["probability"]) == (0.5, 0.25)
    assert row["al_desktop"]["strategy"] == "uncertain"
    assert exported[1]["_input_hash"] != row["_input_hash"]
    assert exported[1]["_task_hash"] != row["_task_hash"]
    assert sorted(entry.name for entry in tmp_path.iterdir() if "out" in entry.name) == [
        "out.jsonl",
        "out.jsonl.about.json",
    ]


def test_an_export_that_fails_leaves_what_was_there(project: Project, tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="no format"):
        export_answers(project, tmp_path / "x", "morse")
    with pytest.raises(KnownError, match="can't be written"):
        export_answers(project, tmp_path / "no folder" / "out.jsonl")
    with pytest.raises(KnownError, match="can't be written"):
        export_answers(project, tmp_path)
    assert not list(tmp_path.glob("*out*"))


def test_answers_are_there_after_a_restart(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "texts.txt"
    path.write_text("one\ntwo\nthree\n")
    take_in(project, path)
    ask(project, 3)
    project.session.answer(Answer.ACCEPT, 1.0)
    project.session.answer(Answer.ACCEPT, 1.0)
    with pytest.raises(KnownError, match="another window"):
        open_project(project.file.path, "ada")
    annotator = project.session.undo().event.annotator
    before = project.statistics()
    project.close()
    with open_project(project.file.path, annotator) as again:
        assert again.statistics() == before
        assert again.session.can_redo
        assert again.session.can_undo


@pytest.mark.parametrize("kind", list(Kind))
def test_the_sample_projects(kind: Kind, tmp_path: Path) -> None:
    path = sample_project(kind, tmp_path)
    with open_project(path, "ada") as project:
        assert project.file.configuration.kind is kind
        assert len(project.file.configuration.labels) >= 4
        assert project.statistics().texts > 3000
        ask(project, 1)
        project.session.answer(Answer.ACCEPT, 1.0)
    assert sample_project(kind, tmp_path) == path
    with open_project(path, "ada") as project:
        assert project.statistics().answers == 1
    assert [entry.name for entry in tmp_path.iterdir()] == [path.name]
    shutil.rmtree(tmp_path)
