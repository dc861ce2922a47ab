"""The program's entry: a worker process, a command, or the window."""

import gc
import multiprocessing
import os
import sys
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from al_desktop import cli

READER_GONE = 141
"""What a shell reports of a program whose output nobody reads any more."""


def main() -> int:
    """Returns the exit code."""
    # First of all: in the frozen program this is where worker processes begin.
    multiprocessing.freeze_support()
    # There is no garbage among what is being imported and built, and looking for it takes a
    # fifteenth of the time to the window.
    gc.disable()
    from al_desktop import cli

    gc.enable()
    try:
        outcome = cli.main(sys.argv[1:])
        if sys.stdout is not None:
            sys.stdout.flush()
    except BrokenPipeError:
        # Whoever read what we print has read enough. Python would still write out the rest.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        return READER_GONE
    if not isinstance(outcome, cli.OpenWindow):
        return outcome
    if not _has_display():
        return _without_display(outcome)
    gc.disable()  # until the window is there, see app.run
    from al_desktop.crashes import keep_crash_log
    from al_desktop.gui import app
    from al_desktop.paths import log_folder

    keep_crash_log(log_folder(), "window")
    return app.run(outcome.project, outcome.sample)


def _has_display() -> bool:
    if os.environ.get("QT_QPA_PLATFORM") == "offscreen":
        return False
    if not sys.platform.startswith("linux"):
        return True
    return any(os.environ.get(name) for name in ("DISPLAY", "WAYLAND_DISPLAY"))


def _without_display(asked: "cli.OpenWindow") -> int:
    """The sample's journey with real key events in a window that nobody sees."""
    if asked.sample is None:
        print(
            "There is no display to open the window on (DISPLAY is not set).\n"
            "The commands work without one: al-desktop --help",
            file=sys.stderr,
        )
        return 2
    folder = Path(tempfile.mkdtemp(prefix="al-desktop-sample-"))
    print("There is no display, so the sample project is played offscreen instead.", flush=True)
    os.environ["QT_QPA_PLATFORM"] = "offscreen"
    from al_desktop.gui import journey
    from al_desktop.project import sample_project

    code = journey.play(sample_project(asked.sample, folder), folder)
    print(f"The window and the exported answers are in {folder}:")
    for path in sorted(folder.iterdir()):
        print(f"  {path.name}")
    return code


if __name__ == "__main__":
    sys.exit(main())
