"""The sample projects that ship with the program."""

import json
from pathlib import Path

from al_desktop import paths
from al_desktop.core.configuration_json import configuration_from_json
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Kind
from al_desktop.project.importing import import_texts
from al_desktop.project.opening import default_project_folder
from al_desktop.storage import ProjectFile


def sample_path(kind: Kind, folder: Path | None = None) -> Path:
    """Where the user's own copy is, or will be."""
    return (folder or default_project_folder()) / f"sample-{kind.value}.aldesk"


def sample_project(kind: Kind, folder: Path | None = None) -> Path:
    """The user's own copy of a sample project, made on first use from what ships with the
    program, in `folder` or the default one."""
    sample = paths.resources() / "sample"
    path = sample_path(kind, folder)
    if path.exists():
        return path
    recipe = json.loads((sample / f"{kind.value}.json").read_text(encoding="utf-8"))
    # Made under another name first: a half-made copy must not be taken for a whole one.
    unfinished = path.with_name(f".{uuid7()}{path.name}")
    try:
        configuration = configuration_from_json(recipe["configuration"])
        with ProjectFile.create(unfinished, recipe["name"], configuration) as file:
            for _ in import_texts(file, sample / "texts.jsonl"):
                pass
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path
