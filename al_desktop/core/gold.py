"""Gold: a text that a person has marked in full. What is not marked is not there."""

from collections.abc import Iterable
from dataclasses import dataclass

from al_desktop.core.questions import Answer, Kind, Question, Span


@dataclass(frozen=True, slots=True)
class Gold:
    """All there is to say about one text for some labels; `gold` makes one.

    labels   keys of the labels it covers, those of the spans among them, in alphabetical order
    spans    in order of place; a label of the whole text is a span from 0 to its length
    """

    labels: tuple[str, ...]
    spans: tuple[Span, ...] = ()

    def answer(self, question: Question) -> Answer | None:
        """What it says to a question about its text; None where it doesn't cover the label."""
        if question.label not in self.labels:
            return None
        if question.kind is Kind.TEXTS:
            found = any(span.label == question.label for span in self.spans)
        else:
            found = any(
                (span.start, span.end, span.label) == (question.start, question.end, question.label)
                for span in self.spans
            )
        return Answer.ACCEPT if found else Answer.REJECT


def gold(labels: Iterable[str], spans: Iterable[Span]) -> Gold:
    """Puts labels and spans in order, each once, and adds the spans' labels.

    Raises ValueError for a span that is empty or begins before the text, and for an empty label.
    """
    marked = sorted(set(spans), key=lambda span: (span.start, span.end, span.label))
    covered = sorted({*labels, *(span.label for span in marked)})
    if any(not 0 <= span.start < span.end for span in marked) or "" in covered:
        raise ValueError(f"gold of {covered} and {marked}")
    return Gold(tuple(covered), tuple(marked))


def everything_about(text_key: str) -> Question:
    """The question that gold answers: what is there in this text? It has no one label."""
    return Question(text_key, "")
