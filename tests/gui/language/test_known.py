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
from al_desktop.gui.language.known import PLACE, filled, translated
from al_desktop.gui.language.origins import part_words
from al_desktop.gui.language.sentences import PAGE, PHRASES, REASONS, SENTENCES
from al_desktop.gui.language.translation import Translation
from al_desktop.project import EXPORTS
from al_desktop.project.choosing import TextFilter
from al_desktop.project.report import LabelBias, ProjectBias, bias_page

TABLE = paths.resources() / "translations" / "de.json"
NO_WINDOW = ("cli", "selftest")
"""Rooms that speak to users of the command line only."""


def modules_below() -> Iterator[tuple[Path, ast.Module]]:
    """Every module but the window's, by its path in the package."""
    folder = Path(al_desktop.__file__).parent
    for module in folder.rglob("*.py"):
        path = module.relative_to(folder)
        if path.parts[0] != "gui":
            yield path, ast.parse(module.read_text(encoding="utf-8"))


def template(node: ast.expr | None) -> str | None:
    """A text in the code, with {0}, {1} ... for what is put into it; None for anything else."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        return re.sub(r"\{path\}", "{0}", node.value)
    if isinstance(node, ast.JoinedStr):
        values = [each for each in node.values if not isinstance(each, ast.Constant)]
        return "".join(
            str(each.value) if isinstance(each, ast.Constant) else f"{{{values.index(each)}}}"
            for each in node.values
        )
    return None


def made_below(*files: str) -> set[str]:
    """All texts in the code, or in these files of it."""
    found = {
        template(node)
        for path, module in modules_below()
        if not files or path.as_posix() in files
        for node in ast.walk(module)
        if isinstance(node, ast.expr)
    }
    return {each for each in found if each is not None}


def given_to(names: set[str], place: int, *but: str) -> set[str]:
    """The texts in the code that are given to what has one of these names, but in some rooms."""
    found = {
        template(node.args[place])
        for path, module in modules_below()
        if path.parts[0].removesuffix(".py") not in but
        for node in ast.walk(module)
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in names
        if len(node.args) > place
    }
    return {each for each in found if each is not None}


def known_errors() -> set[str]:
    """KnownError and what is derived from it."""
    derived = {
        node.name
        for _, module in modules_below()
        for node in ast.walk(module)
        if isinstance(node, ast.ClassDef)
        if any(getattr(base, "id", "") == "KnownError" for base in node.bases)
    }
    return {"KnownError", *derived}


@pytest.fixture
def german(qapp: QApplication) -> Iterator[None]:
    translation = Translation(TABLE)
    QCoreApplication.installTranslator(translation)
    yield
    QCoreApplication.removeTranslator(translation)


def test_each_is_made_below() -> None:
    assert {*SENTENCES, *REASONS, *PHRASES, *PAGE} <= made_below()


def test_what_users_of_the_window_can_meet_is_known() -> None:
    assert given_to(known_errors(), 0, *NO_WINDOW) <= {*SENTENCES}
    assert given_to({"Failed"}, 0) <= {*SENTENCES}
    assert given_to({"BadLine"}, 2) <= {*REASONS}
    assert {each for each in made_below("storage/faults.py") if "{0}" in each} <= {*SENTENCES}


def test_each_has_its_german() -> None:
    work = given_to({"Progress", "Loading"}, 0, *NO_WINDOW)
    german = json.loads(TABLE.read_text(encoding="utf-8"))
    assert {*SENTENCES, *REASONS, *PHRASES, *PAGE, *work} <= set(german)


@pytest.mark.parametrize("template", [*SENTENCES, *REASONS])
def test_values_are_kept(template: str, german: None) -> None:
    values = ["/home/zoë/a {1} (b). c.aldesk", "no such file", "Other work", "3"]
    said = filled(template, values)
    assert translated(said) != said
    assert all(value in translated(said) for value in values[: len(PLACE.findall(template))])


def test_what_is_not_known_stays(german: None) -> None:
    assert translated("Some other sentence.") == "Some other sentence."


def test_what_a_copy_may_hold_is_translated_and_names_are_not(german: None) -> None:
    sentence = "x.aldesk can't be merged: it holds a text under the key of another one. "
    assert "einen Text unter" in translated(sentence + "Ask for it to be sent anew.")
    assert translated('new label "accepted"') == "neues Label „accepted“"


def test_every_loss_of_a_format_is_known() -> None:
    assert {each for writer in EXPORTS.values() for each in writer.loses} <= set(SENTENCES)


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
