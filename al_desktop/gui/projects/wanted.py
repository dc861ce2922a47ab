"""The project that the user wants to have made."""

import re
from dataclasses import dataclass, field
from pathlib import Path

from al_desktop.core.configuration import Configuration
from al_desktop.storage.project_file import SUFFIX


@dataclass(frozen=True, slots=True)
class Wanted:
    """What to make, at `path`. `source` is None for a project without texts as yet; `choices` say
    how to read it, `annotations` what becomes of those it brings along. `highlights` is whether a
    few texts are to be marked before any question."""

    path: Path
    configuration: Configuration
    source: Path | None = None
    choices: dict[str, str] = field(default_factory=dict)
    annotations: str = "none"
    highlights: bool = False

    @property
    def name(self) -> str:
        return self.path.stem


def file_for(name: str, folder: Path) -> Path:
    """A project file of this name that does not exist yet."""
    stem = re.sub(r'[<>:"/\\|?*\x00-\x1f ]+', " ", name).strip(" .")[:80] or "project"
    path = folder / f"{stem}{SUFFIX}"
    number = 2
    while path.exists():
        path = folder / f"{stem} {number}{SUFFIX}"
        number += 1
    return path
