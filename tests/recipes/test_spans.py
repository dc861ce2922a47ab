"""The learner about spans on real texts: the sample project's."""

import json
import re
from pathlib import Path

import pytest

from al_desktop.core.configuration import BUNDLED_BASE, Configuration, Label
from al_desktop.core.gold import gold
from al_desktop.core.protocols import Learner
from al_desktop.core.questions import Answer, Asked, Kind, Question, Span, Text, text_key
from al_desktop.learner.simulate import TextList
from al_desktop.models.deliverable import Trained
from al_desktop.paths import resources
from al_desktop.recipes import spans

WANTED = {"treaty", "treaties", "agreement", "agreements", "accord", "accords"}
TREATY = Label("TREATY", "TREATY", terms=("treaty", "agreement"))


@pytest.fixture(scope="module")
def contents() -> dict[str, str]:
    lines = (resources() / "sample" / "texts.jsonl").read_text(encoding="utf-8").splitlines()
    texts = [json.loads(line)["text"] for line in lines[:150]]
    return {text_key(text): text for text in texts}


@pytest.fixture(scope="module")
def cache(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("cache")


def learner_of(configuration: Configuration, contents: dict[str, str], cache: Path) -> Learner:
    pool = TextList([Text(key, content) for key, content in contents.items()])
    return spans.build(configuration, pool, cache)


def read_all(learner: Learner) -> Learner:
    while learner.step() is not None:
        pass
    return learner


def surface(asked: Asked, contents: dict[str, str]) -> str:
    question = asked.question
    return contents[question.text_key][question.start : question.end]


def answers(asked: list[Asked], contents: dict[str, str]) -> list[tuple[Question, Answer]]:
    """Accepts a few single words."""

    def answer(each: Asked) -> Answer:
        fits = surface(each, contents).casefold() in WANTED
        return Answer.ACCEPT if fits else Answer.REJECT

    return [(each.question, answer(each)) for each in asked]


def spans_of(*labels: Label, base: str = "", strategy: str = "default") -> Configuration:
    return Configuration(Kind.SPANS, labels, base=base, strategy=strategy)


def test_questions_come_with_the_first_texts_read(contents: dict[str, str], cache: Path) -> None:
    learner = learner_of(spans_of(TREATY), contents, cache)
    learner.learn([])
    assert learner.ask(5) == []
    assert learner.model_version == 0
    assert learner.step() is not None
    asked = learner.ask(5)
    assert len(asked) == 5
    assert learner.model_version == 1
    assert len({each.question.key for each in asked}) == 5


@pytest.mark.parametrize("strategy", ["default", "uncertain", "likely", "random"])
def test_every_question_has_its_score_and_selection_probability(
    contents: dict[str, str], cache: Path, strategy: str
) -> None:
    learner = read_all(learner_of(spans_of(TREATY, strategy=strategy), contents, cache))
    learner.learn([])
    for asked in learner.ask(20):
        assert 0.0 < asked.selection.probability <= 1.0
        assert asked.selection.score is not None
        assert 0.0 <= asked.selection.score <= 1.0
        assert asked.selection.model_version == 1
        question = asked.question
        assert question.label == "TREATY"
        words = surface(asked, contents)
        assert words
        assert words == words.strip()


def test_the_model_learns_and_never_asks_what_is_answered(
    contents: dict[str, str], cache: Path
) -> None:
    learner = read_all(learner_of(spans_of(TREATY), contents, cache))
    given: list[tuple[Question, Answer]] = []
    for _ in range(8):
        learner.learn(given)
        asked = learner.ask(10)
        assert not {each.question for each in asked} & {question for question, _ in given}
        given += answers(asked, contents)
    learner.learn(given)
    text = "They signed a peace treaty and went home for dinner."
    (found,) = learner.predict([text])
    assert {text[span.start : span.end] for span in found} <= {"treaty"}


def test_the_same_answers_give_the_same_questions(contents: dict[str, str], cache: Path) -> None:
    first = read_all(learner_of(spans_of(TREATY), contents, cache))
    first.learn([])
    given = answers(first.ask(20), contents)
    first.learn(given)
    second = read_all(learner_of(spans_of(TREATY), contents, cache))
    second.learn([])
    second.learn(given)
    assert first.ask(10) == second.ask(10)


def test_labels_share_the_questions_and_one_can_be_pinned(
    contents: dict[str, str], cache: Path
) -> None:
    labels = (Label("PERSON", "PERSON"), Label("GPE", "GPE"), TREATY)
    learner = read_all(learner_of(spans_of(*labels, base=BUNDLED_BASE), contents, cache))
    learner.learn([])
    shared = [asked.question.label for asked in learner.ask(30)]
    assert {label: shared.count(label) for label in shared} == {
        "PERSON": 10,
        "GPE": 10,
        "TREATY": 10,
    }
    assert {asked.question.label for asked in learner.ask(30, pinned="GPE")} == {"GPE"}
    (found,) = learner.predict(["Angela Merkel flew from Berlin to Paris on Monday."])
    assert {(span.start, span.end, span.label) for span in found} >= {
        (0, 13, "PERSON"),
        (24, 30, "GPE"),
        (34, 39, "GPE"),
    }


def test_it_asks_without_terms_and_without_a_base(contents: dict[str, str], cache: Path) -> None:
    learner = read_all(learner_of(spans_of(Label("ANY", "ANY")), contents, cache))
    learner.learn([])
    asked = learner.ask(10)
    assert len(asked) == 10
    learner.learn(answers(asked, contents))
    assert len(learner.ask(10)) == 10


def test_an_accepted_span_settles_what_overlaps_it(contents: dict[str, str], cache: Path) -> None:
    learner = read_all(learner_of(spans_of(TREATY), contents, cache))
    learner.learn([])
    accepted = learner.ask(1)[0].question
    learner.learn([(accepted, Answer.ACCEPT)])
    assert accepted.start is not None
    assert accepted.end is not None
    for asked in learner.ask(2000):
        question = asked.question
        assert question.start is not None
        assert question.end is not None
        if question.text_key == accepted.text_key:
            assert question.end <= accepted.start or question.start >= accepted.end


def test_predictions_are_exact_whatever_the_script(contents: dict[str, str], cache: Path) -> None:
    learner = read_all(learner_of(spans_of(TREATY), contents, cache))
    learner.learn([])
    texts = ["", "   ", "😀 الاتفاق treaty 😀", "e\u0301 treaty", "看似簡單", "a\n\nb"]
    for text, found in zip(texts, learner.predict(texts), strict=True):
        for span in found:
            assert text[span.start : span.end].casefold() in ("treaty", "agreement")


def test_highlighted_texts_teach_and_are_not_asked_about(
    contents: dict[str, str], cache: Path
) -> None:
    learner = read_all(learner_of(spans_of(Label("YEAR", "YEAR")), contents, cache))
    keys = list(contents)
    marked = [(key, gold(["YEAR"], _years(contents[key]))) for key in keys[:50]]
    others = [contents[key] for key in keys[50:]]
    learner.learn([], marked)
    assert not set(keys[:50]) & {each.question.text_key for each in learner.ask(50)}
    found, expected = learner.predict(others), [_years(content) for content in others]
    hits = sum(len(set(a) & set(b)) for a, b in zip(found, expected, strict=True))
    assert hits > 0.8 * sum(map(len, expected)) > 10
    assert hits > 0.8 * sum(map(len, found))

    # What is delivered is taught exactly what was marked.
    taught = {text.content: text.spans for text in learner.labelled()}  # type: ignore[attr-defined]
    for key, told in marked:
        assert taught[contents[key]] == tuple(
            (span.start, span.end, span.label) for span in told.spans
        )

    # Of texts it never saw, what it is sure of.
    sure = learner.label(others)  # type: ignore[attr-defined]
    assert sum(len(text.spans) for text in sure) > 0.5 * hits
    for text, spans_found in zip(sure, found, strict=True):
        assert set(text.spans) <= {(each.start, each.end, "YEAR") for each in spans_found}

    key, told = next((key, told) for key, told in marked if told.spans)
    question = Question(key, "YEAR", told.spans[0].start, told.spans[0].end)
    learner.learn([(question, Answer.REJECT)], [(key, told)])
    assert key not in {each.question.text_key for each in learner.ask(50)}
    learner.learn([])
    assert learner.predict(others) == [[] for _ in others]


def _years(content: str) -> list[Span]:
    return [Span(*found.span(), "YEAR") for found in re.finditer(r"\b[12]\d{3}\b", content)]


def test_accepts_of_long_spans_make_it_propose_longer_ones(
    contents: dict[str, str], cache: Path
) -> None:
    """Spans are given longer than any word sequence; soon such spans are asked about, and only
    then, when the head has been fit to some it is to reject, too, are they found elsewhere."""
    learner = read_all(learner_of(spans_of(Label("PLACE", "PLACE")), contents, cache))
    marked = []
    for key, content in contents.items():
        words = list(re.finditer(r"\w+", content))
        if len(words) > 7 and content[words[0].start() : words[6].end()].isascii():
            marked.append((key, words[0].start(), words[6].end()))
    given = [(Question(key, "PLACE", start, end), Answer.ACCEPT) for key, start, end in marked[:40]]
    learner.learn(given)
    others = [
        content for key, content in contents.items() if key not in {key for key, *_ in marked}
    ]
    found = zip(others, learner.predict(others), strict=True)
    assert all(len(text[s.start : s.end].split()) <= 5 for text, spans_ in found for s in spans_)
    read_all(learner)
    learner.learn(given)
    asked = [each.question for each in learner.ask(300)]
    lengths = [
        len(contents[q.text_key][q.start : q.end].split()) for q in asked if q.text_key in contents
    ]
    assert max(lengths) > 5
    assert not set(asked) & {question for question, _ in given}


def test_what_is_delivered_comes_with_its_card(
    contents: dict[str, str], cache: Path, tmp_path: Path
) -> None:
    configuration = spans_of(TREATY)
    learner = read_all(learner_of(configuration, contents, cache))
    given = answers(learner.ask(20), contents)
    pool = TextList([Text(key, content) for key, content in contents.items()])
    *_, trained = spans.train(configuration, pool, given, tmp_path / "model", cache)
    assert isinstance(trained, Trained)
    accepted = sum(answer is Answer.ACCEPT for _, answer in given)
    card = (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    assert f"| TREATY | {accepted} | {len(given) - accepted} | 0 | 0." in card
    assert f"F1 {trained.f1:.3f}" in card
