"""The self-test tells what went wrong; that all passes is tested with the offline journey."""

import pytest

from al_desktop import selftest


def test_a_failed_step_is_reported_and_ends_that_journey(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(selftest, "ANSWERS", -1)
    steps = list(selftest.run())
    failed = [step for step in steps if step.failure]
    assert len(failed) == 2
    assert all("answers are missing" in step.failure for step in failed)
    last_of_each = {step.name.partition(":")[0]: step for step in steps}
    assert last_of_each.pop("window").failure is None, "the window is tested all the same"
    assert list(last_of_each.values()) == failed
