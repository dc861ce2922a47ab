from pathlib import Path

import numpy as np

from al_desktop.models.token_cache import TokenCache

KEYS = ["a" * 32, "b" * 32, "c" * 32]
ROWS = [np.full((n, 4), n, np.int8) for n in (3, 0, 2)]


def test_rows_survive_a_restart(tmp_path: Path) -> None:
    TokenCache(tmp_path / "cache", "tokens", 4).put_many(KEYS, ROWS)
    again = TokenCache(tmp_path / "cache", "tokens", 4)
    assert again.get_many(["d" * 32]) == [None]
    found = again.get_many(KEYS[::-1])
    for rows, wanted in zip(found, ROWS[::-1], strict=True):
        assert rows is not None
        np.testing.assert_array_equal(rows, wanted)


def test_deleted_torn_and_unwritable_files_are_no_error(tmp_path: Path) -> None:
    cache = TokenCache(tmp_path, "tokens", 4)
    cache.put_many(KEYS[:1], ROWS[:1])
    assert cache.get_many(KEYS[:1])[0] is not None
    with (tmp_path / "tokens.rows").open("ab") as file:
        file.write(b"abc")
    with (tmp_path / "tokens.index").open("ab") as file:
        file.write(b"torn")
    cache.put_many(KEYS[2:], ROWS[2:])
    (found,) = TokenCache(tmp_path, "tokens", 4).get_many(KEYS[2:])
    assert found is not None
    np.testing.assert_array_equal(found, ROWS[2])
    (tmp_path / "tokens.rows").unlink()
    (tmp_path / "tokens.index").unlink()
    assert cache.get_many(KEYS) == [None, None, None]
    (tmp_path / "file").write_text("not a folder")
    TokenCache(tmp_path / "file", "tokens", 4).put_many(KEYS, ROWS)
