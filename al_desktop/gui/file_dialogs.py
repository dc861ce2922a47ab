"""The system's own dialogs for files, filled in for what is opened, imported and exported."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from al_desktop.core.questions import Kind
from al_desktop.formats import READERS, WRITERS
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


def choose_export(parent: QWidget, project: Path, kind: Kind) -> tuple[Path, str] | None:
    """Where to write the answers, and the format's name."""
    filters = {
        f"{writer.name} (*{writer.suffix})": name
        for name, writer in WRITERS.items()
        if kind in writer.kinds and not writer.folder
    }
    chosen, selected = QFileDialog.getSaveFileName(
        parent,
        translate("files", "Export answers"),
        str(project.with_suffix(WRITERS["prodigy"].suffix)),
        ";;".join(filters),
    )
    return (Path(chosen), filters.get(selected, "prodigy")) if chosen else None
