"""Real key presses into a real window on a virtual display: 100 answers, 10 undone, 5 redone,
killed in a burst, and opened again."""

import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.questions import Answer, Kind
from al_desktop.project import sample_project
from al_desktop.storage import ProjectFile

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="needs Xvfb and xdotool"
)

KEYS = ["a", "x", "Right", "Left", "a"] * 20
ANSWERS = {
    "a": Answer.ACCEPT,
    "Right": Answer.ACCEPT,
    "x": Answer.REJECT,
    "Left": Answer.REJECT,
}
PATIENCE_SECONDS = 120.0


@pytest.fixture
def display(environment: dict[str, str]) -> Iterator[dict[str, str]]:
    """The environment of a virtual screen."""
    reader, writer = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writer), "-screen", "0", "1280x900x24", "-nolisten", "tcp"],
        pass_fds=[writer],
        stderr=subprocess.DEVNULL,
    )
    os.close(writer)
    with os.fdopen(reader) as numbers:
        number = numbers.readline().strip()
    yield environment | {"DISPLAY": f":{number}", "QT_QPA_PLATFORM": "xcb"}
    server.terminate()
    server.wait()


class Window:
    """The program on the virtual screen, and a hand at its keyboard."""

    def __init__(self, project: Path, environment: dict[str, str]) -> None:
        self._environment = environment
        self._project = project
        self.process = subprocess.Popen(
            [sys.executable, "-m", "al_desktop", str(project)], env=environment
        )
        until(lambda: bool(self._find()), "the window did not show")
        self._xdotool("windowfocus", "--sync", self._find())

    def press(self, *keys: str, delay_ms: int = 60) -> None:
        self._xdotool("key", "--delay", str(delay_ms), *keys)

    def press_until_answered(self, key: str, answers: int) -> None:
        """Presses a key again and again until there are so many events."""

        def answered() -> bool:
            self.press(key)
            time.sleep(0.3)
            return len(events(self._project)) >= answers

        until(answered, "no key was answered")

    def kill(self) -> None:
        self.process.kill()
        self.process.wait()

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.terminate()
        self.process.wait()

    def _find(self) -> str:
        found = subprocess.run(
            ["xdotool", "search", "--onlyvisible", "--name", "AL Desktop"],
            env=self._environment,
            capture_output=True,
            text=True,
        )
        return found.stdout.split("\n")[0]

    def _xdotool(self, *words: str) -> None:
        subprocess.run(["xdotool", *words], env=self._environment, check=True)


def until(holds: Callable[[], bool], otherwise: str) -> None:
    end = time.monotonic() + PATIENCE_SECONDS
    while not holds():
        assert time.monotonic() < end, otherwise
        time.sleep(0.1)


def events(project: Path) -> list[Event]:
    with ProjectFile.open_for_reading(project) as file:
        return [event for _, event in file.events()]


def live_answers(project: Path) -> list[Answer | None]:
    log = AnswerLog(events(project))
    return [event.answer for event in log if event.answer and log.is_live(event.uid)]


def test_keys_become_answers_and_survive_a_kill(tmp_path: Path, display: dict[str, str]) -> None:
    project = sample_project(Kind.TEXTS, tmp_path)
    window = Window(project, display)
    try:
        window.press_until_answered("a", 1)
        before = len(events(project))
        for start in range(0, len(KEYS), 10):
            window.press(*KEYS[start : start + 10])
            wanted = before + start + 10
            until(lambda wanted=wanted: len(events(project)) == wanted, "a key was lost")
        stored = events(project)[before:]
        assert [event.answer for event in stored] == [ANSWERS[key] for key in KEYS]
        assert all(event.kind is EventKind.ANSWER for event in stored)

        window.press(*["BackSpace"] * 10)
        until(lambda: len(live_answers(project)) == before + 90, "an undo was lost")
        window.press(*["ctrl+y"] * 5)
        until(lambda: len(live_answers(project)) == before + 95, "a redo was lost")
        assert live_answers(project)[before:] == [ANSWERS[key] for key in KEYS[:95]]

        before = len(events(project))
        burst = subprocess.Popen(["xdotool", "key", "--delay", "20", *["x"] * 200], env=display)
        until(lambda: len(events(project)) > before + 5, "the burst did not start")
        window.kill()
        burst.wait()  # a burst cut short would leave its key held down
    finally:
        window.close()
    after_kill = events(project)
    assert after_kill[before:], "the burst was stored"
    assert {event.answer for event in after_kill[before:]} == {Answer.REJECT}

    window = Window(project, display)
    try:
        window.press_until_answered("a", len(after_kill) + 1)
    finally:
        window.close()
    assert events(project)[: len(after_kill)] == after_kill
