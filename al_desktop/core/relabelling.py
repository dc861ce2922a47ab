"""Two labels made one: what was accepted as either is accepted as the one that stays.

Nothing is changed or deleted: these are new events beside the old ones, which keep their label.
What was rejected as the label that goes may well be the other one: a rejection says nothing of it.
"""

from collections.abc import Iterator
from dataclasses import replace

from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.gold import Gold, gold
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import IMPORTED, Answer, Kind, Question, Selection

# Chosen by what they were answered, not drawn: no estimate may count on them.
_SELECTION = Selection(IMPORTED, 1.0)


def merged_into(log: AnswerLog, kind: Kind, old: str, new: str) -> Iterator[Event]:
    """What everybody's live answers, verdicts and marked texts about label `old` say of `new`, by
    their keys. Answers that stand already are not given again."""
    for key in {event.question.key: None for event in log}:
        live = list(log.live_by_annotator(key).items())
        verdict = log.verdict(key)
        for annotator, event in [*live, *([(verdict.annotator, verdict)] if verdict else [])]:
            if event.gold is not None and old in event.gold.labels:
                yield from _of_gold(log, kind, event, event.gold, old, new)
            elif event.question.label == old and event.answer is Answer.ACCEPT:
                question = replace(event.question, label=new)
                yield from _accepted(log, event, question, annotator)


def _of_gold(
    log: AnswerLog, kind: Kind, event: Event, marked: Gold, old: str, new: str
) -> Iterator[Event]:
    if new in marked.labels:
        spans = [replace(each, label=new) if each.label == old else each for each in marked.spans]
        labels = [label for label in marked.labels if label != old]
        # All is known of this text, so how it was drawn goes on counting.
        yield replace(event, uid=uuid7(), gold=gold(labels, spans), seconds=0.0, retracts=None)
        return
    # The text wasn't searched for the other label: only what was found is known of it.
    for span in marked.spans:
        if span.label == old:
            place = (span.start, span.end) if kind is Kind.SPANS else (None, None)
            question = Question(event.question.text_key, new, *place)
            yield from _accepted(log, event, question, event.annotator)


def _accepted(log: AnswerLog, event: Event, question: Question, annotator: str) -> Iterator[Event]:
    is_verdict = event.kind is EventKind.SETTLE
    stands = (
        log.verdict(question.key)
        if is_verdict
        else log.live_by_annotator(question.key).get(annotator)
    )
    if stands is None or stands.answer is not Answer.ACCEPT:
        yield Event(
            uid=uuid7(),
            kind=EventKind.SETTLE if is_verdict else EventKind.ANSWER,
            question=question,
            annotator=annotator,
            at_ms=event.at_ms,
            answer=Answer.ACCEPT,
            selection=_SELECTION,
        )
