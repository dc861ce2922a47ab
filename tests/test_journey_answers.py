"""A hundred answers through the real worker: stored in order, undone, redone, read again."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.events import Event, EventKind
from al_desktop.core.questions import Answer, Kind, Text, text_key
from al_desktop.learner.messages import Failed, Learn, Ranked, Start
from al_desktop.learner.process import LearnerProcess
from al_desktop.project import Project, create_project, open_project

ANSWERS = [Answer.ACCEPT, Answer.REJECT, Answer.REJECT, Answer.IGNORE] * 25


@pytest.fixture
def project(tmp_path: Path) -> Iterator[Project]:
    configuration = Configuration(Kind.TEXTS, (Label("TRAVEL", "TRAVEL"), Label("FOOD", "FOOD")))
    with create_project(tmp_path / "p.aldesk", "p", configuration) as project:
        places = ["Oslo", "Lima", "Cairo", "Hanoi", "Quito"]
        dishes = ["rice", "bread", "soup", "fish", "cake"]
        contents = [f"We flew to {place}, day {day}" for place in places for day in range(12)]
        contents += [f"The {dish} was good, visit {day}" for dish in dishes for day in range(12)]
        for _ in project.file.add_texts([[Text(text_key(each), each) for each in contents]]):
            pass
        yield project


@pytest.fixture
def worker(project: Project, tmp_path: Path) -> Iterator[LearnerProcess]:
    worker = LearnerProcess(Start(project.file.path, project.file.configuration, tmp_path))
    worker.start()
    yield worker
    worker.close()


def hear(project: Project, worker: LearnerProcess, patience_seconds: float) -> None:
    for message in worker.receive(patience_seconds):
        assert not isinstance(message, Failed), message.detail
        if isinstance(message, Ranked):
            project.queue.take(message.ranking)


def await_question(project: Project, worker: LearnerProcess) -> None:
    for _ in range(300):
        if project.queue.current is not None:
            return
        hear(project, worker, 0.2)
    raise AssertionError("no question came")


def live_answers(project: Project) -> list[Answer | None]:
    """In the order in which they were given."""
    events = [event for _, event in project.file.events() if event.kind is EventKind.ANSWER]
    return [event.answer for event in events if project.log.is_live(event.uid)]


def stored(project: Project) -> list[Event]:
    return [event for _, event in project.file.events()]


def test_answers_undo_and_redo_are_stored_in_order(
    project: Project, worker: LearnerProcess
) -> None:
    asked = []
    for answer in ANSWERS:
        await_question(project, worker)
        asked.append(project.queue.current.question.key)
        change = project.session.answer(answer, 1.0)
        assert stored(project)[-1].uid == change.event.uid, "stored before anything is shown"
        worker.send(Learn(change.sequence))
        hear(project, worker, 0.0)
    events = stored(project)
    assert [event.answer for event in events] == ANSWERS
    assert [event.question.key for event in events] == asked
    assert len(set(asked)) == 100, "no question is asked twice"
    assert all(0 < event.selection.probability <= 1 for event in events)
    uids = [event.uid for event in events]
    assert uids == sorted(uids)

    for _ in range(10):
        project.session.undo()
    assert live_answers(project) == ANSWERS[:90]
    assert project.statistics().answers == 90
    for _ in range(5):
        project.session.redo()
    assert live_answers(project) == ANSWERS[:95]

    path, annotator = project.file.path, stored(project)[0].annotator
    project.close()
    with open_project(path, annotator) as again:
        assert live_answers(again) == ANSWERS[:95]
        assert again.statistics().answers == 95
        assert again.session.can_undo
        assert again.session.can_redo


def test_each_question_knows_of_the_answers_but_the_last_few(
    project: Project, worker: LearnerProcess
) -> None:
    for number in range(1, 41):
        await_question(project, worker)
        change = project.session.answer(Answer.ACCEPT, 1.0)
        worker.send(Learn(change.sequence))
        # A person needs a second; four answers' time at this pace is plenty.
        while project.queue.learned_through < number - 4:
            hear(project, worker, 5.0)
        assert project.queue.learned_through >= number - 4
