"""The commands as a user types them, and what they say when something is wrong."""

import json
import re
import subprocess
import sys
from argparse import ArgumentParser
from pathlib import Path

import pytest

from al_desktop.cli import OpenWindow, main
from al_desktop.cli.main import COMMANDS, build_parser
from al_desktop.core.questions import Answer, Kind
from al_desktop.core.queue import Ranking
from al_desktop.learner.gold import labels_of, read_gold
from al_desktop.project import open_project
from al_desktop.storage import ProjectFile

ROOT = Path(__file__).parents[2]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    """A project with three texts, made by the commands."""
    path = tmp_path / "p.aldesk"
    texts = tmp_path / "texts.jsonl"
    texts.write_text(
        "".join(json.dumps({"text": f"refund {number}"}) + "\n" for number in range(3)),
        encoding="utf-8",
    )
    assert main(["new", str(path), "--task", "texts", "--label", "REFUND"]) == 0
    assert main(["import", str(path), str(texts)]) == 0
    return path


def answer(path: Path, *answers: Answer) -> None:
    from al_desktop.core.questions import Asked, Question, Selection

    with open_project(path, "me") as opened:
        keys = opened.file.pool().keys()
        asked = [Asked(Question(key, "REFUND"), Selection("random", 0.5)) for key in keys]
        opened.queue.take(Ranking(0, 0, tuple(asked)))
        for each in answers:
            opened.session.answer(each, 1.0)


def test_no_words_or_a_project_open_the_window(project: Path) -> None:
    assert main([]) == OpenWindow()
    assert main([str(project)]) == OpenWindow(project)
    assert main([str(project.with_suffix(""))]) == OpenWindow(project)
    assert main(["sample"]) == OpenWindow(sample=Kind.SPANS)
    assert main(["sample", "texts"]) == OpenWindow(sample=Kind.TEXTS)


def test_a_project_of_spans_with_terms_and_patterns(tmp_path: Path) -> None:
    terms = tmp_path / "terms.txt"
    terms.write_text("LAW\thabeas corpus\nLAW\tAct\nCOURT\tOld Bailey\n\n", encoding="utf-8")
    patterns = tmp_path / "patterns.jsonl"
    patterns.write_text('{"label": "LAW", "pattern": [{"lower": "act"}]}\n', encoding="utf-8")
    words = ["--label", "LAW", "--label", "COURT", "--terms", str(terms)]
    words += ["--patterns", str(patterns), "--model", "none"]
    path = tmp_path / "law"
    assert main(["new", str(path), "--task", "spans", *words]) == 0
    with ProjectFile.open_for_reading(tmp_path / "law.aldesk") as file:
        law, court = file.configuration.labels
        assert (law.terms, court.terms) == (("habeas corpus", "Act"), ("Old Bailey",))
        assert law.patterns == ('[{"lower": "act"}]',)
        assert file.configuration.base == ""


def test_stats_count_live_answers(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    answer(project, Answer.ACCEPT, Answer.REJECT, Answer.IGNORE)
    with open_project(project, "me") as opened:
        opened.session.undo()
    capsys.readouterr()
    assert main(["stats", str(project), "--json"]) == 0
    stats = json.loads(capsys.readouterr().out)
    assert stats["texts"] == 3
    assert [stats[key] for key in ("answers", "accept", "reject", "ignore", "audit")] == [
        2,
        1,
        1,
        0,
        0,
    ]
    assert stats["labels"]["REFUND"]["accept"] == 1
    assert main(["stats", str(project)]) == 0
    assert "1 accept" in capsys.readouterr().out


def test_stats_and_export_work_beside_an_open_window(project: Path, tmp_path: Path) -> None:
    answer(project, Answer.ACCEPT)
    output = tmp_path / "out.jsonl"
    with open_project(project, "me"):
        assert main(["stats", str(project)]) == 0
        assert main(["export", str(project), "-o", str(output)]) == 0
    (row,) = [json.loads(line) for line in output.read_text(encoding="utf-8").splitlines()]
    assert (row["text"], row["label"], row["answer"]) == ("refund 0", "REFUND", "accept")


def test_train_needs_answers(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "p.aldesk"
    assert main(["new", str(path), "--task", "spans", "--label", "A", "--model", "none"]) == 0
    assert main(["train", str(path), "-o", str(tmp_path / "model")]) == 2
    assert not (tmp_path / "model").exists()


def test_import_reports_duplicates_and_bad_lines(
    project: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    more = tmp_path / "more.jsonl"
    more.write_text('{"text": "refund 0"}\n{"text": "new"}\n{broken\n', encoding="utf-8")
    capsys.readouterr()
    assert main(["import", str(project), str(more)]) == 0
    said = capsys.readouterr()
    assert "1 texts added, 1 skipped as known already, 1 lines left out or changed" in said.out
    assert "line 3" in said.err
    (tmp_path / "bad.jsonl").write_text("{broken\n", encoding="utf-8")
    assert main(["import", str(project), str(tmp_path / "bad.jsonl")]) == 2


def test_import_into_a_project_open_elsewhere_is_refused(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_project(project, "me"):
        assert main(["import", str(project), str(project.with_name("texts.jsonl"))]) == 2
    assert "open" in capsys.readouterr().err


@pytest.mark.parametrize(
    "words",
    [
        ["missing"],
        ["missing", "stats"],
        ["stats", "missing"],
        ["export", "missing", "-o", "x"],
        ["train", "missing", "-o", "x"],
        ["new", "p", "--task", "texts", "--label", "A", "--label", "A"],
        ["new", "p", "--task", "texts", "--label", " "],
        ["new", "p", "--task", "spans", "--label", "A", "--terms", "missing.txt"],
        ["new", "p", "--task", "spans", "--label", "A", "--patterns", "bad.jsonl"],
        ["new", "p", "--task", "spans", "--label", "A", "--label", "B", "--terms", "bad.jsonl"],
        ["simulate", "--data", "x", "--test", "x", "--task", "texts", "--label", "A"],
        [
            *[
                "simulate",
                "--data",
                "gold.jsonl",
                "--test",
                "gold.jsonl",
                "--task",
                "texts",
                "--label",
                "NOT_THERE",
            ]
        ],
    ],
)
def test_bad_input_is_one_sentence_and_exit_code_2(
    words: list[str],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    capsys: pytest.CaptureFixture[str],
) -> None:
    monkeypatch.chdir(tmp_path)
    (tmp_path / "bad.jsonl").write_text("{broken\n", encoding="utf-8")
    (tmp_path / "gold.jsonl").write_text('{"text": "a", "label": "A"}\n', encoding="utf-8")
    before = sorted(tmp_path.iterdir())
    assert main(words) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err.strip()
    assert "\n" not in said.err.strip()
    assert sorted(tmp_path.iterdir()) == before


@pytest.mark.parametrize("words", [["new"], ["stats"], ["simulate"], ["new", "p", "--task", "x"]])
def test_missing_words_are_explained(words: list[str], capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit, match="2"):
        main(words)
    assert "usage" in capsys.readouterr().err


def test_a_project_is_never_overwritten(project: Path) -> None:
    before = project.read_bytes()
    assert main(["new", str(project), "--task", "texts", "--label", "A"]) == 2
    assert project.read_bytes() == before


@pytest.mark.parametrize("task", list(Kind))
def test_simulate_learns(task: Kind, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    data = tmp_path / "gold.jsonl"
    data.write_text("\n".join(_gold_rows(task)), encoding="utf-8")
    (tmp_path / "terms.txt").write_text("Ada\n", encoding="utf-8")
    label = labels_of(read_gold(data, task)).pop()
    words = ["--data", str(data), "--test", str(data), "--task", task, "--label", label]
    words += ["--answers", "30", "--seeds", "2", "--model", "none", "--json"]
    words += ["--terms", str(tmp_path / "terms.txt")] if task is Kind.SPANS else []
    assert main(["simulate", *words]) == 0
    record = json.loads(capsys.readouterr().out)
    assert [run["seed"] for run in record["runs"]] == [0, 1]
    for run in record["runs"]:
        assert [point["answers"] for point in run["points"]] == [0, 25, 30]
        assert run["points"][0]["accepts"] == 0
        assert run["points"][-1]["f1"] > run["points"][0]["f1"]
        assert set(run["points"][-1]["labels"]) == {label}


def _gold_rows(task: Kind) -> list[str]:
    names = ["Ada", "Grace", "Emmy", "Sofia", "Rosa", "Marie", "Lise", "Mary"]
    verbs = ["met", "saw", "called", "thanked"]
    rows = []
    for number in range(96):
        name, verb = names[number % 8], verbs[number // 8 % 4]
        if task is Kind.SPANS:
            text = f"yesterday we {verb} Dr {name} in room {number}"
            start = text.index(name)
            spans = [{"start": start, "end": start + len(name), "label": "NAME"}]
            rows.append(json.dumps({"text": text, "spans": spans}))
        elif number % 3:
            rows.append(
                json.dumps({"text": f"the train to {name} was late, {number}"} | {"labels": []})
            )
        else:
            rows.append(
                json.dumps(
                    {"text": f"I want my money back, {name} {number}"} | {"labels": ["REFUND"]}
                )
            )
    return rows


def test_no_command_and_no_opening_of_the_window_imports_qt_or_numpy_too_early() -> None:
    code = (
        "import sys\n"
        "from al_desktop.cli import main\n"
        "main(['sample'])\n"
        "heavy = {'PySide6', 'spacy', 'onnxruntime', 'numpy', 'tokenizers'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
        "from al_desktop.cli.main import COMMANDS\n"
        "import al_desktop.cli.simulated_runs\n"
        "heavy = {'PySide6', 'spacy', 'onnxruntime', 'tokenizers'} & set(sys.modules)\n"
        "assert not heavy, heavy\n"
    )
    subprocess.run([sys.executable, "-W", "ignore", "-c", code], check=True, cwd=ROOT)


def test_every_command_and_option_is_documented() -> None:
    page = (ROOT / "docs" / "command-line.md").read_text(encoding="utf-8")
    overview = " ".join(build_parser().format_help().split())
    for command in COMMANDS:
        assert command.summary in overview
        assert f"al-desktop {command.name}" in page, command.name
        parser = ArgumentParser(add_help=False)
        command.add_arguments(parser)
        for option in re.findall(r"--[a-z]+", parser.format_help()):
            assert option in page, f"{command.name} {option}"


def test_help_and_version(capsys: pytest.CaptureFixture[str]) -> None:
    for words in (["--help"], ["--version"], *([command.name, "--help"] for command in COMMANDS)):
        with pytest.raises(SystemExit, match="0"):
            main(words)
        assert capsys.readouterr().out
