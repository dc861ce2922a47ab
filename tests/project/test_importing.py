"""Annotations that come along, folders and archives, and files that mean harm."""

import gzip
import json
import zipfile
import zlib
from collections.abc import Iterator
from pathlib import Path

import pytest

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.events import EventKind
from al_desktop.core.questions import IMPORTED, Answer, Kind, text_key
from al_desktop.learner.reserving import evaluation_texts, split
from al_desktop.project import ImportReport, Project, create_project, import_texts, open_project
from al_desktop.storage import ProjectFile

SHARED = Path(__file__).parents[3] / "shared" / "formats"
needs_formats = pytest.mark.skipif(
    not SHARED.is_dir(), reason="the folder of example formats is not here"
)


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    labels = (Label("k1", "PRODUCT"), Label("k2", "Person"), Label("k3", "person (fictional)"))
    with create_project(
        tmp_path / "trial.aldesk", "Trial", Configuration(Kind.SPANS, labels)
    ) as project:
        yield project


def take_in(project: Project, path: Path, **choices: str) -> ImportReport:
    progress = list(import_texts(project.file, path, **choices))
    assert [one.done_bytes for one in progress] == sorted(one.done_bytes for one in progress)
    assert progress[-1].done_bytes == progress[-1].total_bytes
    return progress[-1].report


@needs_formats
def test_answers_of_prodigy_become_answers(project: Project) -> None:
    path = SHARED / "prodigy" / "ner_teach_binary.jsonl"
    assert take_in(project, path).annotations == 0
    assert not list(project.file.events())
    report = take_in(project, path, annotations="answers", annotator="ines")
    assert (report.added, report.annotations, report.unknown_labels) == (0, 1826, {})
    stored = [event for _, event in project.file.events()]
    assert {event.annotator for event in stored} == {"ines"}
    assert {event.selection.strategy for event in stored if event.selection} == {IMPORTED}
    assert len(stored) <= 1826
    take_in(project, path, annotations="answers", annotator="ines")
    assert [event for _, event in project.file.events()] == stored
    path = project.file.path
    project.close()
    with open_project(path, "ada") as again:
        statistics = again.statistics()
        assert statistics.answers == len({event.question.key for event in stored})
        assert statistics.accept > 400
        assert statistics.pace is None
        assert not again.session.can_undo


def test_names_of_labels_are_matched_and_the_rest_is_told(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    spans = [
        {"start": 0, "end": 3, "label": label}
        for label in ("PRODUCT", "PERSON", "k3", "CITY", "product")
    ]
    path.write_text(json.dumps({"text": "Ada went", "spans": spans, "label": "ABOUT"}))
    report = take_in(project, path, annotations="answers")
    assert report.annotations == 4
    assert report.unknown_labels == {"CITY": 1}
    events = [event for _, event in project.file.events()]
    assert sorted(event.question.label for event in events) == ["k1", "k2", "k3"]
    assert {event.annotator for event in events} == {"a.jsonl"}


def test_of_two_answers_to_one_question_the_later_counts(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    row = {"text": "Ada went", "spans": [{"start": 0, "end": 3, "label": "PRODUCT"}]}
    answers = ["accept", "reject", "accept", "ignore"]
    path.write_text("\n".join(json.dumps(row | {"answer": answer}) for answer in answers))
    take_in(project, path, annotations="answers")
    file = project.file.path
    project.close()
    with open_project(file, "ada") as again:
        (event,) = again.log.answered()
        assert event.answer is Answer.IGNORE


def test_annotations_of_a_whole_text_become_gold(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    rows = [
        {"text": "Ada went", "label": [[0, 3, "Person"]]},
        {"text": "Nobody went", "label": []},
    ]
    path.write_text("\n".join(map(json.dumps, rows)))
    assert take_in(project, path, annotations="gold").annotations == 1
    events = [event for _, event in project.file.events()]
    assert {event.kind for event in events} == {EventKind.HIGHLIGHT}
    assert [event.gold.labels for event in events if event.gold] == [("k2",), ("k2",)]
    assert [len(event.gold.spans) for event in events if event.gold] == [1, 0]
    take_in(project, path, annotations="gold")
    assert len(list(project.file.events())) == 2
    with pytest.raises(KnownError, match="one of these"):
        take_in(project, path, annotations="perhaps")


def test_folders_and_archives(project: Project, tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    (folder / "inner").mkdir(parents=True)
    (folder / ".hidden.txt").write_text("hidden")
    (folder / "inner" / "a.txt").write_text("one\ntwo\n")
    (folder / "b.csv").write_text("id,text\n1,three\n2,four\n")
    (folder / "d.txt").write_text("Ada lives")
    (folder / "d.ann").write_text("T1\tPerson 0 3\tAda\n")
    (folder / "link.txt").symlink_to("/etc/passwd")
    report = take_in(project, folder, annotations="answers")
    assert (report.added, report.annotations, report.bad) == (5, 1, ())
    with zipfile.ZipFile(tmp_path / "all.zip", "w") as archive:
        for file in sorted(folder.rglob("*.*")):
            if not file.is_symlink():
                archive.write(file, file.relative_to(folder))
        archive.writestr("../../escaped.txt", "escaped\n")
        archive.writestr("/absolute.txt", "absolute\n")
        archive.writestr("__MACOSX/x.txt", "resource fork\n")
    report = take_in(project, tmp_path / "all.zip", annotations="answers")
    assert (report.added, report.duplicates) == (1, 5)
    assert not (tmp_path.parent / "escaped.txt").exists()
    with gzip.open(tmp_path / "more.jsonl.gz", "wt") as packed:
        packed.write('{"text": "five"}\n')
    assert take_in(project, tmp_path / "more.jsonl.gz").added == 1
    sources = {text.source for batch in project.file.pool().batches(99) for text in batch}
    assert {"a.txt", "b.csv", "d.ann", "more.jsonl.gz"} <= sources


def test_bombs_and_broken_archives_are_refused(
    project: Project, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("al_desktop.formats.unpacking.LARGEST_BYTES", 1 << 20)
    monkeypatch.setattr("al_desktop.formats.docbin._LARGEST_BYTES", 1 << 20)
    monkeypatch.setattr("al_desktop.formats.xlsx._LARGEST_BYTES", 1 << 20)
    zeros = bytes(1 << 22)
    with gzip.open(tmp_path / "bomb.txt.gz", "wb") as packed:
        packed.write(zeros)
    for name in ("bomb.zip", "bomb.xlsx"):
        with zipfile.ZipFile(tmp_path / name, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a.txt", zeros)
    (tmp_path / "bomb.spacy").write_bytes(zlib.compress(zeros))
    for name in ("bomb.txt.gz", "bomb.zip", "bomb.xlsx", "bomb.spacy"):
        with pytest.raises(KnownError, match="too large"):
            take_in(project, tmp_path / name)
    with zipfile.ZipFile(tmp_path / "entities.xlsx", "w") as archive:
        sheet = '<!DOCTYPE x [<!ENTITY a "aaa">]><worksheet>&a;</worksheet>'
        archive.writestr("xl/worksheets/sheet1.xml", sheet)
    for name in ("entities.xlsx", "broken.zip", "broken.gz", "broken.xlsx", "broken.spacy"):
        path = tmp_path / name
        if not path.exists():
            path.write_bytes(b"PK\x03\x04 nonsense")
        with pytest.raises(KnownError):
            take_in(project, path)
    assert project.file.text_count() == 0


def test_choices_a_format_doesnt_have(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "a.txt"
    path.write_text("one\n\ntwo\n")
    assert take_in(project, path, unit="file").added == 1
    with pytest.raises(KnownError, match='has no "text"'):
        take_in(project, path, text="body")


def test_an_evaluation_set_judges_the_model(project: Project, tmp_path: Path) -> None:
    path = tmp_path / "gold.jsonl"
    rows = [
        {"text": "Ada was here.", "spans": [{"start": 0, "end": 3, "label": "Person"}]},
        {"text": "Nobody was here.", "spans": []},
    ]
    path.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    take_in(project, path, annotations="gold")
    assert evaluation_texts(project.file) == frozenset()
    take_in(project, path, annotations="evaluation")
    texts = {text_key(row["text"]) for row in rows}
    assert evaluation_texts(project.file) == texts
    copy = tmp_path / "copy.aldesk"
    project.file.save_copy(copy, by="ada")
    with ProjectFile.open_for_reading(copy) as file:
        learned, reserve = split(file.pool(), file.configuration, evaluation_texts(file))
    assert set(reserve.keys()) == texts
    assert not set(learned.keys()) & texts
