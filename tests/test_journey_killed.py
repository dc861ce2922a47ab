"""The window is killed in the middle of a burst: what was acknowledged is in the file."""

import subprocess
import sys
import time
from pathlib import Path

import pytest

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.events import EventKind
from al_desktop.core.questions import Answer, Kind, Text, text_key
from al_desktop.project import create_project, open_project


@pytest.mark.parametrize("shown_before_kill", [1, 20, 60])
def test_every_answer_whose_next_question_was_shown_is_there(
    tmp_path: Path, environment: dict[str, str], shown_before_kill: int
) -> None:
    path = tmp_path / "p.aldesk"
    configuration = Configuration(Kind.TEXTS, (Label("TRAVEL", "TRAVEL"),))
    with create_project(path, "p", configuration) as project:
        contents = [f"We flew to town {number}" for number in range(400)]
        for _ in project.file.add_texts([[Text(text_key(each), each) for each in contents]]):
            pass
    with (tmp_path / "errors").open("w") as errors:
        process = subprocess.Popen(
            [sys.executable, str(Path(__file__).with_name("burst.py")), tmp_path],
            env=environment,
            stdout=subprocess.PIPE,
            stderr=errors,
        )
    shown = [process.stdout.readline().strip().decode() for _ in range(shown_before_kill)]
    time.sleep(0.05)
    process.kill()
    shown += process.stdout.read().decode().split("\n")[:-1]
    process.stdout.close()
    process.wait()
    assert all(shown), (tmp_path / "errors").read_text()

    with open_project(path, "me") as project:
        events = [event for _, event in project.file.events()]
    assert all(event.kind is EventKind.ANSWER for event in events)
    answered = [event.question.key for event in events]
    # A painted question that another one took the place of was answered.
    places = [answered.index(key) for key in shown[:-1]]
    assert places == sorted(places)
    assert len(events) >= shown_before_kill - 1
    wanted = [Answer.REJECT if number % 3 else Answer.ACCEPT for number in range(len(events))]
    assert [event.answer for event in events] == wanted
