"""A second opener reaches the window that has the project; nobody else does."""

import os
import tempfile
from collections.abc import Iterator
from multiprocessing.connection import Client
from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from al_desktop.gui.work import doorbell


@pytest.fixture
def folder(monkeypatch: pytest.MonkeyPatch) -> Iterator[Path]:
    """A cache with a short name: a socket's path may have a hundred characters only."""
    with tempfile.TemporaryDirectory() as name:
        monkeypatch.setattr(doorbell, "cache_folder", lambda: Path(name))
        yield Path(name)


@pytest.fixture
def bell(folder: Path, tmp_path: Path) -> Iterator[doorbell.Doorbell]:
    made = doorbell.Doorbell(tmp_path / "p.aldesk")
    made.start()
    yield made
    made.close()


def test_who_opens_it_again_is_heard(bell: doorbell.Doorbell, qtbot: QtBot, tmp_path: Path) -> None:
    for _ in range(3):
        with qtbot.waitSignal(bell.rung):
            assert doorbell.ring(tmp_path / "folder" / ".." / "p.aldesk")
    assert not doorbell.ring(tmp_path / "other.aldesk")


def test_nobody_answers_once_it_is_closed(bell: doorbell.Doorbell, tmp_path: Path) -> None:
    bell.close()
    assert not doorbell.ring(tmp_path / "p.aldesk")


@pytest.mark.skipif(os.name == "nt", reason="pipes leave no file behind")
def test_what_a_killed_window_left_behind_is_no_obstacle(folder: Path, tmp_path: Path) -> None:
    address = Path(doorbell._address(tmp_path / "p.aldesk"))
    address.touch()
    assert not doorbell.ring(tmp_path / "p.aldesk")
    bell = doorbell.Doorbell(tmp_path / "p.aldesk")
    bell.start()
    assert doorbell.ring(tmp_path / "p.aldesk")
    bell.close()
    assert not address.exists()


def test_a_caller_that_says_nonsense_or_nothing_does_no_harm(
    bell: doorbell.Doorbell, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(doorbell, "PATIENCE_SECONDS", 0.2)
    address = doorbell._address(tmp_path / "p.aldesk")
    with Client(address) as stranger:
        stranger.send_bytes(b"x" * 1000)
    with Client(address):
        pass
    with qtbot.waitSignal(bell.rung):
        assert doorbell.ring(tmp_path / "p.aldesk")


def test_no_place_to_listen_is_no_error(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "file").touch()
    monkeypatch.setattr(doorbell, "cache_folder", lambda: tmp_path / "file")
    bell = doorbell.Doorbell(tmp_path / "p.aldesk")
    bell.start()
    bell.close()
