import json
from pathlib import Path

import pytest
import spacy

from al_desktop.core.configuration import BUNDLED_BASE
from al_desktop.core.errors import KnownError
from al_desktop.models.pipeline_meta import LANGUAGES, installed_pipelines, pipeline_meta
from al_desktop.models.pipelines import load_pipeline


def test_the_bundled_pipeline_says_what_it_knows() -> None:
    first = next(iter(installed_pipelines()))
    assert (first.base, first.language) == (BUNDLED_BASE, "en")
    assert set(first.labels) == set(load_pipeline(BUNDLED_BASE).get_pipe("ner").labels)


def test_a_folder_is_asked_without_loading_it(tmp_path: Path) -> None:
    nlp = spacy.blank("de")
    nlp.add_pipe("ner").add_label("WARE")
    nlp.initialize()
    nlp.to_disk(tmp_path / "model")
    assert pipeline_meta(str(tmp_path / "model")).labels == ("WARE",)
    assert pipeline_meta(str(tmp_path / "model")).language == "de"
    file = tmp_path / "model" / "meta.json"
    file.write_text(json.dumps({"lang": "de", "name": "x", "labels": {}}), encoding="utf-8")
    with pytest.raises(KnownError, match="no entity recogniser"):
        pipeline_meta(str(tmp_path / "model"))
    file.write_text("[]", encoding="utf-8")
    with pytest.raises(KnownError, match="can't be read"):
        pipeline_meta(str(tmp_path / "model"))


@pytest.mark.parametrize("base", ["no_such_package", "../etc", "a.b", ""])
def test_what_is_not_there_is_said(base: str) -> None:
    with pytest.raises(KnownError):
        pipeline_meta(base)


def test_the_languages_are_those_of_spacy() -> None:
    folder = Path(spacy.__file__).parent / "lang"
    found = {each.name for each in folder.iterdir() if (each / "__init__.py").is_file()}
    assert set(LANGUAGES) == found
