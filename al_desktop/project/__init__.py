"""A project as a whole: opened, filled, exported, shared. For the window and the command line."""

from al_desktop.project.drawing import TextDraw
from al_desktop.project.exporting import CONFLICTS, EXPORTS, Wanted, export_answers
from al_desktop.project.importing import ANNOTATIONS, ImportProgress, ImportReport, import_texts
from al_desktop.project.opening import (
    Project,
    cache_folder,
    create_project,
    default_annotator,
    default_project_folder,
    open_project,
)
from al_desktop.project.sample import sample_path, sample_project

__all__ = [
    "ANNOTATIONS",
    "CONFLICTS",
    "EXPORTS",
    "ImportProgress",
    "ImportReport",
    "Project",
    "TextDraw",
    "Wanted",
    "cache_folder",
    "create_project",
    "default_annotator",
    "default_project_folder",
    "export_answers",
    "import_texts",
    "open_project",
    "sample_path",
    "sample_project",
]
