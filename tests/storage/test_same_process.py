"""A project that is being written to may be looked at by the same process, without harm."""

import subprocess
import sys
import threading
from collections.abc import Callable
from pathlib import Path

import pytest

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.events import Event, EventKind
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer, Kind, Question, text_key
from al_desktop.storage import ProjectFile
from al_desktop.storage.browse import summary
from al_desktop.storage.inspection import inspect

READ = """
import sys
from pathlib import Path
from al_desktop.storage import ProjectFile
with ProjectFile.open_for_reading(Path(sys.argv[1])) as file:
    print(len(list(file.events())))
"""


def answer(number: int) -> Event:
    question = Question(text_key(f"text {number}"), "A")
    return Event(uuid7(), EventKind.ANSWER, question, "me", number, answer=Answer.ACCEPT)


def seen_elsewhere(path: Path) -> int:
    """Events another process sees; closing, it tidies up if it takes itself for the last one."""
    words = [sys.executable, "-c", READ, str(path)]
    return int(subprocess.run(words, capture_output=True, check=True, text=True).stdout)


def open_again(path: Path) -> None:
    with pytest.raises(Exception, match="open in another window"):
        ProjectFile.open(path)


@pytest.mark.parametrize("look", [inspect, summary, open_again])
@pytest.mark.parametrize("written_before", [0, 3])
def test_looking_at_it_loses_no_answer(
    tmp_path: Path, look: Callable[[Path], object], written_before: int
) -> None:
    path = tmp_path / "p.aldesk"
    ProjectFile.create(path, "p", Configuration(Kind.TEXTS, (Label("A", "A"),))).close()
    with ProjectFile.open(path) as file:
        for number in range(written_before):
            file.append(answer(number))
        look(path)
        assert seen_elsewhere(path) == written_before
        for number in range(written_before, 10):
            file.append(answer(number))
        assert seen_elsewhere(path) == 10
    assert seen_elsewhere(path) == 10


def test_opening_while_another_thread_looks(tmp_path: Path) -> None:
    path = tmp_path / "p.aldesk"
    ProjectFile.create(path, "p", Configuration(Kind.TEXTS, (Label("A", "A"),))).close()
    stop = threading.Event()

    def look() -> None:
        while not stop.is_set():
            inspect(path)

    looking = threading.Thread(target=look)
    looking.start()
    try:
        for number in range(10):
            with ProjectFile.open(path) as file:
                assert seen_elsewhere(path) == number
                file.append(answer(number))
                assert seen_elsewhere(path) == number + 1
    finally:
        stop.set()
        looking.join()
