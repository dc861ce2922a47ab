import numpy as np
import pytest

from al_desktop.models.student import Counts, Student, directions, fit, likeness


def counts(matrix):
    """Of a dense matrix; columns are keys."""
    texts, columns = np.nonzero(matrix)
    lengths = np.bincount(texts, minlength=len(matrix)).tolist()
    return Counts.of(columns.astype(np.uint64), matrix[texts, columns], lengths)


def features(seed=0, texts=40, columns=12):
    random = np.random.default_rng(seed)
    ngrams = random.integers(0, 3, (texts, columns)).astype(np.float32)
    words = random.random((texts, columns)).astype(np.float32)
    return counts(ngrams), counts(words), random.normal(size=(columns, 5)).astype(np.float32)


def test_what_is_delivered_says_what_was_fitted():
    ngrams, words, vectors = features()
    found = Student(ngrams, words, vectors)
    coefficients = np.random.default_rng(1).normal(size=found.texts).astype(np.float32)
    fitted = found.fitted(coefficients)
    means = np.stack([words.times(column) for column in found.vectors.T], axis=1)
    alike = likeness(directions(means), found.landmarks)
    odds = ngrams.times(fitted.ngrams) + alike @ fitted.landmarks + fitted.bias
    assert np.allclose(odds, found.odds(coefficients), atol=1e-2)


def test_it_learns_what_it_can_say():
    found = Student(*features())
    targets = found.odds(np.random.default_rng(2).normal(size=found.texts).astype(np.float32))
    targets = 2 * (targets - targets.mean()) / targets.std()
    learned = found.odds(fit(found, np.arange(found.texts), targets))
    assert np.corrcoef(learned, np.clip(targets, -4, 4))[0, 1] > 0.9


def test_texts_without_known_words_have_no_direction():
    found = directions(np.zeros((1, 5), np.float32))
    assert not found.any()


def test_what_alike_words_mean_goes_for_a_word_not_trained_on():
    # Texts of one word each; words 0 to 9 are alike, and so are 10 to 19.
    vectors = np.zeros((20, 2), np.float32)
    vectors[:10, 0] = vectors[10:, 1] = 1
    texts = np.eye(20, dtype=np.float32)
    found = Student(counts(texts), counts(texts), vectors)
    targets = np.where(np.arange(20) < 10, 2.0, -2.0).astype(np.float32)
    used = np.r_[1:10, 11:20]
    odds = found.odds(fit(found, used, targets[used]))
    assert odds[0] > 0 > odds[10]


def test_only_the_most_frequent_columns_stay():
    kept = counts(np.array([[1, 2, 0], [1, 0, 0], [1, 1, 1]], np.float32)).most_frequent(2)
    assert kept.keys.tolist() == [0, 1]
    assert kept.times(np.array([1, 10], np.float32)) == pytest.approx([21, 1, 11])
    assert kept.summed(np.ones(3, np.float32)) == pytest.approx([3, 3])
