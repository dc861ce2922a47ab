from al_desktop.core.questions import Asked, Question, Selection
from al_desktop.core.queue import Queue, Ranking

ASKED = [Asked(Question(f"{number:032x}", "X"), Selection("random", 1.0)) for number in range(9)]


def ranking(*numbers: int, through: int = 0, finished: bool = False) -> Ranking:
    return Ranking(1, through, tuple(ASKED[number] for number in numbers), finished)


def test_a_ranking_never_moves_the_question_on_screen() -> None:
    queue = Queue(lambda _: False)
    assert queue.current is None
    assert queue.take(ranking(0, 1, 2))
    assert queue.current == ASKED[0]
    assert queue.take(ranking(5, 0, 6, through=1))
    assert queue.current == ASKED[0]
    assert queue.advance() == ASKED[5]
    assert queue.advance() == ASKED[0]


def test_an_older_ranking_is_refused() -> None:
    queue = Queue(lambda _: False)
    queue.take(ranking(0, 1, through=5))
    assert not queue.take(ranking(7, 8, through=4))
    assert queue.advance() == ASKED[1]
    assert queue.take(ranking(7, through=5, finished=True))
    assert queue.finished


def test_answered_questions_are_passed_over() -> None:
    answered = {ASKED[1].question.key}
    queue = Queue(lambda question: question.key in answered)
    queue.take(ranking(0, 1, 0, 2))
    assert len(queue) == 3
    assert queue.advance() == ASKED[2]
    assert queue.advance() is None
    assert queue.take(ranking(3))
    assert queue.current == ASKED[3]


def test_the_question_on_screen_comes_back_after_one_shown_in_its_place() -> None:
    queue = Queue(lambda _: False)
    queue.take(ranking(0, 1))
    queue.show(ASKED[4])
    queue.show(ASKED[5])
    queue.show(ASKED[5])
    assert queue.current == ASKED[5]
    queue.take(ranking(7, through=1))
    assert [queue.advance(), queue.advance(), queue.advance()] == [ASKED[4], ASKED[0], ASKED[7]]
