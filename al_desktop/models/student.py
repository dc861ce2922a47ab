"""A small model that learns the log-odds of another one: kernel ridge regression.

Features of a text are its n-grams, counted, and how alike it is to some landmark texts, by the
direction of the mean of its words' vectors (Nystroem's method; Williams and Seeger 2001).
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.logistic import sigmoid
from al_desktop.models.text_features import Floats

PENALTY = 1.0
"""Of the squared length of the weights, beside 1 for a text's squared error."""
FAR = 4.0
"""Log-odds beyond this, either way, are as good as certain and not to be told apart."""
NEAR = -1.0
"""From these log-odds on a text's error weighs ..."""
NEAR_WEIGHS = 5.0
MOST_LANDMARKS = 1500
UNLIKE = 4.0
"""Taken from the cosine of a text and a landmark."""
SMALLEST = 1e-5
"""Of the largest eigenvalue: directions in which landmarks differ less say nothing."""
_MOST_STEPS = 200
_CLOSE_ENOUGH = 1e-3


@dataclass(frozen=True, slots=True)
class Counts:
    """How often texts have things, as a sparse matrix.

    keys      uint64[columns], all different
    column    int64[entries], by text
    value     float32[entries]
    text      int64[entries], ascending
    texts     how many there are
    """

    keys: NDArray[np.uint64]
    column: NDArray[np.int64]
    value: Floats
    text: NDArray[np.int64]
    texts: int

    @classmethod
    def of(cls, keys: NDArray[np.uint64], values: Floats, lengths: Sequence[int]) -> "Counts":
        """The entries of all texts, one text after the other, so many of each."""
        found, column = np.unique(keys, return_inverse=True)
        text = np.repeat(np.arange(len(lengths)), lengths)
        return cls(found, column, values.astype(np.float32), text, len(lengths))

    @property
    def columns(self) -> int:
        return len(self.keys)

    def rarity(self) -> Floats:
        """float32[columns] inverse document frequency."""
        having = np.bincount(self.column, minlength=self.columns)
        return (np.log((1 + self.texts) / (1 + having)) + 1).astype(np.float32)

    def most_frequent(self, most: int) -> "Counts":
        """With no more columns than that."""
        having = np.bincount(self.column, minlength=self.columns)
        kept = np.sort(np.argsort(-having, kind="stable")[:most])
        new = np.full(self.columns, -1)
        new[kept] = np.arange(len(kept))
        entries = new[self.column] >= 0
        return Counts(
            self.keys[kept],
            new[self.column[entries]],
            self.value[entries],
            self.text[entries],
            self.texts,
        )

    def times(self, weights: Floats) -> Floats:
        """float32[texts]: the sum of each text's values, weighed by column."""
        products = self.value * weights[self.column]
        return np.bincount(self.text, products, self.texts).astype(np.float32)

    def summed(self, coefficients: Floats) -> Floats:
        """float32[columns]: the sum of each column's values, weighed by text."""
        products = self.value * coefficients[self.text]
        return np.bincount(self.column, products, self.columns).astype(np.float32)


@dataclass(frozen=True, slots=True)
class Fitted:
    """log-odds = n-gram counts @ ngrams + likeness to landmarks @ landmarks + bias."""

    ngrams: Floats
    landmarks: Floats
    bias: float


class Student:
    """The features of texts. Both kinds have the same mean square, and rare n-grams weigh more.

    vectors     float32[words, width], centred
    landmarks   float32[landmarks, width], of length 1: the directions of some texts
    """

    def __init__(self, ngrams: Counts, words: Counts, vectors: Floats) -> None:
        """`words` holds shares of the words of a text, `vectors` a vector each."""
        self.texts = ngrams.texts
        self._ngrams = ngrams
        rarity = ngrams.rarity()
        squares = np.bincount(ngrams.text, (ngrams.value * rarity[ngrams.column]) ** 2)
        self._rarity = rarity / np.float32(np.sqrt(squares.sum() / self.texts))
        weight = words.summed(np.ones(self.texts, np.float32))
        self.vectors = vectors - weight @ vectors / weight.sum()
        texts = directions(np.stack([words.times(column) for column in self.vectors.T], axis=1))
        chosen = np.random.default_rng(0).permutation(self.texts)[:MOST_LANDMARKS]
        self.landmarks = texts[chosen]
        self._whitening = _whitening(likeness(self.landmarks, self.landmarks))
        self._means = likeness(texts, self.landmarks) @ self._whitening
        self._centre = self._means.mean(axis=0)
        self._means -= self._centre
        size = np.float32(max(float(np.sqrt((self._means**2).sum() / self.texts)), 1e-12))
        self._means /= size
        self._centre /= size
        self._whitening /= size

    def odds(self, coefficients: Floats) -> Floats:
        """float32[texts]: the kernel matrix of all texts times a vector."""
        literal = self._ngrams.times(self._ngrams.summed(coefficients) * self._rarity**2)
        meaning: Floats = self._means @ (coefficients @ self._means)
        return literal + meaning + np.float32(coefficients.sum())

    def fitted(self, coefficients: Floats) -> Fitted:
        """The model that a combination of the texts stands for."""
        weights = coefficients @ self._means
        return Fitted(
            self._ngrams.summed(coefficients) * self._rarity**2,
            self._whitening @ weights,
            float(coefficients.sum() - self._centre @ weights),
        )


def directions(means: Floats) -> Floats:
    """Rows of length 1, or 0 where they were, as thinc's LayerNorm makes them but for their
    length."""
    variance = means.var(axis=1, keepdims=True) + np.float32(1e-8)
    centred = means - means.mean(axis=1, keepdims=True)
    found: Floats = centred / np.sqrt(variance * np.float32(means.shape[1]))
    return found


def likeness(texts: Floats, landmarks: Floats) -> Floats:
    """float32[texts, landmarks]: the logistic function of the cosine, low enough to be all but an
    exponential: a radial basis function on the sphere, of a layer that any network has."""
    return sigmoid(texts @ landmarks.T - np.float32(UNLIKE))


def _whitening(gram: Floats) -> Floats:
    """float32[landmarks, k] that turns likeness into features whose products are the kernel."""
    values, vectors = np.linalg.eigh(gram.astype(np.float64))
    used = values > SMALLEST * values[-1]
    found: Floats = (vectors[:, used] / np.sqrt(values[used])).astype(np.float32)
    return found


def fit(student: Student, texts: NDArray[np.int64], targets: Floats) -> Floats:
    """float32[texts of the student], 0 but for these texts: the combination that comes near to
    these log-odds on them, by conjugate gradients."""
    wanted = np.clip(targets, -FAR, FAR)
    root = np.sqrt(np.where(targets > NEAR, NEAR_WEIGHS, 1.0)).astype(np.float32)

    def image(solution: Floats) -> Floats:
        whole = np.zeros(student.texts, np.float32)
        whole[texts] = root * solution
        return root * student.odds(whole)[texts] + np.float32(PENALTY) * solution

    solution = np.zeros(len(texts), np.float32)
    residual = root * wanted
    direction = residual
    squared = float(residual @ residual)
    enough = _CLOSE_ENOUGH**2 * squared
    for _ in range(_MOST_STEPS):
        if squared <= enough:
            break
        along = image(direction)
        size = np.float32(squared / float(direction @ along))
        solution = solution + size * direction
        residual = residual - size * along
        new = float(residual @ residual)
        direction = residual + np.float32(new / squared) * direction
        squared = new
    coefficients = np.zeros(student.texts, np.float32)
    coefficients[texts] = root * solution
    return coefficients
