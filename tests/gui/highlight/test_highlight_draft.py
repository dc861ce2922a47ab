"""What is marked and selected, against a plain model; and where words begin and end."""

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from al_desktop.core.questions import Span
from al_desktop.gui.highlight.cells import characters, words
from al_desktop.gui.highlight.draft import Draft, term_spans

CONTENT = "Paris's mayor met the U.S. envoy, 3.5 hours late."


def pieces(content: str) -> list[str]:
    found = words(content)
    return [content[start:end] for start, end in zip(found.starts, found.ends, strict=True)]


def selected(draft: Draft) -> str:
    assert draft.selection is not None
    return draft.content[slice(*draft.selection)]


@pytest.mark.parametrize(
    ("content", "expected"),
    [
        (CONTENT, "Paris 's mayor met the U.S. envoy , 3.5 hours late ."),
        ("1990-91  (e.g.\n“war”)", "1990 - 91 ( e.g. “ war ” )"),
        ("我爱北京", "我 爱 北 京"),
        ("مصر وإسرائيل", "مصر وإسرائيل"),
        ("👩‍👩‍👧 café 🇩🇪", "👩‍👩‍👧 café 🇩🇪"),
        (" \n\t", ""),
        ("", ""),
    ],
)
def test_words(content: str, expected: str) -> None:
    assert pieces(content) == expected.split(" ") if expected else pieces(content) == []


@given(st.text())
def test_pieces_are_in_order_and_leave_out_white_space_only(content: str) -> None:
    for cells in (words(content), characters(content)):
        at = 0
        for start, end in zip(cells.starts, cells.ends, strict=True):
            assert at <= start < end <= len(content)
            assert not content[at:start].strip()
            at = end
        assert not content[at:].strip()


def test_the_selection_moves_extends_and_lets_go() -> None:
    draft = Draft(CONTENT)
    assert selected(draft) == "Paris"
    draft.move(-1)
    assert selected(draft) == "Paris"
    draft.move(2)
    draft.extend(1)
    assert selected(draft) == "mayor met"
    draft.move(-1)
    assert selected(draft) == "'s"
    draft.move(1)
    draft.extend(-2)
    assert selected(draft) == "Paris's mayor"
    draft.collapse()
    assert selected(draft) == "Paris"
    draft.select(10, 20)
    assert selected(draft) == "mayor met the"
    draft.set_by_words(False)
    assert selected(draft) == "mayor met the"
    draft.extend(-1)
    assert selected(draft) == "mayor met th"
    draft.move(100)
    assert selected(draft) == "."


def test_marks_never_overlap() -> None:
    draft = Draft(CONTENT)
    draft.select(22, 32)
    assert draft.mark("WHO") is None
    assert draft.spans == (Span(22, 32, "WHO"),)
    draft.select(27, 32)
    assert draft.mark("JOB") == Span(22, 32, "WHO")
    assert draft.spans == (Span(22, 32, "WHO"),)
    draft.select_mark(draft.spans[0])
    assert draft.mark("JOB") is None
    assert draft.spans == (Span(22, 32, "JOB"),)
    assert draft.unmark()
    assert not draft.unmark()
    assert draft.undo()
    assert draft.undo()
    assert draft.spans == (Span(22, 32, "WHO"),)
    assert draft.redo()
    assert draft.spans == (Span(22, 32, "JOB"),)


def test_a_text_without_words_takes_no_mark() -> None:
    draft = Draft(" \n ")
    draft.move(1)
    draft.extend(1)
    draft.select(0, 2)
    draft.extend_to(1)
    assert draft.selection is None
    assert draft.mark("WHO") is None
    assert draft.jump(forward=True) is None
    assert not draft.unmark()
    assert draft.spans == ()


def test_labels_of_the_whole_text() -> None:
    draft = Draft("rain")
    draft.toggle("A", exclusive=False)
    draft.toggle("B", exclusive=False)
    assert draft.spans == (Span(0, 4, "A"), Span(0, 4, "B"))
    draft.toggle("A", exclusive=False)
    assert draft.spans == (Span(0, 4, "B"),)
    draft.toggle("C", exclusive=True)
    assert draft.spans == (Span(0, 4, "C"),)
    draft.toggle("C", exclusive=True)
    assert draft.spans == ()


_steps = st.lists(
    st.one_of(
        st.tuples(st.sampled_from(["move", "extend"]), st.integers(-3, 3)),
        st.tuples(st.just("mark"), st.sampled_from("AB")),
        st.tuples(st.sampled_from(["unmark", "undo", "redo", "next", "words"]), st.none()),
    ),
    max_size=30,
)


@settings(max_examples=200)
@given(_steps)
def test_any_history_of_marks_agrees_with_the_model(steps: list[tuple[str, object]]) -> None:
    draft = Draft(CONTENT)
    done: list[tuple[Span, ...]] = [()]
    undone: list[tuple[Span, ...]] = []
    for what, value in steps:
        before = draft.spans
        match what, value:
            case "move", int(steps_):
                draft.move(steps_)
            case "extend", int(steps_):
                draft.extend(steps_)
            case "mark", str(label):
                in_the_way = draft.mark(label)
                assert in_the_way is None or draft.spans == before
            case "unmark", _:
                draft.unmark()
            case "undo", _:
                assert draft.undo() == (len(done) > 1)
                if len(done) > 1:
                    undone.append(done.pop())
            case "redo", _:
                assert draft.redo() == bool(undone)
                if undone:
                    done.append(undone.pop())
            case "next", _:
                draft.jump(forward=True)
            case _:
                draft.set_by_words(not draft.by_words)
        if what not in ("undo", "redo") and draft.spans != before:
            done.append(draft.spans)
            undone.clear()
        assert draft.spans == done[-1]
        assert draft.is_changed == (len(done) > 1)
        for first, second in zip(draft.spans, draft.spans[1:], strict=False):
            assert first.end <= second.start


def test_terms_are_found_as_whole_words_the_longest_first() -> None:
    terms = [("war", "EVENT"), ("Great War", "EVENT"), ("WARSAW", "PLACE"), (" ", "X")]
    content = "The great war began; Warsaw fell. Postwar wars."
    assert term_spans(content, terms) == [Span(4, 13, "EVENT"), Span(21, 27, "PLACE")]
    assert term_spans("İstanbul İstanbul", [("istanbul", "PLACE")]) == []
    assert term_spans("签订了《南京条约》", [("南京条约", "TREATY")]) == [Span(4, 8, "TREATY")]
