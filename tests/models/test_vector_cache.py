import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from al_desktop.core.questions import text_key
from al_desktop.models.vector_cache import VectorCache, quantise

WIDTH = 8
KEYS = [text_key(str(i)) for i in range(30)]


def vectors(count, seed=0):
    return quantise(np.random.default_rng(seed).normal(size=(count, WIDTH)).astype(np.float32))


@given(arrays(np.float32, (3, WIDTH), elements=st.floats(-1e3, 1e3, width=32)))
def test_quantised_rows_stay_close(original):
    rows, scales = quantise(original)
    assert (np.abs(rows * scales[:, None] - original) <= scales[:, None] * 0.51).all()


def test_vectors_survive_a_restart(tmp_path):
    rows, scales = vectors(20)
    first = VectorCache(tmp_path / "cache", "model", WIDTH)
    assert not first.get_many(KEYS)[0].any()
    first.put_many(KEYS[:10], rows[:10], scales[:10])
    assert first.get_many(KEYS)[0].sum() == 10
    first.put_many(KEYS[10:20], rows[10:], scales[10:])
    for cache in (first, VectorCache(tmp_path / "cache", "model", WIDTH)):
        found, got_rows, got_scales = cache.get_many(KEYS[::-1])
        assert found.tolist() == [False] * 10 + [True] * 20
        assert (got_rows[10:][::-1] == rows).all()
        assert (got_scales[10:][::-1] == scales).all()


def test_the_file_may_be_deleted_and_starts_again(tmp_path):
    rows, scales = vectors(5)
    cache = VectorCache(tmp_path, "model", WIDTH)
    cache.put_many(KEYS[:5], rows, scales)
    assert cache.get_many(KEYS[:5])[0].all()
    (file,) = tmp_path.iterdir()
    file.unlink()
    assert not cache.get_many(KEYS[:5])[0].any()
    cache.put_many(KEYS[5:10], rows, scales)
    found, got, _ = cache.get_many(KEYS[:10])
    assert found.tolist() == [False] * 5 + [True] * 5
    assert (got[5:] == rows).all()


def test_a_file_that_grew_again_is_indexed_anew(tmp_path):
    rows, scales = vectors(10)
    cache = VectorCache(tmp_path, "model", WIDTH)
    cache.put_many(KEYS[:5], rows[:5], scales[:5])
    for start, stop in ((10, 15), (18, 27)):  # as long as before, then longer
        assert cache.get_many(KEYS[:5])[0].any() == (start == 10)
        (file,) = tmp_path.iterdir()
        file.unlink()
        count = stop - start
        cache.put_many(KEYS[start:stop], rows[:count], scales[:count])
        found, got, _ = cache.get_many(KEYS)
        assert np.flatnonzero(found).tolist() == list(range(start, stop))
        assert (got[start:stop] == rows[:count]).all()


@pytest.mark.parametrize("unsorted", [0, 1, 5, 12, 100])
def test_the_first_of_a_key_is_found_among_sorted_and_unsorted_ones(
    tmp_path, monkeypatch, unsorted
):
    monkeypatch.setattr("al_desktop.models.vector_cache._MOST_UNSORTED", unsorted)
    rows, scales = vectors(90)
    caches = VectorCache(tmp_path, "model", WIDTH), VectorCache(tmp_path, "model", WIDTH)
    first = {}
    drawn = np.random.default_rng(1).integers(0, 25, (30, 3))
    for batch, numbers in enumerate(drawn.tolist()):
        part = slice(batch * 3, batch * 3 + 3)
        caches[batch % 2].put_many([KEYS[n] for n in numbers], rows[part], scales[part])
        for row, number in enumerate(numbers, batch * 3):
            first.setdefault(number, row)
        for cache in caches[: 1 + batch % 3]:  # one takes in more at once than the other
            found, got, got_scales = cache.get_many(KEYS)
            assert np.flatnonzero(found).tolist() == sorted(first)
            for number, row in first.items():
                assert (got[number] == rows[row]).all()
                assert got_scales[number] == scales[row]


def test_a_torn_record_is_skipped(tmp_path):
    rows, scales = vectors(4)
    cache = VectorCache(tmp_path, "model", WIDTH)
    cache.put_many(KEYS[:3], rows[:3], scales[:3])
    (file,) = tmp_path.iterdir()
    file.write_bytes(file.read_bytes()[:-5])
    again = VectorCache(tmp_path, "model", WIDTH)
    again.put_many(KEYS[3:4], rows[3:], scales[3:])
    found, got, _ = again.get_many(KEYS[:4])
    assert found.tolist() == [True, True, False, True]
    assert (got[3] == rows[3]).all()


def test_an_unwritable_folder_is_no_error(tmp_path):
    blocked = tmp_path / "file"
    blocked.write_text("not a folder")
    cache = VectorCache(blocked / "cache", "model", WIDTH)
    cache.put_many(KEYS[:2], *vectors(2))
    assert not cache.get_many(KEYS[:2])[0].any()
