import numpy as np

from al_desktop.models.pipelines import blank_pipeline
from al_desktop.models.span_features import (
    TABLE_SIZE,
    TokenScale,
    dequantise,
    lexical_features,
    token_vectors,
    token_words,
)
from al_desktop.paths import resources

NLP = blank_pipeline("en")


def test_a_token_is_the_mean_of_the_word_pieces_it_overlaps() -> None:
    pieces = np.array([[1.0], [3.0], [8.0]], np.float32)
    offsets = np.array([[0, 3], [3, 6], [7, 9]], np.int32)
    places = np.array([[0, 6], [6, 7], [7, 9]], np.int32)
    assert token_vectors(pieces, offsets, places).ravel().tolist() == [2.0, 4.0, 8.0]
    nothing = token_vectors(np.empty((0, 1), np.float32), np.empty((0, 2), np.int32), places)
    assert nothing.ravel().tolist() == [0.0, 0.0, 0.0]


def test_standardised_vectors_come_back_within_one_step() -> None:
    scale = TokenScale(resources() / "encoder" / "token_scale.npy")
    random = np.random.default_rng(0)
    mean, deviation = np.load(resources() / "encoder" / "token_scale.npy")
    standard = random.uniform(-4, 4, (5, 384)).astype(np.float32)
    back = dequantise(scale.quantise(standard * deviation + mean))
    assert np.abs(back - standard).max() < 4 / 127


def test_features_depend_on_the_words_and_not_on_other_texts() -> None:
    starts, ends = np.array([2]), np.array([4])
    alone, firsts = token_words([NLP.make_doc("In New York today")])
    one, surface = lexical_features(alone, starts + firsts[0] - 1, ends + firsts[0] - 1, 5)
    docs = [NLP.make_doc("Elsewhere."), NLP.make_doc("In New York today")]
    beside, firsts = token_words(docs)
    two, again = lexical_features(beside, starts + firsts[1] - 1, ends + firsts[1] - 1, 5)
    np.testing.assert_array_equal(one, two)
    np.testing.assert_array_equal(surface, again)
    lower, _ = token_words([NLP.make_doc("in NEW york today")])
    _, same = lexical_features(lower, starts + 1, ends + 1, 5)
    np.testing.assert_array_equal(surface, same)
    assert one.max() < TABLE_SIZE
