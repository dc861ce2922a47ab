"""Texts from the clipboard, kept as a file for as long as the program runs."""

import atexit
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

from PySide6.QtCore import QMimeData
from PySide6.QtGui import QGuiApplication


def pasted() -> Path | None:
    """The first file on the clipboard, or its text as a file; None where there is neither."""
    data: QMimeData = QGuiApplication.clipboard().mimeData()
    files = [Path(url.toLocalFile()) for url in data.urls() if url.isLocalFile()]
    if files:
        return files[0]
    return _keep(data.text()) if data.text().strip() else None


def is_pasted(path: Path) -> bool:
    """Whether it holds text from the clipboard."""
    return path.parent == _folder()


@cache
def _folder() -> Path:
    """Lasts until the program ends: an import may still read from it after the picker is gone."""
    folder = TemporaryDirectory(prefix="al-desktop-pasted-")
    atexit.register(folder.cleanup)
    return Path(folder.name)


def _keep(text: str) -> Path:
    """Pasted text as a file; its ending says what it looks like."""
    lines = [line for line in text.splitlines() if line.strip()]
    is_table = len(lines) > 1 and len({line.count("\t") for line in lines}) == 1
    ending = ".tsv" if is_table and "\t" in lines[0] else ".txt"
    if all(line.startswith("{") and line.endswith("}") for line in lines):
        ending = ".jsonl"
    number = len(list(_folder().iterdir())) + 1
    path = _folder() / f"pasted {number}{ending}"
    path.write_text(text, encoding="utf-8", errors="replace")
    return path
