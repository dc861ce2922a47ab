from pathlib import Path

import pytest

from al_desktop.core.configuration import BUNDLED_BASE
from al_desktop.core.errors import KnownError
from al_desktop.models.pipelines import BaseProposer, blank_pipeline, load_pipeline


@pytest.mark.parametrize("language", ["en", "de", "zh", "ar", "ja", "ko", "vi", "th", "xx"])
def test_every_language_tokenises_without_extra_packages(language: str) -> None:
    text = "Grüße an 看似 ดีครับ مرحبا 😀"
    doc = blank_pipeline(language).make_doc(text)
    assert doc.text == text
    assert len(doc) > 3


def test_an_unknown_language_is_named() -> None:
    with pytest.raises(KnownError, match='"qq"'):
        blank_pipeline("qq")


def test_the_bundled_pipeline_proposes_entities_with_probabilities() -> None:
    proposer = BaseProposer(load_pipeline(BUNDLED_BASE))
    text = "Angela Merkel flew to Paris."
    proposals = proposer.propose([proposer.nlp.make_doc(""), proposer.nlp.make_doc(text)])
    assert proposals[0] == []
    labels = {(p.start, p.end): p.label for p in proposals[1]}
    assert labels[0, 2] == "PERSON"
    assert labels[4, 5] == "GPE"
    assert all(0.0 <= p.probability <= 1.0 for p in proposals[1])
    assert {"PERSON", "GPE"} <= set(proposer.labels)


def test_a_missing_or_unfit_pipeline_is_named(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="was not found"):
        load_pipeline("no_such_package")
    with pytest.raises(KnownError, match="has no config"):
        load_pipeline(str(tmp_path))
    blank_pipeline("en").to_disk(tmp_path / "empty")
    with pytest.raises(KnownError, match="no entity recogniser"):
        load_pipeline(str(tmp_path / "empty"))
