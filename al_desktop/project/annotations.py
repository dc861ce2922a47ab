"""Annotations that come along with texts, made into events of a project."""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from hashlib import blake2b

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.events import Event, EventKind
from al_desktop.core.gold import everything_about, gold
from al_desktop.core.questions import (
    EVALUATION,
    IMPORTED,
    Answer,
    Kind,
    Question,
    Selection,
    Span,
    Text,
)
from al_desktop.formats import Annotation


class Annotations:
    """Makes events of annotations, as one of `importing.ANNOTATIONS` says.

    count    taken over so far
    unknown  left out since the project has no such label, by its name
    others   left out since they are about phrases where the project is about whole texts, or the
             other way round
    """

    def __init__(
        self,
        configuration: Configuration,
        way: str,
        annotator: str,
        labels: Mapping[str, str] | None = None,
    ) -> None:
        """`annotator` is to whom they are ascribed where the file doesn't say. `labels` gives the
        key of a label by its name in the file, "" to leave it out; the others go by name."""
        self._way = way
        self._annotator = annotator
        self._kind = configuration.kind
        by_key = {label.key: label for label in configuration.labels}
        self._chosen = {name: by_key.get(key) for name, key in (labels or {}).items()}
        self._labels = by_name(configuration.labels)
        self._seen: dict[str, None] = {}
        self._texts: dict[str, tuple[int, list[Span]]] = {}
        self._events: list[Event] = []
        self.count = 0
        self.unknown: Counter[str] = Counter()
        self.others = 0

    def take(self, text: Text, found: Iterable[Annotation]) -> None:
        if self._way == "none":
            return
        spans = []
        for annotation in found:
            if (annotation.start is None) is not (self._kind is Kind.TEXTS):
                self.others += 1
                continue
            label = self._label(annotation.label)
            if label is None:
                self.unknown[annotation.label] += 1
                continue
            self.count += 1
            self._seen[label.key] = None
            if self._way == "answers":
                self._events.append(self._answer(text, label.key, annotation))
            elif annotation.answer is Answer.ACCEPT:
                start, end = annotation.start or 0, annotation.end or len(text.content)
                spans.append(Span(start, end, label.key))
        if self._way in ("gold", "evaluation"):
            self._texts[text.key] = (text.line, spans)

    def events(self) -> Iterator[Event]:
        """To be called when all texts were taken: only then it is known which labels occur."""
        yield from self._events
        for key, (line, spans) in self._texts.items():
            if self._seen:
                yield self._gold(key, line, spans)

    def _label(self, name: str) -> Label | None:
        if name in self._chosen:
            return self._chosen[name]
        return self._labels.get(name) or self._labels.get(name.casefold())

    def _answer(self, text: Text, label: str, annotation: Annotation) -> Event:
        question = Question(text.key, label, annotation.start, annotation.end)
        annotator = annotation.annotator or self._annotator
        at_ms = annotation.at_ms or 0
        return Event(
            uid=_uid(at_ms or text.line, question.key, annotator, annotation.answer),
            kind=EventKind.ANSWER,
            question=question,
            annotator=annotator,
            at_ms=at_ms,
            answer=annotation.answer,
            selection=Selection(IMPORTED, 1.0),
        )

    def _gold(self, key: str, line: int, spans: list[Span]) -> Event:
        question = everything_about(key)
        marked = gold(self._seen, spans)
        judges = self._way == "evaluation"
        return Event(
            uid=_uid(line, question.key, self._annotator, repr(marked), self._way),
            kind=EventKind.HIGHLIGHT,
            question=question,
            annotator=self._annotator,
            at_ms=0,
            gold=marked,
            selection=Selection(EVALUATION if judges else IMPORTED, 1.0, audit=judges),
        )


def by_name(labels: Iterable[Label]) -> dict[str, Label]:
    """By exact name or key first; by name without regard to case where that is unambiguous."""
    labels = tuple(labels)
    folded = Counter(label.name.casefold() for label in labels)
    found = {label.name.casefold(): label for label in labels if folded[label.name.casefold()] == 1}
    found |= {label.key: label for label in labels}
    return found | {label.name: label for label in labels}


def _uid(at_ms: int, *parts: str) -> str:
    """The same for the same annotation, whoever imports it and however often. Where no time is
    known the line stands for it, so that of two answers to one question the lower one counts."""
    digest = blake2b("\0".join(parts).encode("utf-8", "surrogatepass"), digest_size=10).digest()
    bits = (at_ms << 80) | int.from_bytes(digest, "big")
    return f"{bits & ~(0xF << 76) & ~(0x3 << 62) | (0x7 << 76) | (0x2 << 62):032x}"
