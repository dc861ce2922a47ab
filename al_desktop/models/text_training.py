"""Trains the deliverable of text labels: a spaCy text classifier that does without this program.

It is distilled (Hinton et al. 2015): the model in the loop scores texts of the pool, and a small
model learns its log-odds. What it sees is words and pairs of words, and the mean of vectors that
say what words mean. It is solved for, not trained in epochs, and then put into layers that spaCy
and thinc have by name.
"""

from collections.abc import Generator, Iterable, Sequence
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.progress import Progress
from al_desktop.models.logistic import best_cut
from al_desktop.models.pipelines import blank_pipeline
from al_desktop.models.student import UNLIKE, Counts, Fitted, Student, fit
from al_desktop.models.text_features import Floats
from al_desktop.models.word_vectors import WordVectors

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENT = "textcat_multilabel"
BUCKETS = 262144
FOLDS = 4
"""Each text is judged by a fit to the others, to set where to accept from and to tell how far
the pipeline follows the model."""
MOST_WORDS = 30_000
"""That get a vector: the most frequent. The others count as the average word."""
_TOKENISED_AT_ONCE = 200


@dataclass(frozen=True, slots=True)
class Distilled:
    """A pipeline that fills `doc.cats`, and what pipelines made without each text say of it.

    accepted   bool[texts, labels]
    """

    nlp: "Language"
    accepted: NDArray[np.bool_]


def distil(
    language: str,
    labels: Sequence[str],
    contents: Sequence[str],
    targets: Floats,
    vectors: WordVectors,
) -> Generator[Progress, None, Distilled]:
    """Yields progress, then returns what was made.

    targets   float32[texts, labels], log-odds of each label; a text has it from 0 on
    """
    nlp = blank_pipeline(language)
    docs: list[Doc] = []
    for start in range(0, len(contents), _TOKENISED_AT_ONCE):
        docs += map(nlp.make_doc, contents[start : start + _TOKENISED_AT_ONCE])
        yield Progress("training texts", len(docs), len(contents))
    ngrams = _ngrams(docs)
    words, counts = _words(docs)
    student = Student(ngrams, counts, (yield from vectors.of(words)))
    # By lot, as texts may come in some order that repeats.
    fold = np.random.default_rng(0).permutation(len(docs)) % FOLDS
    accepted = np.zeros(targets.shape, np.bool_)
    fits: list[Fitted] = []
    for label in range(len(labels)):
        target = targets[:, label]
        odds = np.zeros(len(docs), np.float32)
        for apart in range(FOLDS):
            used = np.flatnonzero(fold != apart)
            odds[fold == apart] = student.odds(fit(student, used, target[used]))[fold == apart]
            yield Progress("fitting labels", label * (FOLDS + 1) + apart + 1, _fits(labels))
        cut = best_cut(odds, target >= 0)
        accepted[:, label] = odds >= cut
        fitted = student.fitted(fit(student, np.arange(len(docs)), target))
        fits.append(replace(fitted, bias=fitted.bias - cut))
        yield Progress("fitting labels", (label + 1) * (FOLDS + 1), _fits(labels))
    _add_classifier(nlp, labels, words, student)
    _set_weights(nlp, ngrams, student, fits)
    return Distilled(nlp, accepted)


def probabilities(nlp: "Language", labels: Sequence[str], contents: Sequence[str]) -> Floats:
    """float32[texts, labels] by a pipeline."""
    rows = [[nlp(content).cats[label] for label in labels] for content in contents]
    return np.array(rows, np.float32).reshape(len(contents), len(labels))


def architecture(labels: int, width: int, landmarks: int) -> dict[str, Any]:
    """Of layers that spaCy and thinc know by name. Those in a row are named in the order of the
    alphabet, so that the order survives any sorting of the file."""
    from spacy.attrs import LOWER

    ngrams = {"@layers": "spacy.extract_ngrams.v1", "ngram_size": 2, "attr": LOWER}
    linear = {"@layers": "SparseLinear.v2", "nO": labels, "length": BUCKETS}
    vectors = {
        "@layers": "spacy.StaticVectors.v2",
        "nO": width,
        "nM": width,
        "init_W": {"@initializers": "glorot_uniform_init.v1"},
        "dropout": None,
        "key_attr": "ORTH",
    }
    meaning = {
        "@layers": "chain.v1",
        "*": {
            "1_words": vectors,
            "2_mean": {"@layers": "reduce_mean.v1"},
            "3_direction": {"@layers": "LayerNorm.v1", "nI": width},
            "4_cosines": {"@layers": "Linear.v1", "nI": width, "nO": landmarks},
            "5_likeness": {"@layers": "sigmoid_activation.v1"},
            "6_odds": {"@layers": "Linear.v1", "nI": landmarks, "nO": labels},
        },
    }
    literal = {"@layers": "chain.v1", "*": {"1_ngrams": ngrams, "2_linear": linear}}
    odds = {"@layers": "add.v1", "*": {"literal": literal, "meaning": meaning}}
    probability = {"@layers": "sigmoid_activation.v1"}
    return {"@layers": "chain.v1", "*": {"1_odds": odds, "2_probability": probability}}


def _ngrams(docs: "Iterable[Doc]") -> Counts:
    """Words and pairs of words in lower case, as the pipeline itself will count them."""
    from spacy.attrs import LOWER
    from spacy.ml.extract_ngrams import extract_ngrams

    layer: Any = extract_ngrams(2, LOWER)
    nothing = np.empty(0, np.uint64), np.empty(0, np.float32)
    found = [layer.predict([doc])[:2] if len(doc) else nothing for doc in docs]
    return Counts.of(
        np.concatenate([keys for keys, _ in found]),
        np.concatenate([values for _, values in found]),
        [len(keys) for keys, _ in found],
    )


def _words(docs: "Sequence[Doc]") -> tuple[list[str], Counts]:
    """The most frequent words in lower case, and how often each text has them, divided by its
    number of words."""
    from spacy.attrs import LOWER

    keys = [np.unique(doc.to_array([LOWER]), return_counts=True) for doc in docs]
    counts = Counts.of(
        np.concatenate([each for each, _ in keys]),
        np.concatenate([n / n.sum() for _, n in keys]).astype(np.float32),
        [len(each) for each, _ in keys],
    ).most_frequent(MOST_WORDS)
    strings = docs[0].vocab.strings
    return [strings[int(key)] for key in counts.keys], counts


def _add_classifier(
    nlp: "Language", labels: Sequence[str], words: Sequence[str], student: Student
) -> None:
    from spacy.training import Example
    from spacy.vectors import Vectors

    # spaCy forgets on disk that vectors go by lower case, so each way of writing is a key.
    vectors = Vectors(strings=nlp.vocab.strings, data=student.vectors, name="word_vectors")
    for row, word in enumerate(words):
        for written in dict.fromkeys((word, word.capitalize(), word.upper())):
            vectors.add(nlp.vocab.strings.add(written), row=row)
    nlp.vocab.vectors = vectors
    landmarks, width = student.landmarks.shape
    model = architecture(len(labels), width, landmarks)
    component: Any = nlp.add_pipe(COMPONENT, config={"model": model, "threshold": 0.5})
    for label in labels:
        component.add_label(label)
    example = Example.from_dict(nlp.make_doc("a text"), {"cats": dict.fromkeys(labels, 0.0)})
    component.initialize(lambda: [example], nlp=nlp)


def _set_weights(nlp: "Language", ngrams: Counts, student: Student, fits: Sequence[Fitted]) -> None:
    layers = list(nlp.get_pipe(COMPONENT).model.walk())  # type: ignore[attr-defined]
    by_name = {layer.name: layer for layer in layers}
    cosines, odds = (layer for layer in layers if layer.name == "linear")
    landmarks, width = student.landmarks.shape
    by_name["static_vectors"].set_param("W", np.eye(width, dtype=np.float32))
    # What comes out of thinc's LayerNorm is that much longer than a direction.
    cosines.set_param("W", student.landmarks / np.float32(np.sqrt(width)))
    cosines.set_param("b", np.full(landmarks, -UNLIKE, np.float32))
    odds.set_param("W", np.stack([fitted.landmarks for fitted in fits]))
    odds.set_param("b", np.zeros(len(fits), np.float32))
    sparse = by_name["sparse_linear"]
    # The layer knows in which two buckets an n-gram counts, and its gradient adds to both.
    ones = np.ones(ngrams.columns, np.int32)
    _, backpropagate = sparse.begin_update((ngrams.keys, ones.astype(np.float32), ones))
    backpropagate(np.stack([fitted.ngrams for fitted in fits], axis=1) / 2)
    sparse.set_param("W", sparse.get_grad("W"))
    sparse.set_param("b", np.array([fitted.bias for fitted in fits], np.float32))


def _fits(labels: Sequence[str]) -> int:
    return len(labels) * (FOLDS + 1)
