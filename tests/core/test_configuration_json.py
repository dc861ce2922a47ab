import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.configuration_json import configuration_from_json, configuration_to_json
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind

_text = st.text(max_size=8)
_labels = st.builds(
    Label, _text, _text, _text, _text, st.tuples(_text, _text), st.lists(_text).map(tuple)
)
_configurations = st.builds(
    Configuration,
    kind=st.sampled_from(Kind),
    labels=st.lists(_labels, max_size=3).map(tuple),
    language=_text,
    base=_text,
    strategy=st.sampled_from(["default", "uncertain", "likely", "random"]),
    exclusive=st.booleans(),
    longest_span=st.integers(0, 99),
    seed=st.integers(0, 2**40),
)


@given(_configurations)
def test_round_trip(configuration: Configuration) -> None:
    value = json.loads(json.dumps(configuration_to_json(configuration)))
    assert configuration_from_json(value) == configuration


def test_what_is_missing_takes_its_default() -> None:
    value = {"kind": "texts", "labels": ["URGENT", {"name": "SPAM", "terms": ["win"]}]}
    assert configuration_from_json(value) == Configuration(
        Kind.TEXTS, (Label("URGENT", "URGENT"), Label("SPAM", "SPAM", terms=("win",)))
    )


@pytest.mark.parametrize(
    "value",
    [
        None,
        [],
        {},
        {"kind": "pictures"},
        {"kind": "texts", "labels": {}},
        {"kind": "texts", "labels": [3]},
        {"kind": "texts", "labels": [{"colour": "red"}]},
        {"kind": "texts", "labels": [{"key": "A", "terms": [1]}]},
        {"kind": "texts", "strategy": "guess"},
        {"kind": "texts", "seed": -1},
        {"kind": "texts", "longest_span": True},
        {"kind": "texts", "language": 7},
    ],
)
def test_what_makes_no_sense_is_refused(value: object) -> None:
    with pytest.raises(KnownError, match="settings of this project"):
        configuration_from_json(value)
