"""A small pool of made-up texts, some about refunds, and an annotator who answers about them."""

import random as stdlib_random
from dataclasses import replace

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.questions import Answer, Kind, Text, text_key
from al_desktop.learner.simulate import TextList

PLACES = ["Oslo", "Lagos", "Lima", "Hanoi", "Quito", "Perth", "Minsk", "Turin", "Cairo", "Osaka"]
REFUNDS = [
    f"{opening} {thing}, {ending}"
    for opening in (
        "I want my money back for the",
        "please refund the",
        "where is my refund of the",
    )
    for thing in ("hotel", "ticket", "camera", "jacket", "phone")
    for ending in ("it never came", "it is broken")
]
OTHERS = [
    f"{opening} {place} {ending}"
    for opening in ("The train to", "My cousin lives in", "The weather in", "A museum in")
    for place in PLACES
    for ending in ("is wonderful today", "was closed last year", "will be on the news")
]
LABEL = Label("REFUND", "REFUND", terms=("refund",))


def is_refund(content):
    return content in REFUNDS


def pool():
    contents = REFUNDS + OTHERS
    stdlib_random.Random(0).shuffle(contents)
    return TextList([Text(text_key(content), content) for content in contents])


def configuration(*labels, **changes):
    return replace(Configuration(Kind.TEXTS, labels or (LABEL,)), **changes)


def ready(learner):
    while learner.step() is not None:
        pass
    return learner


def play(learner, count, answered=(), pinned=None, truth=is_refund):
    """Answers `count` questions; all answers and how they were selected."""
    contents = {text_key(content): content for content in REFUNDS + OTHERS}
    answers = list(answered)
    selections = []
    for _ in range(count):
        (asked,) = learner.ask(1, pinned)
        yes = truth(contents[asked.question.text_key])
        answers.append((asked.question, Answer.ACCEPT if yes else Answer.REJECT))
        selections.append(asked.selection)
        learner.learn(answers)
    return answers, selections
