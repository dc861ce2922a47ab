"""What is exported about one text, for writers to put into their format."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from al_desktop.core.events import Event
from al_desktop.core.gold import Gold
from al_desktop.core.questions import Answer, Span, Text


@dataclass(frozen=True, slots=True)
class Answered:
    """A text with what stands about it.

    answers    one event a question, or several where annotators differ and all are wanted
    highlight  the event with its gold where the text was marked in full
    names      of the labels by key, and in the order of the project
    weights    by uid of the answers to audit questions: what they count for in a mean over the
               label's reserved questions, 1 on average
    """

    text: Text
    answers: tuple[Event, ...] = ()
    highlight: Event | None = None
    names: Mapping[str, str] = field(default_factory=dict)
    weights: Mapping[str, float] = field(default_factory=dict)

    @property
    def gold(self) -> Gold | None:
        return self.highlight.gold if self.highlight is not None else None

    def name(self, label: str) -> str:
        """A label's name; its key where the project has it no more."""
        return self.names.get(label, label)

    def selections(self) -> list[dict[str, object]]:
        """For formats that take any JSON along: how each answer came about, in their order."""
        return [
            {
                "label": self.name(event.question.label),
                "start": event.question.start,
                "end": event.question.end,
                "answer": event.answer,
                "strategy": event.selection.strategy,
                "probability": event.selection.probability,
                "score": event.selection.score,
                "audit": event.selection.audit,
                "weight": self.weights.get(event.uid),
            }
            for event in self.answers
            if event.selection is not None
        ]

    def spans(self, answer: Answer) -> list[Span]:
        """Accepted or rejected spans by place, each once, with label names; gold counts as
        accepted. A label of the whole text is a span from 0 to its length."""
        length = len(self.text.content)
        found = {
            Span(event.question.start or 0, event.question.end or length, event.question.label)
            for event in self.answers
            if event.answer is answer
        }
        if self.gold is not None and answer is Answer.ACCEPT:
            found.update(self.gold.spans)
        named = [Span(span.start, span.end, self.name(span.label)) for span in found]
        inside = [span for span in named if 0 <= span.start < span.end <= length]
        return sorted(inside, key=lambda span: (span.start, span.end, span.label))

    def labels(self, answer: Answer) -> list[str]:
        """Accepted or rejected labels of the whole text, in the project's order; what gold covers
        and doesn't have is rejected."""
        found = {event.question.label for event in self.answers if event.answer is answer}
        if self.gold is not None:
            there = {span.label for span in self.gold.spans}
            found |= there if answer is Answer.ACCEPT else set(self.gold.labels) - there
        order = {key: position for position, key in enumerate(self.names)}
        return [self.name(key) for key in sorted(found, key=lambda key: (order.get(key, 0), key))]
