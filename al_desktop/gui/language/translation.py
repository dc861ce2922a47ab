"""The interface in other languages: tables of English text and its translation, as JSON."""

import json
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTranslator
from PySide6.QtWidgets import QApplication

ENGLISH = "en"


class Translation(QTranslator):
    """Looks texts up whatever class they are in; what is not in the table stays as it is."""

    def __init__(self, path: Path) -> None:
        """Raises OSError or ValueError where the table can't be read."""
        super().__init__()
        self._texts: dict[str, str] = json.loads(path.read_text(encoding="utf-8"))

    def isEmpty(self) -> bool:
        return not self._texts

    def translate(
        self, context: str, source: str, disambiguation: str | None = None, n: int = -1
    ) -> str | None:
        return self._texts.get(source)


def install(application: QApplication, language: str, folder: Path) -> list[QTranslator]:
    """Puts a language in force, "system" for the platform's; English where there is no table.

    Returns what is to be kept for as long as the application runs.
    """
    code = QLocale.system().name().partition("_")[0] if language == "system" else language
    table = folder / f"{code}.json"
    if code == ENGLISH or not table.exists():
        return []
    qt = QTranslator()  # Qt's own dialogs
    qt.load(f"qtbase_{code}", QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath))
    installed = [qt, Translation(table)]
    for translator in installed:
        application.installTranslator(translator)
    if QLocale().language() is not QLocale(code).language():
        QLocale.setDefault(QLocale(code))
    return installed
