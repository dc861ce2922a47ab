import numpy as np
import pytest
from refund_texts import LABEL, OTHERS, REFUNDS, configuration, is_refund, play, pool, ready

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.gold import gold
from al_desktop.core.questions import Answer, Kind, Question, Span, Text, text_key
from al_desktop.learner.simulate import TextList
from al_desktop.models import answered_texts
from al_desktop.recipes.texts import build


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


def test_it_learns_from_a_few_answers(cache):
    learner = ready(build(configuration(), pool(), cache))
    _, selections = play(learner, 30)
    texts = REFUNDS + OTHERS
    predicted = learner.predict(texts)
    right = [bool(spans) == is_refund(texts[i]) for i, spans in enumerate(predicted)]
    assert np.mean(right) > 0.95
    assert predicted[0] == [Span(0, len(REFUNDS[0]), "REFUND")]
    assert selections[0].strategy == "start"
    assert selections[0].reason == 'term "refund"'
    assert all(0 < selection.probability <= 1 for selection in selections)
    assert {selection.strategy for selection in selections[5:]} <= {"uncertain", "random"}
    assert all(0 <= s.score <= 1 for s in selections[5:])


def test_a_question_comes_before_all_texts_are_read(cache):
    learner = build(configuration(), pool(), cache / "empty")
    progress = learner.step()
    assert progress.done < progress.total == len(REFUNDS + OTHERS)
    asked = learner.ask(3)
    assert len(asked) == 3
    assert asked[0].selection.reason == 'term "refund"'


def test_it_is_a_function_of_the_answers(cache):
    learner = ready(build(configuration(), pool(), cache))
    answers, _ = play(learner, 12)
    questions = learner.ask(5)
    play(learner, 6, answers)
    learner.learn(answers)
    again = learner.ask(5)
    assert [each.question for each in again] == [each.question for each in questions]
    other = ready(build(configuration(), pool(), cache))
    other.learn(answers)
    assert [each.question for each in other.ask(5)] == [each.question for each in questions]
    learner.learn([])
    assert learner.ask(1)[0].selection.strategy == "start"


@pytest.mark.parametrize("strategy", ["uncertain", "likely", "random", "default"])
def test_every_question_is_asked_once_and_then_none(cache, strategy):
    small = TextList([Text(text_key(content), content) for content in REFUNDS[:6] + OTHERS[:6]])
    learner = ready(build(configuration(strategy=strategy), small, cache))
    answers, _ = play(learner, 12)
    assert len({question.key for question, _ in answers}) == 12
    assert learner.ask(3) == []


def test_random_ignores_terms_and_scores(cache):
    learner = build(configuration(strategy="random"), pool(), cache)
    learner.step()
    for asked in learner.ask(5):
        assert asked.selection.strategy == "random"
        assert asked.selection.probability < 0.02


def test_labels_share_the_questions_unless_one_is_pinned(cache):
    labels = [LABEL, Label("TRAVEL", "travel"), Label("WEATHER", "weather")]
    learner = ready(build(configuration(*labels), pool(), cache))
    answers, _ = play(learner, 15)
    asked = [question.label for question, _ in answers]
    assert [asked.count(label.key) for label in labels] == [5, 5, 5]
    assert {each.question.label for each in learner.ask(9)} == {label.key for label in labels}
    assert {each.question.label for each in learner.ask(9, "TRAVEL")} == {"TRAVEL"}


def test_labels_that_exclude_each_other_share_no_text(cache):
    labels = [LABEL, Label("OTHER", "other", terms=("refund",))]
    learner = ready(build(configuration(*labels, exclusive=True), pool(), cache))
    answers, _ = play(learner, 40, pinned="REFUND")
    refunds = {question.text_key for question, answer in answers if answer is Answer.ACCEPT}
    for asked in learner.ask(200, "OTHER"):
        assert asked.question.text_key not in refunds
    answers, _ = play(learner, 40, answers, pinned="OTHER", truth=lambda text: not is_refund(text))
    predicted = learner.predict([*REFUNDS, *OTHERS])
    assert max(map(len, predicted)) == 1


def test_accepts_of_a_label_that_excludes_it_are_rejects_in_part(cache):
    labels = (Label("REFUND", "refund"), Label("OTHER", "other"))
    told = [(Question(text_key(text), "OTHER"), Answer.ACCEPT) for text in OTHERS[:5]]
    asked = [
        (Question(text_key(REFUNDS[0]), "REFUND"), Answer.ACCEPT),
        (Question(text_key(OTHERS[5]), "REFUND"), Answer.REJECT),
    ]

    def learned(exclusive, answers):
        learner = ready(build(configuration(*labels, exclusive=exclusive), pool(), cache))
        learner.learn(answers)
        return learner.scores(OTHERS[6:])["REFUND"].mean()

    assert learned(True, [*told, *asked]) < learned(True, asked)
    assert learned(False, [*told, *asked]) == learned(False, asked)


def test_a_name_alone_finds_the_first_accept(cache):
    learner = ready(build(configuration(Label("REFUND", "refund")), pool(), cache))
    answers, _ = play(learner, 5)
    assert Answer.ACCEPT in [answer for _, answer in answers]


def test_patterns_find_the_first_texts(cache):
    label = Label("REFUND", "X", patterns=('[{"LOWER": "money"}, {"LOWER": "back"}]',))
    learner = ready(build(configuration(label), pool(), cache))
    asked = learner.ask(1)[0]
    assert asked.selection.reason == 'pattern "money back"'


def test_near_copies_are_not_asked_twice(cache):
    copies = [f"Your code is {n}, please refund it" for n in range(1000, 1100)]
    texts = TextList([Text(text_key(content), content) for content in copies + OTHERS])
    learner = ready(build(configuration(), texts, cache))
    contents = {text_key(content): content for content in copies + OTHERS}
    answers = []
    for _ in range(12):
        (asked,) = learner.ask(1)
        yes = contents[asked.question.text_key] in copies
        answers.append((asked.question, Answer.ACCEPT if yes else Answer.REJECT))
        learner.learn(answers)
    assert sum(answer is Answer.ACCEPT for _, answer in answers) <= 3


def test_ignored_texts_teach_nothing_and_are_not_asked_again(cache):
    learner = ready(build(configuration(), pool(), cache))
    answers, _ = play(learner, 10)
    before = learner.scores(OTHERS)["REFUND"]
    ignored = [each.question for each in learner.ask(3)]
    learner.learn([*answers, *((question, Answer.IGNORE) for question in ignored)])
    assert np.allclose(learner.scores(OTHERS)["REFUND"], before)
    assert not {each.question.key for each in learner.ask(50)} & {q.key for q in ignored}


def test_answers_about_texts_and_labels_it_does_not_know_are_left_out(cache):
    learner = ready(build(configuration(), pool(), cache))
    learner.learn(
        [
            (Question(text_key("elsewhere"), "REFUND"), Answer.ACCEPT),
            (Question(text_key(OTHERS[0]), "GONE"), Answer.ACCEPT),
            (Question(text_key(OTHERS[0]), "REFUND", 0, 3), Answer.ACCEPT),
        ]
    )
    assert learner.ask(1)[0].selection.strategy == "start"


def test_nothing_to_ask_about_an_empty_pool_or_without_labels(cache):
    empty = ready(build(configuration(), TextList([]), cache))
    empty.learn([])
    assert empty.ask(3) == []
    assert empty.predict(["a text"]) == [[]]
    without_labels = ready(build(Configuration(Kind.TEXTS), pool(), cache))
    assert without_labels.ask(3) == []


def test_an_unknown_strategy_is_refused(cache):
    with pytest.raises(KnownError, match="greedy"):
        build(configuration(strategy="greedy"), pool(), cache)


def test_highlighted_texts_answer_for_every_label_they_cover(cache):
    learner = ready(build(configuration(LABEL, Label("RAIN", "rain")), pool(), cache))
    told = REFUNDS[:8] + OTHERS[:8]
    marked = [
        (
            text_key(text),
            gold(["REFUND"], [Span(0, len(text), "REFUND")] if is_refund(text) else []),
        )
        for text in told
    ]
    learner.learn([], marked)
    everything = len(REFUNDS + OTHERS)
    keys = {text_key(text) for text in told}
    assert not keys & {each.question.text_key for each in learner.ask(everything, "REFUND")}
    assert keys < {each.question.text_key for each in learner.ask(everything, "RAIN")}
    right = [
        bool(spans) == is_refund(text)
        for text, spans in zip(REFUNDS + OTHERS, learner.predict(REFUNDS + OTHERS), strict=True)
    ]
    assert np.mean(right) > 0.9
    # An answer wins over the gold of its text.
    learner.learn([(Question(marked[0][0], "REFUND"), Answer.REJECT)], marked[:1])
    assert learner.predict(REFUNDS[:1]) == [[]]


def many_answers():
    contents = [content for pair in zip(REFUNDS, OTHERS, strict=False) for content in pair]
    return [
        (
            Question(text_key(content), "REFUND"),
            Answer.ACCEPT if is_refund(content) else Answer.REJECT,
        )
        for content in contents
    ]


@pytest.fixture
def patient(monkeypatch):
    """Few texts are prepared at once, so that a small pool shows what thousands do."""
    monkeypatch.setattr(answered_texts, "RESTORED_FIRST", 8)
    monkeypatch.setattr(answered_texts, "ENCODED_FIRST", 8)


def test_many_answers_to_texts_not_read_yet_are_learned_little_by_little(patient, tmp_path):
    answers = many_answers()
    learner = build(configuration(), pool(), tmp_path)
    learner.learn(answers)
    assert learner.model_version == 1
    asked = learner.ask(len(OTHERS))
    assert asked[0].selection.strategy in ("uncertain", "random")
    assert not {question for question, _ in answers} & {each.question for each in asked}
    learner.judge([text_key(REFUNDS[0])], REFUNDS[:1])
    assert learner.judged() == {}
    versions = []
    while not learner.judged():
        learner.step()
        versions.append(learner.model_version)
    assert 2 < versions[-1] < len(versions) + 2
    assert len(set(versions)) == versions[-1]
    whole = ready(build(configuration(), pool(), tmp_path))
    whole.learn(answers)
    ready(learner)
    assert np.allclose(learner.scores(OTHERS)["REFUND"], whole.scores(OTHERS)["REFUND"])
    assert learner.cuts() == pytest.approx(whole.cuts(), abs=1e-4)


def test_undo_and_further_answers_count_while_others_wait(patient, tmp_path):
    answers = many_answers()
    learner = build(configuration(), pool(), tmp_path)
    learner.learn(answers)
    # One taken back, one revised, one more.
    changed = [*answers[:10], *answers[11:-1], (answers[-1][0], Answer.IGNORE)]
    more = learner.ask(1)[0].question
    learner.step()
    learner.learn([*changed, (more, Answer.REJECT)])
    asked = {each.question for each in ready(learner).ask(len(OTHERS + REFUNDS))}
    assert answers[10][0] in asked
    assert more not in asked
    whole = ready(build(configuration(), pool(), tmp_path))
    whole.learn([*changed, (more, Answer.REJECT)])
    assert asked == {each.question for each in whole.ask(len(OTHERS + REFUNDS))}
    assert np.allclose(learner.scores(OTHERS)["REFUND"], whole.scores(OTHERS)["REFUND"])


def test_predictions_know_all_answers(patient, tmp_path):
    learner = build(configuration(), pool(), tmp_path)
    learner.learn(many_answers())
    right = [
        bool(spans) == is_refund(text)
        for text, spans in zip(REFUNDS + OTHERS, learner.predict(REFUNDS + OTHERS), strict=True)
    ]
    assert np.mean(right) > 0.95
    learner.judge([text_key(REFUNDS[0])], REFUNDS[:1])
    assert learner.judged()["REFUND"].predicted.all()


def test_labels_that_exclude_each_other_share_no_text_that_waits(patient, tmp_path):
    labels = [LABEL, Label("OTHER", "other")]
    learner = build(configuration(*labels, exclusive=True), pool(), tmp_path)
    learner.learn(many_answers())
    asked = {each.question.text_key for each in learner.ask(500, "OTHER")}
    ready(learner)
    asked = {each.question.text_key for each in learner.ask(500, "OTHER")}
    assert asked == {text_key(content) for content in OTHERS}
