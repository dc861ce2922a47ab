"""Answers and highlighted texts, turned into candidates of a pool by label."""

from collections.abc import Sequence

import numpy as np

from al_desktop.core.gold import Gold
from al_desktop.core.questions import Answer, Question
from al_desktop.models.span_pool import SpanPool
from al_desktop.models.span_supervision import LabelAnswers, implied_rejects

AnsweredQuestions = Sequence[tuple[Question, Answer]]
GoldTexts = Sequence[tuple[str, Gold]]


def by_label(
    pool: SpanPool,
    labels: Sequence[str],
    answers: AnsweredQuestions,
    gold: GoldTexts,
    exclusive: bool,
) -> list[LabelAnswers]:
    """What is known of the pool's candidates, for each of these labels, in their order.

    exclusive  whether an accept for one label closes the span for the others
    Questions and texts that are not in the pool are passed over.
    """
    found = [LabelAnswers() for _ in labels]
    for question, answer in answers:
        if question.start is None or question.end is None:
            continue
        candidate = pool.candidate(question.text_key, question.start, question.end)
        if candidate is None:
            continue
        given = found[labels.index(question.label)]
        match answer:
            case Answer.ACCEPT:
                given.accepted.append(candidate)
            case Answer.REJECT:
                given.rejected.append(candidate)
            case Answer.IGNORE:
                given.ignored.append(candidate)
    for label, given in zip(labels, found, strict=True):
        _add_gold(pool, label, given, gold)
        given.implied = implied_rejects(pool, given.accepted)
    if exclusive:
        taken = [[*given.accepted, *given.implied] for given in found]
        for column, given in enumerate(found):
            for other, candidates in enumerate(taken):
                if other != column:
                    given.implied += candidates
    return found


def _add_gold(pool: SpanPool, label: str, given: LabelAnswers, gold: GoldTexts) -> None:
    """Candidates of highlighted texts; what was answered by itself stays as it is."""
    unmarked = np.zeros(len(pool), bool)
    marked: list[int | None] = []
    for key, spans in gold:
        if key in pool.numbers and label in spans.labels:
            first, last = pool.firsts[pool.numbers[key] :][:2]
            unmarked[first:last] = True
            marked += [
                pool.candidate(key, span.start, span.end)
                for span in spans.spans
                if span.label == label
            ]
    answered = set(given.closed())
    unmarked[list(answered)] = False
    accepted = [each for each in marked if each is not None and each not in answered]
    unmarked[accepted] = False
    given.accepted += accepted
    given.unmarked = np.flatnonzero(unmarked).tolist()
