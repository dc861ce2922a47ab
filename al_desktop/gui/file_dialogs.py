"""The system's own dialogs for files, filled in for what is opened, imported and exported."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from al_desktop.formats import READERS
from al_desktop.gui.words import translate
from al_desktop.storage.project_file import SUFFIX


def choose_project(parent: QWidget, folder: Path) -> Path | None:
    """A project file to open; None where the user thought better of it, as below."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent,
        translate("files", "Open a project"),
        str(folder),
        translate("files", "Projects (*{0})").format(SUFFIX),
    )
    return Path(chosen) if chosen else None


def choose_texts(parent: QWidget) -> Path | None:
    """A file in any format that is known by its name."""
    suffixes = dict.fromkeys(each for reader in READERS.values() for each in reader.suffixes)
    known = " ".join(f"*{suffix}" for suffix in suffixes)
    filters = translate("files", "Texts ({0});;All files (*)").format(known)
    chosen, _ = QFileDialog.getOpenFileName(parent, translate("files", "Import texts"), "", filters)
    return Path(chosen) if chosen else None

