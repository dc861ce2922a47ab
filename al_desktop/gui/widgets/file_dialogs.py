"""The system's own dialogs for files, filled in for what is opened, imported and exported."""

from pathlib import Path

from PySide6.QtWidgets import QFileDialog, QWidget

from al_desktop.formats import READERS
from al_desktop.gui.language.words import translate
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
    filters = translate("files", "Texts ({0});;All files (*)").format(f"{known} *.zip *.gz")
    title = translate("files", "Import texts")
    chosen, _ = QFileDialog.getOpenFileName(parent, title, _folder(), filters)
    return _remembered(chosen)


def choose_folder_of_texts(parent: QWidget) -> Path | None:
    """A folder whose files are texts, or hold some."""
    title = translate("files", "A folder of texts")
    return _remembered(QFileDialog.getExistingDirectory(parent, title, _folder()))


def choose_starting_points(parent: QWidget) -> Path | None:
    """A file of terms or patterns."""
    chosen, _ = QFileDialog.getOpenFileName(
        parent,
        translate("files", "Words or patterns to start from"),
        _folder(),
        translate("files", "Terms and patterns (*.txt *.tsv *.jsonl);;All files (*)"),
    )
    return _remembered(chosen)


def choose_pipeline(parent: QWidget) -> Path | None:
    """The folder of a spaCy pipeline."""
    title = translate("files", "The folder of a spaCy pipeline")
    return _remembered(QFileDialog.getExistingDirectory(parent, title, _folder()))


def choose_new_project(parent: QWidget, path: Path) -> Path | None:
    """Where to make a project."""
    chosen, _ = QFileDialog.getSaveFileName(
        parent,
        translate("files", "Where to make the project"),
        str(path),
        translate("files", "Projects (*{0})").format(SUFFIX),
    )
    if not chosen:
        return None
    found = Path(chosen)
    return found if found.suffix == SUFFIX else found.with_name(found.name + SUFFIX)


def choose_list(parent: QWidget, name: str) -> Path | None:
    """Where to save a list of what went wrong."""
    return choose_page(
        parent, name, translate("files", "Save the list"), translate("files", "Text (*.txt)")
    )


def choose_page(parent: QWidget, name: str, title: str, kinds: str) -> Path | None:
    """Where to save something that is made anew at any time, such as a picture."""
    suggestion = str(Path(_folder()) / name)
    chosen, _ = QFileDialog.getSaveFileName(parent, title, suggestion, kinds)
    return _remembered(chosen)


_last: list[Path] = []


def _folder() -> str:
    """Where the user found something last, at first their own folder."""
    return str(_last[-1] if _last else Path.home())


def _remembered(chosen: str) -> Path | None:
    if not chosen:
        return None
    _last[:] = [Path(chosen).parent]
    return Path(chosen)
