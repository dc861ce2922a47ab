import numpy as np

from al_desktop.models.encoder import Encoder
from al_desktop.models.word_vectors import WordVectors
from al_desktop.paths import resources


def finished(steps):
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            return stop.value


def alone(words):
    return np.eye(4, dtype=np.float32)[[len(word) - 1 for word in words]]


def test_a_word_means_what_it_means_where_it_stands():
    def in_context(contents, starts):
        return [np.full((len(each), 4), 3, np.float32) for each in starts]

    vectors = WordVectors(alone)
    assert finished(vectors.of(["a", "bb"])).tolist() == alone(["a", "bb"]).tolist()
    list(vectors.read(in_context, "en", ["A a bb", "a"]))
    a, other = finished(vectors.of(["a", "ccc"]))
    # Three places in texts and one of the word alone, which is as long as those are.
    assert np.allclose(a, (3 * np.full(4, 3) + [6, 0, 0, 0]) / 4)
    assert np.allclose(other, [0, 0, 6, 0])


def test_words_in_context_add_up_to_the_text():
    encoder = Encoder.load(resources() / "encoder" / "vocab.txt")
    content = "Where's my refund, unbelievable people?"
    starts = [0, 5, 8, 11, 17, 19, 32, 38]
    (words,), (sentence,) = encoder.in_context([content], [starts]), encoder.sentences([content])
    assert words.shape == (8, 384)
    total = words.mean(axis=0)
    assert total @ sentence / np.linalg.norm(total) > 0.9
    assert (
        encoder.in_context(["", "word " * 300], [[], [5 * i for i in range(300)]])[1].any(1).sum()
        == 254
    )
