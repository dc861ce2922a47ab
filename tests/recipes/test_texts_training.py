import json
import subprocess
import sys

import numpy as np
import pytest
from refund_texts import OTHERS, REFUNDS, configuration, play, pool, ready

from al_desktop.core.errors import KnownError
from al_desktop.core.gold import gold
from al_desktop.core.progress import Progress
from al_desktop.core.questions import Answer, text_key
from al_desktop.models.deliverable import Trained
from al_desktop.recipes import texts_training, train_model
from al_desktop.recipes.texts import build

LOAD_ELSEWHERE = """
import sys, json, spacy
sys.modules["al_desktop"] = None
nlp = spacy.load(sys.argv[1])
print(json.dumps([doc.cats for doc in nlp.pipe(json.load(sys.stdin))]))
"""


@pytest.fixture(scope="module")
def cache(tmp_path_factory):
    return tmp_path_factory.mktemp("cache")


@pytest.fixture(scope="module")
def answers(cache):
    learner = ready(build(configuration(), pool(), cache))
    return play(learner, 60)[0]


def run(program, *arguments, given):
    done = subprocess.run(
        [sys.executable, *program, *map(str, arguments)],
        input=given,
        capture_output=True,
        text=True,
        check=True,
        encoding="utf-8",
    )
    return done.stdout


def test_the_folder_opens_without_this_program(cache, answers, tmp_path):
    asked = {question.text_key for question, _ in answers}
    marked = next(key for key in map(text_key, OTHERS) if key not in asked)
    steps = list(
        train_model(
            configuration(),
            pool(),
            answers,
            tmp_path / "model",
            cache,
            gold=[(marked, gold(["REFUND"], []))],
        )
    )
    assert all(isinstance(step, Progress) for step in steps[:-1])
    trained = steps[-1]
    assert isinstance(trained, Trained)
    assert trained.f1 > 0.9
    given = json.dumps([REFUNDS[0], OTHERS[0]])
    cats = json.loads(run(["-c", LOAD_ELSEWHERE], tmp_path / "model", given=given))
    assert cats[0]["REFUND"] > 0.5 > cats[1]["REFUND"]
    card = (tmp_path / "model" / "README.md").read_text(encoding="utf-8")
    accepts = sum(answer is Answer.ACCEPT for _, answer in answers)
    assert f"| REFUND | {accepts} | {len(answers) - accepts + 1} | 0.5 |" in card
    assert "answers kept apart, with models that had not seen them" in card


def test_the_loops_own_model_says_the_same_elsewhere(cache, answers, tmp_path, monkeypatch):
    monkeypatch.setattr(texts_training, "BETTER", -1.0)
    list(train_model(configuration(), pool(), answers, tmp_path / "model", cache))
    learner = ready(build(configuration(), pool(), cache))
    learner.learn(answers)
    contents = [*REFUNDS[:5], *OTHERS[:5], "Où est mon argent, 4711?", "word " * 900]
    program = tmp_path / "model" / "loop" / "classify.py"
    lines = run([program], given="\n".join(contents) + "\n").splitlines()
    found = [json.loads(line)["REFUND"] for line in lines]
    assert np.allclose(found, learner.shifted(contents)[:, 0], atol=0.03)


def test_closing_it_early_leaves_nothing_behind(cache, answers, tmp_path):
    steps = train_model(configuration(), pool(), answers, tmp_path / "made" / "model", cache)
    for _ in range(10):
        next(steps)
    steps.close()
    assert list(tmp_path.iterdir()) == []


def test_there_must_be_an_accept_and_a_reject_and_a_free_place(cache, answers, tmp_path):
    with pytest.raises(KnownError, match="accept and reject some texts first"):
        list(train_model(configuration(), pool(), answers[:1], tmp_path / "model", cache))
    with pytest.raises(KnownError, match="exists already"):
        list(train_model(configuration(), pool(), answers, tmp_path, cache))
    assert list(tmp_path.iterdir()) == []
