import json
from pathlib import Path

import pytest

from al_desktop.settings import TABLE, Settings


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "folder" / "settings.json"


def test_defaults_without_a_file(path: Path) -> None:
    settings = Settings(path)
    assert {setting.name: settings[setting.name] for setting in TABLE} == {
        setting.name: setting.default for setting in TABLE
    }
    assert settings.take_notice() == ""
    assert settings.is_fresh
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
    assert "can't be read" in settings.take_notice()
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


def test_a_place_that_cant_be_written_to_is_told_once_and_values_hold(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("")
    settings = Settings(tmp_path / "file" / "settings.json")
    settings["theme"] = "dark"
    settings["text_size"] = 150
    assert (settings["theme"], settings["text_size"]) == ("dark", 150)
    assert "can't be kept in" in settings.take_notice()
    settings["theme"] = "light"
    assert settings.take_notice() == ""


def test_a_full_disk_keeps_the_file_as_it_was(path: Path) -> None:
    resource = pytest.importorskip("resource", reason="there are no limits to file sizes")
    settings = Settings(path)
    settings["theme"] = "dark"
    before = path.read_bytes()
    resource.setrlimit(resource.RLIMIT_FSIZE, (0, resource.getrlimit(resource.RLIMIT_FSIZE)[1]))
    try:
        settings["theme"] = "light"
    finally:
        limits = (resource.RLIM_INFINITY, resource.getrlimit(resource.RLIMIT_FSIZE)[1])
        resource.setrlimit(resource.RLIMIT_FSIZE, limits)
    assert "can't be kept in" in settings.take_notice()
    assert path.read_bytes() == before
    assert list(path.parent.iterdir()) == [path]
    settings["text_size"] = 125
    assert (Settings(path)["theme"], Settings(path)["text_size"]) == ("light", 125)
