import numpy as np

from al_desktop.models.near_copies import NearCopies
from al_desktop.models.ngrams import NgramHasher
from al_desktop.models.text_features import TextFeatures
from al_desktop.models.vector_cache import quantise

WIDTH = 16


def test_near_copies_are_told_from_texts_that_only_look_alike():
    texts = ["Your code is 4711, call now", "Your code is 4712, call now", "Call soon, code 4!"]
    alike = np.ones((3, WIDTH), np.float32) / 4
    features = TextFeatures(3, WIDTH)
    features.add(*quantise(alike), NgramHasher(texts).rows(texts))
    assert not NearCopies(features, []).add(0)
    assert NearCopies(features, [1]).add(0)
    assert not NearCopies(features, [2]).add(0)
    seen = NearCopies(features, [])
    assert [seen.add(slot) for slot in (2, 0, 1)] == [False, False, True]
