import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from al_desktop.models.ngrams import BUCKETS, MOST_NGRAMS, NgramHasher

HASHER = NgramHasher(["the cat sat", "the dog ran", "the bird flew"])


def product(one, other):
    rows = HASHER.rows([one, other])
    literal = np.zeros(BUCKETS, np.float32)
    np.maximum.at(literal, rows.buckets[0], rows.values[0])
    return float(literal[rows.buckets[1]] @ rows.values[1])


@given(st.lists(st.text(max_size=40), max_size=6))
def test_every_text_has_a_row_of_length_one(contents):
    rows = HASHER.rows(contents)
    assert len(rows) == len(contents)
    assert rows.buckets.shape == rows.values.shape == (len(contents), MOST_NGRAMS)
    assert np.allclose(np.linalg.norm(rows.values, axis=1), 1, atol=1e-4)
    assert (np.diff(rows.values, axis=1) <= 1e-7).all()


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_a_row_does_not_depend_on_its_neighbours(contents):
    together = HASHER.rows(contents)
    alone = HASHER.rows(contents[-1:])
    assert (together.buckets[-1] == alone.buckets[0]).all()
    assert np.allclose(together.values[-1], alone.values[0])


def test_of_a_long_text_the_weightiest_ngrams_stay():
    words = [f"word{letter}" for letter in "abcdefghijklmnopqrstuvwxyz"]
    rows = HASHER.rows([" ".join(words), " ".join(words[:4])])
    assert (rows.values[0] > 0).all()
    assert not (rows.values[1] > 0).all()


def test_texts_that_share_more_are_closer():
    assert product("the cat sat down", "the cat sat up") > product("the cat sat", "a dog ran off")
    assert product("refunds", "refunded") > product("refunds", "weather")
    assert product("code 4711", "code 8262") > 0.99
    assert product("cat dog", "dog cat") < 0.95


def test_rare_words_weigh_more():
    assert product("the zebra", "zebra") > product("the zebra", "the")
