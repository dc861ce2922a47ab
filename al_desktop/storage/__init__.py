"""Project files: one SQLite database a project. The only home of Peewee."""

from al_desktop.storage.project_file import SUFFIX, ProjectFile

__all__ = ["SUFFIX", "ProjectFile"]
