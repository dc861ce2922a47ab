import numpy as np
import pytest

from al_desktop.models import text_features
from al_desktop.models.examples import BIAS, NGRAM_WEIGHT, Examples
from al_desktop.models.logistic import balanced, fit_dual
from al_desktop.models.ngrams import BUCKETS, NgramHasher
from al_desktop.models.text_features import TextFeatures
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


def model(filled, chosen):
    examples = Examples(filled)
    places = examples.places(chosen)
    gram = examples.gram(places)
    accepted = np.arange(len(chosen)) % 3 == 0
    coefficients = fit_dual(gram, accepted, balanced(accepted, 10.0))
    return examples.weights(places, coefficients), gram, coefficients


def test_the_linear_model_and_the_kernel_agree():
    filled = features()
    chosen = [3, 17, 5, 30, 31, 32, 33, 6, 9, 11, 12, 13, 20, 21, 22, 23, 24, 25, 39]
    weights, gram, coefficients = model(filled, chosen)
    assert np.allclose(np.diag(gram), 1 + NGRAM_WEIGHT + BIAS, atol=0.02)
    assert np.allclose(filled.odds(weights)[chosen], gram @ coefficients, atol=2e-3)


def test_many_examples_at_once_are_the_same_as_one_by_one(monkeypatch):
    monkeypatch.setattr("al_desktop.models.examples._ADDED_AT_ONCE", 8)
    monkeypatch.setattr("al_desktop.models.examples._ROWS", 3)
    filled = features()
    chosen = [*range(39, 4, -1), 20]
    at_once = Examples(filled)
    at_once.places([0, 1, 2])
    one_by_one = Examples(filled)
    for slot in chosen:
        one_by_one.places([slot])
    gram = at_once.gram(at_once.places(chosen))
    assert np.allclose(gram, one_by_one.gram(one_by_one.places(chosen)), atol=1e-5)
    ngrams = filled.ngrams(chosen)
    literal = np.zeros((len(chosen), BUCKETS))
    np.maximum.at(literal, (np.arange(len(chosen))[:, None], ngrams.buckets), ngrams.values)
    vectors = filled.vectors(chosen)
    expected = vectors @ vectors.T + NGRAM_WEIGHT * literal @ literal.T + BIAS
    assert np.allclose(gram, expected, atol=1e-5)


def test_examples_keep_their_place_and_forget_what_nobody_asks_for(monkeypatch):
    monkeypatch.setattr("al_desktop.models.examples._SPARE", 2)
    examples = Examples(features())
    first = examples.places([4, 2])
    gram = examples.gram(first)
    assert examples.places([4, 2, 8]).tolist()[:2] == first.tolist()
    assert (examples.gram(first) == gram).all()
    examples.places([5, 6, 7, 8])
    assert np.allclose(examples.gram(examples.places([4, 2])), gram)


def test_with_many_texts_those_in_doubt_and_the_highest_are_exact(monkeypatch):
    filled = features()
    weights, _, _ = model(filled, list(range(0, 40, 2)))
    exact = filled.odds(weights)
    monkeypatch.setattr(text_features, "EXACT", 16)
    quick = filled.odds(weights)
    same = np.isclose(quick, exact, atol=1e-3)
    assert 8 <= same.sum() < 40
    assert np.abs(quick - exact).max() < 4


def test_texts_beyond_the_room_for_ngrams_still_have_odds(monkeypatch):
    monkeypatch.setattr(text_features, "MOST_WITH_NGRAMS", 20)
    monkeypatch.setattr(text_features, "EXACT", 16)
    filled = features()
    weights, _, _ = model(filled, list(range(40)))
    assert np.isfinite(filled.odds(weights)).all()
    assert not filled.ngrams([30]).values.any()


def test_nearest_is_the_highest_product():
    filled = features()
    vectors = filled.vectors([3, 9])
    assert filled.nearest(vectors)[[3, 9]] == pytest.approx([1, 1], abs=0.02)
    expected = (filled.vectors(list(range(40))) @ vectors.T).max(axis=1)
    assert np.allclose(filled.nearest(vectors), expected, atol=1e-5)
    assert np.allclose(filled.nearest(vectors[:1]), filled.vectors(range(40)) @ vectors[0])
