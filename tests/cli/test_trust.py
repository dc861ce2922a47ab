"""The bias page and the list of doubtful answers, on a real project."""

import json
from pathlib import Path

import pytest

from al_desktop.cli.main import main
from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Answer, Asked, Kind, Question, Selection, Text, text_key
from al_desktop.core.queue import Ranking
from al_desktop.project import create_project, open_project

REFUND = [f"I want my money back for order number {n} please" for n in range(30)]
WEATHER = [f"It was <b>raining</b> all day in the valley, day {n} of the trip" for n in range(90)]
WRONG = REFUND[3]


@pytest.fixture
def project(tmp_path: Path) -> Path:
    path = tmp_path / "letters.aldesk"
    configuration = Configuration(Kind.TEXTS, (Label("R", "REFUND"),))
    create_project(path, "letters", configuration).close()
    with open_project(path, "me") as opened:
        texts = [Text(text_key(each), each, source="a.txt") for each in REFUND + WEATHER]
        list(opened.file.add_texts([texts]))
        for content in [*REFUND[:20], *WEATHER[:20]]:
            asked = Asked(Question(text_key(content), "R"), Selection("uncertain", 0.9, 0.5))
            opened.queue.take(Ranking(0, len(opened.log), (asked,)))
            right = Answer.ACCEPT if content in REFUND else Answer.REJECT
            opened.session.answer(Answer.REJECT if content == WRONG else right, 1.0)
    return path


def test_the_bias_page(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    page = project.with_suffix(".html")
    assert main(["bias", str(project), "-o", str(page), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["texts"], found["labelled"]) == (120, 40)
    assert found["labels"][0]["accepted"] == pytest.approx(19 / 40)
    assert found["labels"][0]["prevalence"] is None
    written = page.read_text(encoding="utf-8")
    assert "not known yet" in written
    assert "<b>" not in written
    assert main(["bias", str(project)]) == 0
    assert "40 labelled texts of 120" in capsys.readouterr().out


def test_a_page_that_cannot_be_written(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["bias", str(project), "-o", str(project.parent)]) == 2
    assert "can't be written" in capsys.readouterr().err


def test_the_wrong_answer_is_doubted(project: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["doubts", str(project), "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert next(row["text"] for row in found if row["doubt"] == "contradicted") == WRONG
    assert main(["doubts", str(project)]) == 0
    assert "money back" in capsys.readouterr().out


def test_snapshots_are_kept_gone_back_to_and_left_again(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert main(["snapshots", str(project)]) == 0
    assert "No snapshots yet" in capsys.readouterr().out
    assert main(["snapshots", str(project), "--keep"]) == 0
    assert "40 answers" in capsys.readouterr().out
    with open_project(project, "me") as opened:
        asked = Asked(Question(text_key(WEATHER[40]), "R"), Selection("uncertain", 0.9, 0.5))
        opened.queue.take(Ranking(0, len(opened.log), (asked,)))
        opened.session.answer(Answer.REJECT, 1.0)
    assert main(["snapshots", str(project), "--back", "2"]) == 2
    assert "no snapshot number 2" in capsys.readouterr().err
    assert main(["snapshots", str(project), "--back", "1"]) == 0
    assert "1 answers are set aside" in capsys.readouterr().out
    assert main(["snapshots", str(project), "--restore", "--json"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert (found["set_aside"], found["rolled_back"]) == (0, False)
    assert main(["snapshots", str(project), "--restore"]) == 2
