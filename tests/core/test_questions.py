from hypothesis import given
from hypothesis import strategies as st

from al_desktop.core.questions import Kind, Question, text_key


def test_keys_are_the_same_in_every_version() -> None:
    """They are in every project file: they can never change."""
    key = text_key("Ada Lovelace met Babbage.")
    assert key == "43eac1c6fbd43e0f2b799172ff61c336"
    assert Question(key, "PERSON", 0, 12).key == "d99bf4623c598af8a9a79fa61896a0e1"
    assert Question(key, "PERSON").key == "6276a8642866909230a1f1f58c5b0416"


def test_kinds() -> None:
    assert Question("ab" * 16, "X", 0, 3).kind is Kind.SPANS
    assert Question("ab" * 16, "X").kind is Kind.TEXTS


_questions = st.builds(
    lambda text, label, span: Question(text_key(text), label, *span),
    st.text(max_size=3),
    st.text(max_size=3),
    st.one_of(st.just((None, None)), st.tuples(st.integers(0, 20), st.integers(1, 20))),
)


@given(st.lists(_questions, max_size=20))
def test_different_questions_have_different_keys(questions: list[Question]) -> None:
    assert len({question.key for question in questions}) == len(set(questions))


@given(st.text(st.characters(exclude_categories=())))
def test_any_text_has_a_key(content: str) -> None:
    assert len(bytes.fromhex(text_key(content))) == 16
