import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from al_desktop.models.pipelines import blank_pipeline
from al_desktop.models.span_candidates import token_places, tokens_of, word_sequences

NLP = blank_pipeline("en")


def sequences(text: str, longest: int = 5) -> list[str]:
    doc = NLP.make_doc(text)
    return [doc[start:end].text for start, end in word_sequences(doc, longest).tolist()]


def test_phrases_begin_and_end_with_words() -> None:
    assert sequences("The peace of Rome, 1957!", 3) == [
        "The",
        "The peace",
        "peace",
        "peace of Rome",
        "Rome",
        "Rome, 1957",
        "1957",
    ]
    assert "of" not in sequences("The peace of Rome")
    assert "," not in sequences("Rome, 1957")


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("#rome", ["#", "#rome", "rome"]),
        ("four", ["four"]),
        ("with", []),
        ("With", ["With"]),
        ("https://example.com", []),
        ("one\n\ntwo", ["one", "two"]),
        ("😀", []),
        ("", []),
    ],
)
def test_edges(text: str, wanted: list[str]) -> None:
    assert [each for each in sequences(text) if each != "#"] == [w for w in wanted if w != "#"]


@settings(max_examples=60, deadline=None)
@given(st.text(max_size=60))
def test_offsets_are_exact_for_any_text(text: str) -> None:
    doc = NLP.make_doc(text)
    places = token_places(doc)
    for start, end in word_sequences(doc, 3).tolist():
        first, last = int(places[start, 0]), int(places[end - 1, 1])
        assert text[first:last] == doc[start:end].text
        assert tokens_of(places, [(first, last)]) == [(start, end)]
    assert tokens_of(places, [(-1, 0), (0, len(text) + 1)]) == [None, None]
