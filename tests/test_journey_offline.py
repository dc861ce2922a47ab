"""No network call: neither from the program nor from its worker process.

(A library binds a socket of its own to see whether there is IPv6, which reaches nobody.)
"""

import subprocess
import sys
from pathlib import Path

import pytest

GUARD = """
import os, sys

def _guard(event, arguments):
    network = event == "socket.getaddrinfo" or event.startswith("socket.gethostby")
    if event in ("socket.connect", "socket.sendto"):
        network = isinstance(arguments[1], tuple)
    if network:
        with open({calls!r}, "a") as file:
            file.write(event + str(arguments[1:]) + chr(10))
        raise OSError("there is no network")

sys.addaudithook(_guard)
with open({guarded!r}, "a") as file:
    file.write(str(os.getpid()) + chr(10))
"""


@pytest.mark.parametrize("command", ["self-test", "sample"])
def test_the_journey_makes_no_network_call(
    tmp_path: Path, environment: dict[str, str], command: str
) -> None:
    calls, guarded = tmp_path / "calls", tmp_path / "guarded"
    guard = GUARD.format(calls=str(calls), guarded=str(guarded))
    (tmp_path / "sitecustomize.py").write_text(guard, encoding="utf-8")
    environment["PYTHONPATH"] = f"{tmp_path}:{environment['PYTHONPATH']}"
    ended = subprocess.run(
        [sys.executable, "-m", "al_desktop", command],
        env=environment,
        capture_output=True,
        text=True,
        timeout=300,
    )
    assert ended.returncode == 0, ended.stdout + ended.stderr
    assert not calls.exists(), calls.read_text()
    assert len(set(guarded.read_text().split())) >= 2, "the worker was guarded too"


def test_the_guard_guards(tmp_path: Path, environment: dict[str, str]) -> None:
    calls = tmp_path / "calls"
    guard = GUARD.format(calls=str(calls), guarded=str(tmp_path / "guarded"))
    (tmp_path / "sitecustomize.py").write_text(guard, encoding="utf-8")
    environment["PYTHONPATH"] = f"{tmp_path}:{environment['PYTHONPATH']}"
    code = "import socket; socket.create_connection(('127.0.0.1', 9), 1)"
    ended = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True)
    assert ended.returncode != 0
    assert "getaddrinfo" in calls.read_text()
