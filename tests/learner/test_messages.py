"""What crosses from the worker to the window: plain values, so that the window imports no numpy."""

import pickle
from collections import deque
from pathlib import Path

import pytest

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.events import AnswerLog
from al_desktop.core.questions import Answer, Kind, Text, text_key
from al_desktop.core.queue import Queue
from al_desktop.core.session import Session
from al_desktop.learner.auditing import build_audited
from al_desktop.learner.loop import learning_loop
from al_desktop.learner.messages import Learn, Ranked, ToWorker
from al_desktop.learner.simulate import MemoryStore, TextList
from al_desktop.recipes import build_learner

PEOPLE = ("the king of Spain", "Queen Victoria", "a general", "President Lincoln", "the mayor")
DEEDS = ("signed the Treaty of Paris", "sold the old house", "opened a new school", "went to sea")
SENTENCES = [f"In {1800 + i * 7}, {p} {d}." for i, p in enumerate(PEOPLE) for d in DEEDS]


@pytest.mark.parametrize("kind", list(Kind))
@pytest.mark.parametrize("strategy", ["default", "uncertain", "likely", "random"])
def test_messages_carry_no_numpy(kind: Kind, strategy: str, tmp_path: Path) -> None:
    label = Label("TREATY", "TREATY", terms=("treaty of paris",))
    configuration = Configuration(
        kind, (label,), strategy=strategy, reserved_share=0.3, audit_share=0.3
    )
    pool = TextList([Text(text_key(each), each) for each in SENTENCES])
    learner, auditor = build_audited(configuration, pool, tmp_path, build_learner)
    log, store = AnswerLog(), MemoryStore()
    queue = Queue(log.is_closed)
    session = Session(log, store, queue, "me")
    inbox: deque[ToWorker] = deque()
    loop = learning_loop(learner, store, inbox, auditor)
    answers = 0
    for message in loop:
        if message is None:
            if queue.current is None or answers == 12:
                break
            answers += 1
            change = session.answer(Answer.REJECT if answers % 3 else Answer.ACCEPT, 1.0)
            inbox.append(Learn(change.sequence))
            continue
        assert b"numpy" not in pickle.dumps(message), message
        if isinstance(message, Ranked):
            queue.take(message.ranking)
    assert answers == 12
