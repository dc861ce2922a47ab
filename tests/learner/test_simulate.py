"""The simulated session: gold files, the oracle, the drawn terms and the learning curve."""

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from numpy.random import default_rng
from random_learner import build

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Answer, Kind, Question, Span, Text, text_key
from al_desktop.learner.gold import GoldText, Oracle, draw_terms, labels_of, measure, read_gold
from al_desktop.learner.simulate import simulate

CONFIGURATION = Configuration(Kind.TEXTS, (Label("SPAM", "SPAM"),), strategy="random")


def gold(content: str, *spans: Span) -> GoldText:
    return GoldText(Text(text_key(content), content), frozenset(spans))


def spam(number: int) -> GoldText:
    content = f"message {number}"
    return gold(content, Span(0, len(content), "SPAM")) if number % 3 else gold(content)


def test_points_come_at_zero_and_then_as_often_as_asked(tmp_path: Path) -> None:
    train = [spam(number) for number in range(60)]
    test = [spam(number) for number in range(100, 130)]
    points = list(simulate(CONFIGURATION, train, test, 50, 20, tmp_path, build))
    assert [point.answers for point in points] == [0, 20, 40, 50]
    accepts = [point.accepts for point in points]
    assert accepts == sorted(accepts)
    assert points[-1].scores.recall == 1.0, "two of three are accepts, so all texts are claimed"
    assert points[-1].by_label == {"SPAM": points[-1].scores}


def test_ends_when_nothing_is_left_to_ask(tmp_path: Path) -> None:
    train = [spam(number) for number in range(30)]
    points = list(simulate(CONFIGURATION, train, train, 100, 25, tmp_path, build))
    assert [point.answers for point in points] == [0, 25, 30]
    assert points[-1].accepts == 20


def test_the_same_seed_gives_the_same_curve(tmp_path: Path) -> None:
    train = [spam(number) for number in range(60)]
    curves = [
        [
            (point.answers, point.accepts, point.scores)
            for point in simulate(CONFIGURATION, train, train, 30, 10, tmp_path, build)
        ]
        for _ in range(2)
    ]
    assert curves[0] == curves[1]


def test_reads_spans_and_labels(tmp_path: Path) -> None:
    spans = tmp_path / "spans.jsonl"
    spans.write_text(
        '{"text": "in Paris", "spans": [{"start": 3, "end": 8, "label": "GPE"}]}\n'
        "\n"
        '{"text": "in Paris", "spans": []}\n'
        '{"text": "in Rome", "spans": [{"start": 3, "end": 7, "label": "X"}], "answer": "reject"}\n'
        '{"text": "in Oslo", "spans": [], "answer": "ignore"}\n',
        encoding="utf-8",
    )
    paris, rome = read_gold(spans, Kind.SPANS)
    assert paris.spans == {Span(3, 8, "GPE")}
    assert (rome.text.content, rome.spans) == ("in Rome", frozenset())
    texts = tmp_path / "texts.jsonl"
    texts.write_text(
        '{"text": "abc", "label": "A"}\n{"text": "abcd", "labels": ["A", "B"]}\n', encoding="utf-8"
    )
    read = read_gold(texts, Kind.TEXTS)
    assert [len(row.spans) for row in read] == [1, 2]
    assert labels_of(read) == {"A", "B"}


@pytest.mark.parametrize("line", ["[1]", "{}", '{"text": 1}', '{"text": "a"}', "{", "\xff"])
def test_a_bad_line_is_named(tmp_path: Path, line: str) -> None:
    path = tmp_path / "gold.jsonl"
    path.write_text('{"text": "good", "spans": []}\n' + line + "\n", encoding="utf-8")
    with pytest.raises(KnownError, match="line 2"):
        read_gold(path, Kind.SPANS)


def test_a_missing_or_empty_file_is_named(tmp_path: Path) -> None:
    empty = tmp_path / "empty.jsonl"
    empty.touch()
    for path in (empty, tmp_path / "missing.jsonl", tmp_path):
        with pytest.raises(KnownError, match=path.name):
            read_gold(path, Kind.TEXTS)


def test_the_oracle_accepts_exact_spans_only() -> None:
    row = gold("in Paris", Span(3, 8, "GPE"))
    oracle = Oracle([row])
    assert oracle.answer(Question(row.text.key, "GPE", 3, 8)) is Answer.ACCEPT
    assert oracle.answer(Question(row.text.key, "ORG", 3, 8)) is Answer.REJECT
    assert oracle.answer(Question(row.text.key, "GPE", 0, 8)) is Answer.REJECT


def test_terms_are_drawn_by_seed_without_repeats() -> None:
    rows = [gold(f"{name} {i}", Span(0, 1, "L")) for i, name in enumerate("aAbBcdefghijkl")]
    terms = draw_terms(rows, "L", 10, default_rng(1))
    assert terms == draw_terms(rows, "L", 10, default_rng(1))
    assert len({term.casefold() for term in terms}) == len(terms) == 10
    assert len(draw_terms(rows, "L", 99, default_rng(1))) == 12


spans = st.builds(Span, st.integers(0, 3), st.integers(4, 6), st.sampled_from("AB"))


@given(st.lists(st.tuples(st.frozensets(spans), st.frozensets(spans)), max_size=5))
def test_scores_are_shares_and_perfect_only_when_all_is_found(
    rows: list[tuple[frozenset[Span], frozenset[Span]]],
) -> None:
    texts = [gold(f"text {i}", *true) for i, (true, _) in enumerate(rows)]
    scores = measure(texts, [list(found) for _, found in rows], "AB")
    assert 0 <= scores.precision <= 1
    assert 0 <= scores.recall <= 1
    low, high = sorted((scores.precision, scores.recall))
    assert low - 1e-9 <= scores.f1 <= high + 1e-9
    assert (scores.f1 == 1) == (
        any(true for true, _ in rows) and all(true == found for true, found in rows)
    )
