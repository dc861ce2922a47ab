"""The window needs no graphics driver: it comes up where there is none, and looks at none."""

import os
import shutil
import subprocess
import sys
import time
from pathlib import Path

import pytest

BROKEN = {
    "LIBGL_DRIVERS_PATH": "/nowhere",
    "__GLX_VENDOR_LIBRARY_NAME": "nonsense",
    "__EGL_VENDOR_LIBRARY_FILENAMES": "/nowhere",
    "QT_QPA_PLATFORM": "xcb",
}
PATIENCE_SECONDS = 60

pytestmark = pytest.mark.skipif(
    not (shutil.which("Xvfb") and shutil.which("xdotool")), reason="there is no virtual display"
)


def test_a_window_without_a_graphics_driver(environment: dict[str, str]) -> None:
    reading, writing = os.pipe()
    server = subprocess.Popen(
        ["Xvfb", "-displayfd", str(writing), "-extension", "GLX"],
        pass_fds=[writing],
        stderr=subprocess.DEVNULL,
    )
    display = {"DISPLAY": ":" + os.read(reading, 16).decode().strip()}
    program = subprocess.Popen(
        [sys.executable, "-m", "al_desktop"], env=environment | BROKEN | display
    )
    try:
        search = ["xdotool", "search", "--onlyvisible", "--class", "al-desktop"]
        end = time.monotonic() + PATIENCE_SECONDS
        found = b""
        while not found and time.monotonic() < end:
            assert program.poll() is None, "the program ended"
            time.sleep(0.2)
            found = subprocess.run(search, env=os.environ | display, capture_output=True).stdout
        assert found
        loaded = Path(f"/proc/{program.pid}/maps").read_text()
        assert not [name for name in ("libGLX_", "libEGL_", "_dri.so") if name in loaded]
    finally:
        program.kill()
        program.wait()
        server.terminate()
        server.wait()
        os.close(reading)
        os.close(writing)
