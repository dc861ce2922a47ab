import numpy as np
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
