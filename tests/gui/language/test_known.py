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
from al_desktop.core.bias import BiasReport, Share
from al_desktop.core.questions import Answer
from al_desktop.gui.insights.bias_card import page_words
from al_desktop.gui.language.known import PAGE, PHRASES, TEMPLATES, translated
from al_desktop.gui.language.origins import part_words
from al_desktop.gui.language.translation import Translation
from al_desktop.project import EXPORTS
from al_desktop.project.choosing import TextFilter
from al_desktop.project.report import LabelBias, ProjectBias, bias_page

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
    assert {*TEMPLATES, *PHRASES, *PAGE} <= set(made_below())


def test_each_has_its_german() -> None:
    assert {*TEMPLATES, *PHRASES, *PAGE} <= set(json.loads(TABLE.read_text(encoding="utf-8")))


@pytest.mark.parametrize("template", TEMPLATES)
def test_values_are_kept(template: str, german: None) -> None:
    values = ["/home/zoë/a {1} (b). c.aldesk", "no such file", "Other work"]
    said = translated(template.format(*values))
    assert said != template.format(*values)
    assert all(value in said for value in values[: template.count("{")])


def test_what_is_not_known_stays(german: None) -> None:
    assert translated("Some other sentence.") == "Some other sentence."


def test_what_a_copy_may_hold_is_translated_and_names_are_not(german: None) -> None:
    sentence = "x.aldesk can't be merged: it holds a text under the key of another one. "
    assert "einen Text unter" in translated(sentence + "Ask for it to be sent anew.")
    assert translated('new label "accepted"') == "neues Label „accepted“"


def test_every_loss_of_a_format_is_known() -> None:
    assert {each for writer in EXPORTS.values() for each in writer.loses} <= set(TEMPLATES)


def test_which_texts_a_copy_holds(german: None) -> None:
    wanted = TextFilter("tax, law", "unanswered", frozenset({"ORG"}), frozenset({Answer.ACCEPT}))
    assert part_words(f"for ben, 20 % at random, {wanted}") == (
        "für ben, 20 % zufällig ausgewählt, mit „tax, law“, Texte ohne Antwort, zu „ORG“, "
        "Antworten: angenommen"
    )


def test_the_page_on_what_was_labelled(german: None) -> None:
    labels = (LabelBias("accepted", 4000, 0.5, (0.1, 0.2, 0.3), (1,) * 10),)
    lengths = (Share("0 to 49 characters", 0.5, 0.25),)
    report = BiasReport(lengths, (Share("", 1.0, 1.0),), (), ("0 to 49 characters",))
    page = bias_page(ProjectBias("<b>", 5000, 20, labels, report), page_words, "de")
    for said in ('lang="de"', "verglichen mit allen Texten", "0 bis 49 Zeichen", "(keine)"):
        assert said in page
    assert "<td>accepted</td>" in page  # a name stays
    assert "What this means" not in page and "<b>" not in page
