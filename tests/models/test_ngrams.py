import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from al_desktop.models.ngrams import BUCKETS, NgramHasher

HASHER = NgramHasher(["the cat sat", "the dog ran", "the bird flew"])


def product(one, other):
    rows = HASHER.rows([one, other])
    literal = np.zeros(BUCKETS, np.float32)
    buckets, values = rows.row(0)
    literal[buckets] = values
    return float(rows.dot(literal)[1])


@given(st.lists(st.text(max_size=40), max_size=6))
def test_every_text_has_a_row_of_length_one(contents):
    rows = HASHER.rows(contents)
    assert len(rows) == len(contents)
    for index in range(len(contents)):
        buckets, values = rows.row(index)
        assert (np.diff(buckets.astype(np.int64)) > 0).all()
        assert np.isclose(np.linalg.norm(values), 1, atol=1e-4)


@given(st.lists(st.text(max_size=40), min_size=1, max_size=6))
def test_a_row_does_not_depend_on_its_neighbours(contents):
    together = HASHER.rows(contents).row(len(contents) - 1)
    alone = HASHER.rows(contents[-1:]).row(0)
    assert (together[0] == alone[0]).all()
    assert np.allclose(together[1], alone[1])


def test_texts_that_share_more_are_closer():
    assert product("the cat sat down", "the cat sat up") > product("the cat sat", "a dog ran off")
    assert product("refunds", "refunded") > product("refunds", "weather")
    assert product("Straße", "STRASSE".replace("SS", "ß")) > 0.99
    assert product("cat dog", "dog cat") < 0.95


def test_rare_words_weigh_more():
    assert product("the zebra", "zebra") > product("the zebra", "the")
