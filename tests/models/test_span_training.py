import json
import re
from collections.abc import Sequence
from pathlib import Path

import numpy as np
import pytest
import spacy
from numpy.typing import NDArray

from al_desktop.core.configuration import BUNDLED_BASE, Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.progress import Progress
from al_desktop.core.questions import Kind
from al_desktop.models.deliverable import Trained
from al_desktop.models.span_training import LabelledText, distil

FOODS = ("rice", "garlic", "brown sugar", "salt", "chicken")
CONFIGURATION = Configuration(Kind.SPANS, (Label("F", "FOOD"),))


def texts() -> list[LabelledText]:
    made = []
    for food in FOODS:
        for before in ("We cooked ", "Add some ", "They never eat "):
            for after in (" today.", " with water.", " at home in Rome."):
                start, end = len(before), len(before) + len(food)
                made.append(LabelledText(before + food + after, ((start, end, "FOOD"),), ()))
    made.append(LabelledText("Salsa?", (), ((0, 5),)))
    return made


class Cook:
    """Knows its foods wherever they stand, and words by their letters."""

    def word_vectors(self, words: Sequence[str]) -> NDArray[np.float32]:
        counts = [[word.count(chr(97 + i)) for i in range(26)] for word in words]
        return np.array(counts, np.float32).repeat(4, axis=1)

    def label(self, contents: Sequence[str]) -> list[LabelledText]:
        return [
            LabelledText(
                content,
                tuple(
                    (found.start(), found.end(), "FOOD")
                    for found in re.finditer("|".join(FOODS), content)
                ),
                (),
            )
            for content in contents
        ]


def card(trained: Trained) -> str:
    return f"Agrees: {trained.f1:.3f}"


def run(destination: Path, configuration: Configuration, keep_base: bool = False) -> Trained:
    *progress, trained = distil(
        texts(), Cook(), configuration, destination, keep_base, {"name": "food"}, card
    )
    assert isinstance(trained, Trained)
    steps: dict[str, list[int]] = {}
    for each in progress:
        assert isinstance(each, Progress)
        steps.setdefault(each.what, []).append(each.done)
    assert list(steps) == [
        "encoding words",
        "fitting words",
        "making up sentences",
        "training texts",
    ]
    assert all(done == sorted(done) for done in steps.values())
    assert steps["training texts"][-1] == progress[-1].total  # type: ignore[union-attr]
    return trained


def test_spacy_opens_the_folder_and_finds_what_was_taught(tmp_path: Path) -> None:
    trained = run(tmp_path / "model", CONFIGURATION)
    assert trained.f1 > 0.8
    nlp = spacy.load(tmp_path / "model")
    doc = nlp("Add some garlic with water.")
    assert [(ent.text, ent.label_) for ent in doc.ents] == [("garlic", "FOOD")]
    meta = json.loads((tmp_path / "model" / "meta.json").read_text(encoding="utf-8"))
    assert meta["name"] == "food"
    assert meta["performance"]["agreement_f"] == trained.f1
    assert (tmp_path / "model" / "README.md").read_text(encoding="utf-8") == card(trained)
    assert [path.name for path in tmp_path.iterdir()] == ["model"]
    run(tmp_path / "again", CONFIGURATION)
    for part in ("ner/model", "vocab/vectors"):
        assert (tmp_path / "again" / part).read_bytes() == (tmp_path / "model" / part).read_bytes()


def test_the_base_keeps_its_own_labels_beside(tmp_path: Path) -> None:
    configuration = Configuration(Kind.SPANS, (Label("F", "FOOD"),), base=BUNDLED_BASE)
    trained = run(tmp_path / "model", configuration, keep_base=True)
    assert trained.base_kept is None or 0.5 < trained.base_kept <= 1.0
    doc = spacy.load(tmp_path / "model")("They never eat garlic at home in Rome.")
    assert {(ent.text, ent.label_) for ent in doc.ents} == {("garlic", "FOOD"), ("Rome", "GPE")}


def test_cancelling_leaves_nothing(tmp_path: Path) -> None:
    steps = distil(texts(), Cook(), CONFIGURATION, tmp_path / "model", False, {}, card)
    next(steps)
    steps.close()
    assert list(tmp_path.iterdir()) == []


def test_nothing_to_learn_and_a_name_taken_are_said(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match="nothing to train on"):
        next(
            distil(
                [LabelledText("a", (), ())],
                Cook(),
                CONFIGURATION,
                tmp_path / "model",
                False,
                {},
                card,
            )
        )
    with pytest.raises(KnownError, match="exists already"):
        next(distil(texts(), Cook(), CONFIGURATION, tmp_path, False, {}, card))
