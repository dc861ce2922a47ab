"""Sentences from below the window: known where they are made, and translated with their values."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QApplication

import al_desktop
from al_desktop import paths
from al_desktop.gui.known import TEMPLATES, translated
from al_desktop.gui.translation import Translation

TABLE = paths.resources() / "translations" / "de.json"


def made_below() -> Iterator[str]:
    """Every text in the code but the window's, with {0}, {1} ... for what is put into it."""
    folder = Path(al_desktop.__file__).parent
    for module in folder.rglob("*.py"):
        if "gui" in module.relative_to(folder).parts:
            continue
        for node in ast.walk(ast.parse(module.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Constant) and isinstance(node.value, str):
                yield re.sub(r"\{path\}", "{0}", node.value)
            elif isinstance(node, ast.JoinedStr):
                values = [each for each in node.values if not isinstance(each, ast.Constant)]
                yield "".join(
                    str(each.value)
                    if isinstance(each, ast.Constant)
                    else f"{{{values.index(each)}}}"
                    for each in node.values
                )


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translation = Translation(TABLE)
    QCoreApplication.installTranslator(translation)
    yield
    QCoreApplication.removeTranslator(translation)


def test_each_template_is_made_below() -> None:
    assert set(TEMPLATES) <= set(made_below())


def test_each_has_its_german() -> None:
    assert set(TEMPLATES) <= set(json.loads(TABLE.read_text(encoding="utf-8")))


@pytest.mark.parametrize("template", TEMPLATES)
def test_values_are_kept(template: str, german: None) -> None:
    values = ["/home/zoë/a {1} (b). c.aldesk", "no such file", "Other work"]
    said = translated(template.format(*values))
    assert said != template.format(*values)
    assert all(value in said for value in values[: template.count("{")])


def test_what_is_not_known_stays(german: None) -> None:
    assert translated("Some other sentence.") == "Some other sentence."
