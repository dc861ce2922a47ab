"""Training of the model to deliver: what it may learn from."""

from pathlib import Path

import pytest

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.gold import gold
from al_desktop.core.questions import Answer, Asked, Kind, Question, Selection, Span, Text, text_key
from al_desktop.core.queue import Ranking
from al_desktop.learner.training import Train, answers_of, deliver
from al_desktop.project import create_project


def test_nothing_is_learned_from_reserved_texts(tmp_path: Path) -> None:
    configuration = Configuration(Kind.TEXTS, (Label("A", "A"), Label("B", "B")))
    with create_project(tmp_path / "p.aldesk", "p", configuration) as project:
        keys = [text_key(content) for content in "xyz"]
        batch = [Text(key, content) for key, content in zip(keys, "xyz", strict=True)]
        for _ in project.file.add_texts([batch]):
            pass
        asked = [Asked(Question(key, "A"), Selection("random", 0.5)) for key in keys[:2]]
        project.queue.take(Ranking(0, 0, tuple(asked)))
        project.session.answer(Answer.ACCEPT, 1.0)
        project.session.answer(Answer.REJECT, 1.0)
        project.session.highlight(keys[2], gold(["A", "B"], [Span(0, 1, "B")]), 1.0)
        found = answers_of(project.log, Kind.TEXTS, {keys[0], keys[2]})
    assert dict(found) == {
        Question(keys[0], "A"): Answer.ACCEPT,
        Question(keys[2], "A"): Answer.REJECT,
        Question(keys[2], "B"): Answer.ACCEPT,
    }


def test_of_marked_spans_those_that_are_there_are_accepted(tmp_path: Path) -> None:
    configuration = Configuration(Kind.SPANS, (Label("A", "A"),))
    with create_project(tmp_path / "p.aldesk", "p", configuration) as project:
        key = text_key("to Oslo")
        for _ in project.file.add_texts([[Text(key, "to Oslo")]]):
            pass
        project.session.highlight(key, gold(["A"], [Span(3, 7, "A")]), 1.0)
        assert answers_of(project.log, Kind.SPANS, {key}) == [
            (Question(key, "A", 3, 7), Answer.ACCEPT)
        ]


def test_a_project_without_answers_can_t_be_trained(tmp_path: Path) -> None:
    path = tmp_path / "p.aldesk"
    create_project(path, "p", Configuration(Kind.TEXTS, (Label("A", "A"),))).close()
    with pytest.raises(KnownError):
        list(deliver(Train(path, tmp_path / "model", tmp_path)))
    assert not (tmp_path / "model").exists()
