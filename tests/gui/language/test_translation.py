"""German is complete: every text the window can show is in the table, with its places."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QEvent, QLocale
from PySide6.QtWidgets import QApplication

from al_desktop import gui, paths
from al_desktop.gui import app
from al_desktop.gui.commands.table import COMMANDS
from al_desktop.settings import TABLE, Settings

GERMAN: dict[str, str] = json.loads(
    (paths.resources() / "translations" / "de.json").read_text(encoding="utf-8")
)
PLACES = re.compile(r"\{\d\}")


def in_code() -> Iterator[str]:
    """The literal texts given to `tr` and `translate`."""
    for module in Path(gui.__file__).parent.rglob("*.py"):
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                name = getattr(node.func, "attr", getattr(node.func, "id", ""))
                place = {"tr": 0, "translate": 1}.get(name)
                if place is not None and len(node.args) > place:
                    text = node.args[place]
                    if isinstance(text, ast.Constant) and isinstance(text.value, str):
                        yield text.value


def in_tables() -> Iterator[str]:
    for command in COMMANDS:
        yield from (command.title, command.group)
    for setting in TABLE:
        if not isinstance(setting.default, dict):
            yield from (setting.name.replace("_", " ").capitalize(), setting.help)
            yield from setting.choices


def test_every_text_has_a_translation() -> None:
    missing = {text for text in (*in_code(), *in_tables()) if text and text not in GERMAN}
    assert not missing


def test_translations_keep_the_places() -> None:
    for text, translation in GERMAN.items():
        assert sorted(PLACES.findall(text)) == sorted(PLACES.findall(translation)), text


@pytest.fixture
def german(qapp: QApplication, tmp_path: Path) -> Iterator[app.Application]:
    settings = Settings(tmp_path / "settings.json")
    settings["language"] = "de"
    before = QLocale()
    built = app.build(settings)
    yield built
    built.window.close()
    built.window.deleteLater()
    QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    for translator in built.translators:
        qapp.removeTranslator(translator)
    QLocale.setDefault(before)


def test_the_window_speaks_german(german: app.Application) -> None:
    window = german.window
    assert window.annotate.buttons["answer.accept"].text() == "Annehmen"
    assert window.home._new.text() == "Neues Projekt…"
    assert "Tasten" in window._hint()
