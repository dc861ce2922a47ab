"""Which pretrained models may be loaded on this computer: a project from a stranger may name any
package or folder, and loading one can run code.

What the user approved is kept beside the settings, in a file of its own that the worker reads too.
The bundled model needs no approval.
"""

import json
import os
import time
from pathlib import Path

from al_desktop.core.configuration import BUNDLED_BASE
from al_desktop.core.errors import KnownError
from al_desktop.paths import config_folder

FILE_NAME = "approved-models.json"


def is_approved(base: str) -> bool:
    """Never touches what the name stands for: a folder may be on another computer."""
    return base in ("", BUNDLED_BASE) or _known_as(base) in _approved()


def approve(base: str) -> None:
    """From now on projects may load it here. Raises KnownError where that can't be stored."""
    if is_approved(base):
        return
    path = config_folder() / FILE_NAME
    fresh = path.with_name(f".{FILE_NAME}.{os.getpid()}")
    approved = {**_approved(), _known_as(base): time.time_ns() // 1_000_000}
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        fresh.write_text(json.dumps(approved, indent=2), encoding="utf-8")
        fresh.replace(path)
    except OSError as error:
        raise KnownError(f"{path} can't be written: {error.strerror or error}.") from error


def check_approved(base: str) -> None:
    """Raises KnownError where it may not be loaded."""
    if not is_approved(base):
        raise KnownError(
            f'This project asks to load the model "{base}". A model can run code: approve it if '
            "you trust who made the project, in the window when it opens or with --approve-model; "
            "or go on without it."
        )


def _known_as(base: str) -> str:
    is_path = os.sep in base or "/" in base or "\\" in base
    return os.path.abspath(base) if is_path else base  # noqa: PTH100 looks at no disk


def _approved() -> dict[str, int]:
    """By name of a package or absolute path of a folder, since when; nothing where the file can't
    be read."""
    try:
        found = json.loads(Path(config_folder() / FILE_NAME).read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):
        return {}
    return found if isinstance(found, dict) else {}
