"""The self-test passes, and tells when something is wrong."""

from al_desktop import selftest


def test_all_steps_of_both_journeys_pass() -> None:
    steps = list(selftest.run())
    assert [step.failure for step in steps] == [None] * len(steps)
    assert {step.name.partition(":")[0] for step in steps} == {"spans", "texts"}


def test_a_failed_step_is_reported_and_ends_that_journey(monkeypatch) -> None:
    monkeypatch.setattr(selftest, "ANSWERS", -1)
    steps = list(selftest.run())
    failed = [step for step in steps if step.failure]
    assert len(failed) == 2
    assert all("answers are missing" in step.failure for step in failed)
