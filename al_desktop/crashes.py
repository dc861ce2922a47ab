"""A file that tells of errors nobody expected: logged ones, and where a hard crash happened."""

import faulthandler
import logging
from pathlib import Path

FILE_NAME = "crashes.log"
LARGEST_BYTES = 1_000_000


def keep_crash_log(folder: Path, part: str) -> logging.Handler | None:
    """From now on this process writes logged errors and hard crashes to `folder`.

    `part` of the program, such as "window". Window and worker share the file; one that has grown
    large is begun anew. Returns the handler; None where the folder can't be written to, which
    must stop nobody from annotating.
    """
    path = folder / FILE_NAME
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if path.exists() and path.stat().st_size > LARGEST_BYTES:
            path.unlink()
        stream = path.open("a", encoding="utf-8")
    except OSError:
        return None
    handler = logging.StreamHandler(stream)
    handler.setLevel(logging.ERROR)
    handler.setFormatter(logging.Formatter(f"%(asctime)s {part}: %(message)s"))
    logging.getLogger().addHandler(handler)
    faulthandler.enable(stream)
    return handler
