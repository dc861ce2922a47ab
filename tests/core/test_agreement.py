import itertools

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from al_desktop.core.agreement import agreement, disagreements, report
from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer, Question


def random() -> np.random.Generator:
    return np.random.default_rng(0)


def two(table: list[tuple[bool, bool, int]]) -> list[dict[str, bool]]:
    return [{"ada": a, "bob": b} for a, b, count in table for _ in range(count)]


def test_cohens_kappa_of_a_published_table() -> None:
    """Two readers on 50 grant proposals: 20 yes-yes, 5 yes-no, 10 no-yes, 15 no-no; kappa 0.4."""
    found = agreement(
        two([(True, True, 20), (True, False, 5), (False, True, 10), (False, False, 15)]), random()
    )
    assert (found.questions, found.disagreed) == (50, 15)
    assert found.raw.value == pytest.approx(0.7)
    assert found.kappa is not None
    assert found.kappa.value == pytest.approx(0.4)
    assert found.kappa.low is not None
    assert found.kappa.high is not None
    # The asymptotic 95% interval of this table is 0.4 +- 0.25.
    assert found.kappa.low == pytest.approx(0.15, abs=0.05)
    assert found.kappa.high == pytest.approx(0.65, abs=0.05)


def test_krippendorffs_alpha_of_the_published_binary_example() -> None:
    """Krippendorff (2011), section A: two observers, 10 units, no missing data; alpha 0.095."""
    meg = [0, 1, 0, 0, 0, 0, 0, 0, 1, 0]
    owen = [1, 1, 1, 0, 0, 1, 0, 0, 0, 0]
    units = [{"meg": bool(a), "owen": bool(b)} for a, b in zip(meg, owen, strict=True)]
    found = agreement(units, random())
    assert found.alpha.value == pytest.approx(0.095, abs=0.0005)
    assert found.disagreed == 4


_units = st.lists(
    st.dictionaries(st.sampled_from("abcd"), st.booleans(), min_size=2), min_size=1, max_size=12
)


@given(_units)
def test_alpha_equals_its_definition(units: list[dict[str, bool]]) -> None:
    """One minus the mean disagreement within units over that among all pairs of ratings."""
    found = agreement(units, random()).alpha.value
    values = [value for unit in units for value in unit.values()]
    among = [a != b for a, b in itertools.permutations(values, 2)]
    within = sum(
        sum(a != b for a, b in itertools.permutations(unit.values(), 2)) / (len(unit) - 1)
        for unit in units
    ) / len(values)
    expected = sum(among) / len(among)
    if expected == 0:
        assert found is None
    else:
        assert found == pytest.approx(1 - within / expected)


@given(_units)
def test_intervals_hold_what_they_should(units: list[dict[str, bool]]) -> None:
    found = agreement(units, random())
    for figure in (found.raw, found.alpha, found.kappa):
        if figure is not None and figure.low is not None and figure.high is not None:
            assert figure.low <= figure.high
            assert figure.high <= 1 + 1e-12


def test_nothing_in_common_says_nothing() -> None:
    found = agreement([], random())
    assert (found.questions, found.raw.value, found.alpha.value) == (0, None, None)
    alike = agreement(two([(True, True, 5)]), random())
    assert alike.raw.value == 1
    assert alike.alpha.value is None


def _event(number: int, label: str, annotator: str, answer: Answer) -> Event:
    question = Question(f"{number:032x}", label)
    return Event(uuid7(), EventKind.ANSWER, question, annotator, 0, answer)


def test_a_log_is_reported_by_label_and_pair() -> None:
    yes, no = Answer.ACCEPT, Answer.REJECT
    log = AnswerLog(
        [
            _event(1, "A", "ada", yes),
            _event(1, "A", "bob", yes),
            _event(2, "A", "ada", yes),
            _event(2, "A", "bob", no),
            _event(2, "A", "cyd", no),
            _event(3, "B", "bob", no),
            _event(3, "B", "cyd", no),
            _event(4, "B", "ada", yes),
            _event(5, "B", "ada", yes),
            _event(5, "B", "bob", Answer.IGNORE),
        ]
    )
    found = report(log, random())
    assert (found.overall.questions, found.overall.disagreed) == (3, 1)
    assert found.overall.kappa is None
    assert {label: one.questions for label, one in found.by_label.items()} == {"A": 2, "B": 1}
    assert {pair: (one.questions, one.disagreed) for pair, one in found.by_pair.items()} == {
        ("ada", "bob"): (2, 1),
        ("ada", "cyd"): (1, 1),
        ("bob", "cyd"): (2, 0),
    }
    (only,) = disagreements(log)
    assert only.question.text_key == f"{2:032x}"
    assert {name: event.answer for name, event in only.answers.items()} == {
        "ada": yes,
        "bob": no,
        "cyd": no,
    }
    verdict = Event(uuid7(), EventKind.SETTLE, only.question, "lead", 0, yes)
    log.append(verdict)
    (settled,) = disagreements(log)
    assert settled.verdict == verdict
    assert log.live(only.question.key) == verdict
