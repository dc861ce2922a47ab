"""From starting the program to its window painted, and to the first question that a key answers.

    python benchmarks/start.py [--runs 10] [--cold] [--kinds texts,spans] PROGRAM ...

Each PROGRAM opens the sample project of each kind, which it knows from a first run that is not
counted, under a virtual display. Prints medians as a table. With --cold the system's file cache
is emptied before each run, which takes root.
"""

import argparse
import ctypes
import os
import sqlite3
import statistics
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

PATIENCE_SECONDS = 120
POINT = (300, 300)
"""Inside the window, which lies at the corner of a display without a window manager."""


@dataclass(frozen=True, slots=True)
class Start:
    window_seconds: float
    question_seconds: float


class Screen:
    """Reads single pixels of a display. The root window is black until something is painted."""

    def __init__(self, display: str) -> None:
        self._x = ctypes.CDLL("libX11.so.6")
        for function in (self._x.XOpenDisplay, self._x.XGetImage):
            function.restype = ctypes.c_void_p
        self._x.XDefaultRootWindow.restype = ctypes.c_ulong
        self._display = ctypes.c_void_p(self._x.XOpenDisplay(display.encode()))
        self._root = ctypes.c_ulong(self._x.XDefaultRootWindow(self._display))

    def is_painted(self, x: int, y: int) -> bool:
        all_planes, z_pixmap = ctypes.c_ulong(-1), 2
        image = self._x.XGetImage(self._display, self._root, x, y, 1, 1, all_planes, z_pixmap)
        data_offset = 16  # of XImage.data, after four ints
        data = ctypes.c_void_p.from_address(image + data_offset).value
        assert data is not None
        return bool(ctypes.c_uint32.from_address(data).value & 0xFFFFFF)


@contextmanager
def virtual_display() -> Iterator[str]:
    reading, writing = os.pipe()
    command = ["Xvfb", "-displayfd", str(writing), "-screen", "0", "1280x800x24"]
    server = subprocess.Popen(command, pass_fds=[writing], stderr=subprocess.DEVNULL)
    try:
        yield ":" + os.read(reading, 16).decode().strip()
    finally:
        server.terminate()
        server.wait()


def last_answer_ms(project: Path) -> int | None:
    with sqlite3.connect(f"file:{project}?mode=ro", uri=True) as connection:
        (at_ms,) = connection.execute("SELECT max(at_ms) FROM event").fetchone()
    return at_ms if at_ms is None else int(at_ms)


def measure(program: str, kind: str, display: str, home: Path) -> Start:
    environment = {**os.environ, "HOME": str(home), "DISPLAY": display}
    for name in ("XDG_DATA_HOME", "XDG_CONFIG_HOME", "XDG_CACHE_HOME", "QT_QPA_PLATFORM"):
        environment.pop(name, None)
    before = {path: last_answer_ms(path) for path in home.rglob("[!.]*.aldesk")}
    screen = Screen(display)
    started = time.time()
    command = [program, "sample", kind]
    running = subprocess.Popen(command, env=environment, stderr=subprocess.DEVNULL)
    try:
        while not screen.is_painted(*POINT):
            if time.time() - started > PATIENCE_SECONDS or running.poll() is not None:
                raise SystemExit(f"{program} shows no window")
            time.sleep(0.002)
        window_seconds = time.time() - started
        while time.time() - started < PATIENCE_SECONDS:
            subprocess.run(["xdotool", "key", "a"], env=environment, check=True)
            for path in home.rglob("[!.]*.aldesk"):
                at_ms = last_answer_ms(path)
                if at_ms is not None and at_ms != before.get(path):
                    return Start(window_seconds, at_ms / 1000 - started)
            time.sleep(0.02)
        raise SystemExit(f"{program} asks no question")
    finally:
        running.terminate()
        running.wait()


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, usage="%(prog)s [options] PROGRAM ...")
    parser.add_argument("programs", nargs="+", metavar="PROGRAM")
    parser.add_argument("--runs", type=int, default=10)
    parser.add_argument("--cold", action="store_true")
    parser.add_argument("--kinds", default="texts,spans")
    arguments = parser.parse_args()
    state = "cold" if arguments.cold else "warm"
    print("| program | sample | runs | window painted, s | first question, s |")
    print("| --- | --- | --- | --- | --- |")
    for program in arguments.programs:
        for kind in arguments.kinds.split(","):
            starts = repeat(program, kind, arguments.runs, arguments.cold)
            window = statistics.median(start.window_seconds for start in starts)
            question = statistics.median(start.question_seconds for start in starts)
            row = (f"{program}, {state}", kind, len(starts), f"{window:.2f}", f"{question:.2f}")
            print(f"| {' | '.join(map(str, row))} |", flush=True)


def repeat(program: str, kind: str, runs: int, cold: bool) -> list[Start]:
    """All runs but the first, which makes the project."""
    starts = []
    with tempfile.TemporaryDirectory() as home:
        for _ in range(runs + 1):
            if cold:
                os.sync()
                Path("/proc/sys/vm/drop_caches").write_text("3", "ascii")
            with virtual_display() as display:
                starts.append(measure(program, kind, display, Path(home)))
    return starts[1:]


if __name__ == "__main__":
    main()
