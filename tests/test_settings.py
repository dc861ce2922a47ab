import json
from pathlib import Path

import pytest

from al_desktop.core.errors import KnownError
from al_desktop.settings import TABLE, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "settings.json"


def test_defaults_without_a_file(path: Path) -> None:
    settings = Settings(path)
    assert {setting.name: settings[setting.name] for setting in TABLE} == {
        setting.name: setting.default for setting in TABLE
    }
    assert settings.notice == ""
    assert not path.parent.exists()


def test_values_are_kept_and_unknown_ones_too(path: Path) -> None:
    settings = Settings(path)
    settings["theme"] = "dark"
    path.write_text(json.dumps({**json.loads(path.read_text()), "from the future": [1]}))
    settings = Settings(path)
    assert settings["theme"] == "dark"
    settings["text_size"] = 150
    assert json.loads(path.read_text()) == {
        "theme": "dark",
        "from the future": [1],
        "text_size": 150,
    }


@pytest.mark.parametrize("content", ["{", "[]", "\ud800".encode("utf-8", "surrogatepass"), ""])
def test_a_broken_file_means_the_defaults_and_is_kept(path: Path, content: str | bytes) -> None:
    path.parent.mkdir()
    path.write_bytes(content.encode() if isinstance(content, str) else content)
    settings = Settings(path)
    assert settings["theme"] == "system"
    assert "can't be read" in settings.notice
    settings["theme"] = "light"
    assert Settings(path)["theme"] == "light"
    assert path.with_name("settings.json.unreadable").exists()


def test_values_that_dont_fit_are_not_used(path: Path) -> None:
    path.parent.mkdir()
    path.write_text('{"theme": "plaid", "text_size": "big", "audit_share": 0, "keys": []}')
    settings = Settings(path)
    assert (settings["theme"], settings["text_size"], settings["keys"]) == ("system", 100, {})
    assert settings["audit_share"] == 0
    for name, value in (("theme", "plaid"), ("text_size", 1000), ("text_size", True)):
        with pytest.raises(ValueError, match=name):
            settings[name] = value
    with pytest.raises(KeyError):
        settings["unknown"]


def test_a_place_that_cant_be_written_to(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "settings.json")
    with pytest.raises(KnownError, match="can't be stored"):
        settings["theme"] = "dark"
    assert settings["theme"] == "system"
