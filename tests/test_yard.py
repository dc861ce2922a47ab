"""What is around the program: lock file, sample, package files, documentation."""

import json
import re
import sys
import tomllib
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

from al_desktop.cli.main import COMMANDS
from al_desktop.core.configuration_json import configuration_from_json
from al_desktop.core.questions import Kind
from al_desktop.gui.help.about import licence_texts
from al_desktop.storage.schema import APPLICATION_ID

ROOT = Path(__file__).parent.parent
PROJECT: dict[str, Any] = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]
LOCK = (ROOT / "requirements.lock").read_text("utf-8")
PAGES = sorted(
    page
    for folder in (".", "docs", "packaging", "resources", "benchmarks")
    for page in (ROOT / folder).glob("*.md" if folder == "." else "**/*.md")
)


@pytest.fixture
def packaging_scripts(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the scripts of packaging/ importable."""
    monkeypatch.syspath_prepend(ROOT / "packaging")


def locked_versions() -> dict[str, list[str]]:
    """Versions by name; more than one where systems or versions of Python differ."""
    versions: dict[str, list[str]] = {}
    for name, version in re.findall(r"^([A-Za-z0-9._-]+)==([^ ]+)", LOCK, re.MULTILINE):
        versions.setdefault(canonicalize_name(name), []).append(version)
    return versions


@pytest.mark.parametrize("group", ["", "dev", "packaging"])
def test_the_lock_file_holds_what_the_project_asks_for(group: str) -> None:
    wanted = PROJECT["optional-dependencies"][group] if group else PROJECT["dependencies"]
    locked = locked_versions()
    for line in wanted:
        requirement = Requirement(line)
        for version in locked[canonicalize_name(requirement.name)]:
            assert version in requirement.specifier, f"run `make lock`: {line} but {version}"


def test_every_locked_package_has_hashes_and_none_has_an_address() -> None:
    entries = re.split(r"^(?=[A-Za-z0-9])", LOCK, flags=re.MULTILINE)[1:]
    assert all("--hash=sha256:" in entry for entry in entries)
    assert "://" not in LOCK
    assert not re.search(r"^\s*-", LOCK.replace("    --hash=", ""), re.MULTILINE)


def test_the_changelog_tells_about_this_version() -> None:
    assert f"\n## {PROJECT['version']}" in (ROOT / "CHANGELOG.md").read_text("utf-8")


def test_the_sample_texts_have_their_country() -> None:
    lines = (ROOT / "resources" / "sample" / "texts.jsonl").read_text("utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert len({row["text"] for row in rows}) == len(rows) == 3169
    assert all(row["meta"]["country"] and row["meta"]["region"] for row in rows)
    assert not [row for row in rows if re.search(r"<[a-z/]|&[a-z]+;|\s\s", row["text"])]


@pytest.mark.parametrize("kind", list(Kind))
def test_the_sample_recipes_start_from_terms_that_occur(kind: Kind) -> None:
    sample = ROOT / "resources" / "sample"
    recipe = json.loads((sample / f"{kind.value}.json").read_text("utf-8"))
    configuration = configuration_from_json(recipe["configuration"])
    assert configuration.kind is kind
    texts = (sample / "texts.jsonl").read_text("utf-8").lower()
    for label in configuration.labels:
        assert label.description
        assert not [term for term in label.terms if term.lower() not in texts]


def test_files_are_known_by_the_application_id_of_the_schema() -> None:
    types = ElementTree.parse(ROOT / "packaging" / "linux" / "al-desktop.xml")
    inner = "{*}mime-type/{*}magic/{*}match/{*}match"
    match = types.find(inner)
    assert match is not None
    assert match.get("offset") == "68"
    assert match.get("value") == APPLICATION_ID.to_bytes(4, "big").decode("ascii")


def test_the_manual_page_names_every_command(packaging_scripts: None) -> None:
    import man_page

    named = re.findall(r"^\.B ([a-z-]+)$", man_page.page().replace("\\-", "-"), re.MULTILINE)
    assert set(named) >= {command.name for command in COMMANDS}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: str(page.relative_to(ROOT)))
def test_links_between_pages_lead_somewhere(page: Path) -> None:
    links = re.findall(r"\]\(([^)#:]+)(?:#[^)]*)?\)", page.read_text("utf-8"))
    assert not [link for link in links if not (page.parent / link).exists()]


def test_every_part_that_is_shipped_has_its_licence(packaging_scripts: None) -> None:
    import components

    parts = components.all_components(["spacy", "numpy", "PySide6"], [])
    names = {part.name for part in parts}
    assert {"Python", "pyinstaller"} <= names
    wanted = {canonicalize_name(Requirement(line).name) for line in PROJECT["dependencies"]}
    assert wanted <= {canonicalize_name(name) for name in names}
    assert all(part.licence and part.text and part.purl.startswith("pkg:") for part in parts)


def test_every_typeface_is_in_the_licences_and_the_bill_of_materials(
    packaging_scripts: None, tmp_path: Path
) -> None:
    import components
    import licences
    import sbom

    families = {font.name.partition("-")[0] for font in (ROOT / "resources/fonts").glob("*.[ot]tf")}
    parts = list(components.repository_parts())
    assert {f"{family} (typeface)" for family in families} <= {part.name for part in parts}
    licences.write(parts, tmp_path / "licences.txt")
    sbom.write(parts, "1", tmp_path / "sbom.json")
    told = (tmp_path / "licences.txt").read_text("utf-8")
    shown = licence_texts()  # of a program run from source
    for family in families:
        assert f"{family} (typeface) " in told and f"{family} (typeface) " in shown
    assert "SIL OPEN FONT LICENSE" in told and "Creative Commons Attribution 3.0" in told
    bill = json.loads((tmp_path / "sbom.json").read_text("utf-8"))
    assert {"pkg:generic/inter@4", "pkg:generic/opendyslexic@2.001"} <= {
        part["purl"] for part in bill["components"]
    }


def test_libraries_linked_into_packages_are_listed(packaging_scripts: None) -> None:
    import components

    parts = {part.purl: part for part in components.python_packages(["tokenizers"])}
    crates = [part for purl, part in parts.items() if purl.startswith("pkg:cargo/")]
    assert len(crates) > 50
    assert all(part.licence and part.text.startswith("Copyright: ") for part in crates)
    assert any(purl.startswith("pkg:generic/icu@") for purl in parts) or sys.platform != "linux"
