import numpy as np

from al_desktop.models.logistic import fit_dual
from al_desktop.models.ngrams import NgramHasher
from al_desktop.models.text_features import BIAS, NGRAM_WEIGHT, Examples, TextFeatures
from al_desktop.models.vector_cache import quantise

TEXTS = [f"text number {i} about {'refunds' if i % 3 else 'the weather'}" for i in range(40)]
WIDTH = 16


def features():
    vectors = np.random.default_rng(0).normal(size=(len(TEXTS), WIDTH)).astype(np.float32)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    hasher = NgramHasher(TEXTS)
    filled = TextFeatures(len(TEXTS), WIDTH)
    for start in range(0, len(TEXTS), 7):
        part = slice(start, start + 7)
        filled.add(*quantise(vectors[part]), hasher.rows(TEXTS[part]))
    return filled


def test_the_linear_model_and_the_kernel_agree():
    filled = features()
    examples = Examples(filled)
    chosen = [3, 17, 5, 30, 31, 32, 33, 6, 9, 11, 12, 13, 20, 21, 22, 23, 24, 25, 39]
    places = examples.places(chosen)
    gram = examples.gram(places)
    assert np.allclose(np.diag(gram), 1 + NGRAM_WEIGHT + BIAS, atol=0.02)
    coefficients = fit_dual(gram, np.arange(len(chosen)) % 3 == 0, 10.0)
    weights = examples.weights(places, coefficients)
    odds = filled.odds(weights)
    assert np.allclose(odds[chosen], gram @ coefficients, atol=1e-3)
    assert np.allclose(filled.odds(weights, first=33), odds[33:], atol=1e-5)


def test_examples_keep_their_place():
    examples = Examples(features())
    first = examples.places([4, 2])
    gram = examples.gram(first)
    assert examples.places([4, 2, 8]).tolist()[:2] == first.tolist()
    assert (examples.gram(first) == gram).all()


def test_near_copies_are_told_from_texts_that_only_look_alike():
    texts = ["Your code is 4711, call now", "Your code is 4712, call now", "Call now, code 4711!"]
    alike = np.ones((3, WIDTH), np.float32) / 4
    filled = TextFeatures(3, WIDTH)
    filled.add(*quantise(alike), NgramHasher(texts).rows(texts))
    assert filled.is_near_copy(0, [1])
    assert not filled.is_near_copy(0, [2])
    assert not filled.is_near_copy(0, [])
