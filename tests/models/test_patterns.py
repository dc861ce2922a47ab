import json

import pytest

from al_desktop.core.configuration import Label
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Span
from al_desktop.models.patterns import PatternMatcher
from al_desktop.models.pipelines import blank_pipeline

NLP = blank_pipeline("en")


def label(*patterns: object, terms: tuple[str, ...] = ()) -> Label:
    return Label("T", "TREATY", terms=terms, patterns=tuple(json.dumps(p) for p in patterns))


def found(matcher: PatternMatcher, text: str) -> list[tuple[str, str]]:
    return [
        (text[span.start : span.end], words) for span, words in matcher.matches(NLP.make_doc(text))
    ]


def test_terms_match_without_regard_to_case() -> None:
    matcher = PatternMatcher(NLP, [label(terms=("Treaty of Rome",))])
    text = "After 😀 the TREATY OF ROME came peace."
    assert found(matcher, text) == [("TREATY OF ROME", 'term "Treaty of Rome"')]


def test_a_phrase_matches_exactly_and_a_token_pattern_by_its_attributes() -> None:
    matcher = PatternMatcher(
        NLP, [label("Peace", [{"LOWER": "treaty"}, {"LOWER": "of"}, {"IS_TITLE": True}])]
    )
    assert found(matcher, "Peace, peace and the Treaty of Lisbon") == [
        ("Peace", 'pattern "Peace"'),
        ("Treaty of Lisbon", 'pattern "treaty of …"'),
    ]


def test_labels_keep_their_own_matches_of_one_span() -> None:
    labels = [Label("a", "A", terms=("Rome",)), Label("b", "B", terms=("rome",))]
    matches = PatternMatcher(NLP, labels).matches(NLP.make_doc("Rome"))
    assert [span for span, _ in matches] == [Span(0, 4, "a"), Span(0, 4, "b")]


def test_nothing_to_match_finds_nothing() -> None:
    matcher = PatternMatcher(NLP, [label(terms=("  ",))])
    assert len(matcher) == 0
    assert matcher.matches(NLP.make_doc("Anything")) == []


@pytest.mark.parametrize(
    ("source", "says"),
    [
        ("[{", "is not JSON"),
        ("3", "must be a phrase or a list of tokens"),
        ("[]", "must be a phrase or a list of tokens"),
        ('""', "must be a phrase or a list of tokens"),
        ('[{"LOWERR": "a"}]', "is not one spaCy knows"),
        ('[{"POS": "NOUN"}]', "only a trained pipeline knows"),
    ],
)
def test_a_bad_pattern_is_named(source: str, says: str) -> None:
    with pytest.raises(KnownError, match=says):
        PatternMatcher(NLP, [Label("T", "TREATY", patterns=(source,))])
