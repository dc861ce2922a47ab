"""Which texts are reserved: a random share, the same in every file, never one learned from."""

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from al_desktop.core.questions import text_key
from al_desktop.core.reserve import reserved

KEYS = [text_key(f"text {number}") for number in range(4000)]


def chosen(keys, share=0.2, at_most=2000):
    return {key for key, apart in zip(keys, reserved(keys, share, at_most), strict=True) if apart}


def test_the_share_is_about_right_and_the_limit_holds():
    assert 0.17 < len(chosen(KEYS)) / len(KEYS) < 0.23
    assert len(chosen(KEYS, at_most=300)) == 300
    assert not chosen(KEYS, share=0.0)
    assert chosen([]) == set()


def test_a_salt_gives_other_texts():
    other = reserved(KEYS, 0.2, 2000, salt=1)
    both = np.count_nonzero(other & reserved(KEYS, 0.2, 2000))
    assert 0.02 * len(KEYS) < both < 0.06 * len(KEYS)


@given(
    st.lists(st.sampled_from(KEYS), unique=True, max_size=200),
    st.lists(st.sampled_from(KEYS), unique=True, max_size=200),
    st.integers(1, 60),
    st.randoms(),
)
def test_after_a_merge_only_what_was_reserved_in_both_files_is(one, other, at_most, random):
    together = list(dict.fromkeys([*one, *other]))
    random.shuffle(together)
    now = chosen(together, at_most=at_most)
    assert now & set(one) <= chosen(one, at_most=at_most)
    assert now & set(other) <= chosen(other, at_most=at_most)
