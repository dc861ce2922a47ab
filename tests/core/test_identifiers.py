import itertools
import time
import uuid

from hypothesis import given
from hypothesis import strategies as st

from al_desktop.core.identifiers import uuid7


@given(st.lists(st.integers(min_value=0, max_value=2**47), min_size=1, max_size=50))
def test_identifiers_increase_whatever_the_clock_does(clock_ms: list[int]) -> None:
    made = [uuid7(at_ms) for at_ms in clock_ms]
    assert all(before < after for before, after in itertools.pairwise(made))
    for identifier in made:
        parsed = uuid.UUID(identifier)
        assert parsed.version == 7
        assert parsed.variant == uuid.RFC_4122
        assert identifier == parsed.hex


def test_many_within_a_millisecond() -> None:
    at_ms = 2**47 + 1
    made = [uuid7(at_ms) for _ in range(10_000)]
    assert made == sorted(set(made))
    assert {uuid.UUID(identifier).version for identifier in made} == {7}


def test_the_time_is_in_front() -> None:
    later_ms = 2**47 + 2**30
    assert int(uuid7(later_ms)[:12], 16) == later_ms
    assert len(uuid7(time.time_ns() // 1_000_000)) == 32
