"""Texts and annotations taken in from files of other programs."""

from collections import Counter
from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field
from hashlib import blake2b
from pathlib import Path

from al_desktop.core.configuration import Label
from al_desktop.core.errors import KnownError
from al_desktop.core.events import Event, EventKind
from al_desktop.core.gold import everything_about, gold
from al_desktop.core.questions import (
    IMPORTED,
    Answer,
    Kind,
    Question,
    Selection,
    Span,
    Text,
    text_key,
)
from al_desktop.formats import Annotation, BadLine, Record, Source, reader_for
from al_desktop.formats.unpacking import unpacked
from al_desktop.storage import ProjectFile

_BATCH_TEXTS = 1000
_BATCH_CHARACTERS = 4_000_000
_BAD_LINES_KEPT = 1000
# What SQLite, or UTF-8, can't hold: NUL and halves of surrogate pairs. Offsets stay as they are.
_REPAIRS = {0: "\N{REPLACEMENT CHARACTER}"} | dict.fromkeys(
    range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"
)
ANNOTATIONS = ("none", "answers", "gold")


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    added           texts new to the project
    duplicates      texts that were in the project, or earlier in the file
    repaired        texts in which NUL characters or halves of surrogate pairs became U+FFFD
    bad             the first 1,000 lines that were left out, and why; `bad_count` counts all
    annotations     taken over as answers, or parts of gold
    unknown_labels  annotations left out since the project has no such label, by its name
    """

    added: int = 0
    duplicates: int = 0
    repaired: int = 0
    bad: tuple[BadLine, ...] = ()
    bad_count: int = 0
    annotations: int = 0
    unknown_labels: Mapping[str, int] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is. Its report knows `added` and `duplicates` only at the end."""

    done_bytes: int
    total_bytes: int
    report: ImportReport


def import_texts(
    file: ProjectFile,
    source: Path,
    format: str | None = None,  # noqa: A002
    annotations: str = "none",
    annotator: str = "",
    **choices: str,
) -> Generator[ImportProgress, None, ImportReport]:
    """Adds the texts of a file, a folder or an archive to the project: yields progress, returns
    the report, which the last progress also holds.

    format       a key of formats.READERS; found out by default
    annotations  what becomes of those that come along: "none" leaves them out; "answers" takes
                 each as the answer to its question; "gold" takes all of one text together as
                 everything there is to say about it, for the labels that occur in the file
    annotator    to whom they are ascribed where the file doesn't say; the file's name by default
    choices      of the format, such as text="body"; and encoding="..."

    All or nothing: closing it early, or an error, leaves the project as it was. Lines that can't
    be read are left out and reported. Raises KnownError where the file as a whole can't be read.
    Importing the same annotations again adds nothing.
    """
    if annotations not in ANNOTATIONS:
        raise KnownError(f"Annotations can be one of these: {', '.join(ANNOTATIONS)}.")
    encoding = choices.pop("encoding", None)
    with unpacked(source) as paths:
        files = _Files(paths, source, format, encoding, choices)
        taking = _Annotations(file, annotations, annotator or source.name)
        intake = _Intake(taking)
        adding = intake.add(file, files.records())
        with closing(adding):
            for _ in adding:
                yield ImportProgress(files.done_bytes, files.total_bytes, intake.report())
        yield ImportProgress(files.total_bytes, files.total_bytes, intake.report())
        return intake.report()


class _Files:
    """The files to read, one after the other, and how far reading them is."""

    def __init__(
        self,
        paths: list[Path],
        source: Path,
        format: str | None,  # noqa: A002
        encoding: str | None,
        choices: Mapping[str, str],
    ) -> None:
        self._single = len(paths) == 1
        self._paths = paths
        self._source = source
        self._format = format
        self._encoding = encoding
        self._choices = choices
        self._before = 0
        self._open: Source | None = None
        self.total_bytes = sum(path.stat().st_size for path in paths if path.is_file())
        if not paths:
            raise KnownError(f"{source} holds no files.")

    @property
    def done_bytes(self) -> int:
        return self._before + (self._open.done_bytes if self._open else 0)

    def records(self) -> Iterator[tuple[str, Record | BadLine]]:
        """The name of the file, and what was read from it."""
        for path in self._paths:
            if not self._single and path.suffix == ".txt" and path.with_suffix(".ann").exists():
                continue  # the text of a brat file, which reads it itself
            name = self._source.name if self._single else path.name
            reader = reader_for(path, self._format)
            for choice in self._choices:
                if choice not in reader.choices:
                    raise KnownError(f'{path} is read as {reader.name}, which has no "{choice}".')
            with Source(path, self._encoding) as self._open:
                for record in reader.read(self._open, **self._choices):
                    yield name, record
            self._before += path.stat().st_size
            self._open = None


class _Annotations:
    """Makes events of annotations."""

    def __init__(self, file: ProjectFile, way: str, annotator: str) -> None:
        self._way = way
        self._annotator = annotator
        self._kind = file.configuration.kind
        self._labels = _by_name(file.configuration.labels)
        self._seen: dict[str, None] = {}
        self._texts: dict[str, tuple[int, list[Span], int]] = {}
        self.events: list[Event] = []
        self.count = 0
        self.unknown: Counter[str] = Counter()

    def take(self, text: Text, found: Iterable[Annotation]) -> None:
        if self._way == "none":
            return
        spans = []
        for annotation in found:
            if (annotation.start is None) is not (self._kind is Kind.TEXTS):
                continue
            label = self._labels.get(annotation.label) or self._labels.get(
                annotation.label.casefold()
            )
            if label is None:
                self.unknown[annotation.label] += 1
                continue
            self.count += 1
            self._seen[label.key] = None
            if self._way == "answers":
                self.events.append(self._answer(text, label.key, annotation))
            elif annotation.answer is Answer.ACCEPT:
                start, end = annotation.start or 0, annotation.end or len(text.content)
                spans.append(Span(start, end, label.key))
        if self._way == "gold":
            self._texts[text.key] = (text.line, spans, len(text.content))

    def all_events(self) -> Iterator[Event]:
        """To be called when all texts were taken: only then it is known which labels occur."""
        yield from self.events
        for key, (line, spans, _) in self._texts.items():
            if self._seen:
                yield self._gold(key, line, spans)

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
        return Event(
            uid=_uid(line, question.key, self._annotator, repr(marked)),
            kind=EventKind.HIGHLIGHT,
            question=question,
            annotator=self._annotator,
            at_ms=0,
            gold=marked,
            selection=Selection(IMPORTED, 1.0),
        )


def _by_name(labels: Iterable[Label]) -> dict[str, Label]:
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


class _Intake:
    """Makes texts of what a reader yields, and keeps count."""

    def __init__(self, annotations: _Annotations) -> None:
        self._annotations = annotations
        self._taken = 0
        self._added: int | None = None
        self._repaired = 0
        self._bad: list[BadLine] = []
        self._bad_count = 0

    def add(
        self, file: ProjectFile, records: Iterable[tuple[str, Record | BadLine]]
    ) -> Generator[None]:
        """Stages batch by batch, then adds all of them to the file."""
        adding = file.add_texts(self._batches(records), self._annotations.all_events())
        with closing(adding):
            while self._added is None:
                try:
                    self._taken = next(adding)
                except StopIteration as end:
                    self._added = end.value
                else:
                    yield

    def report(self) -> ImportReport:
        added = self._added or 0
        return ImportReport(
            added=added,
            duplicates=0 if self._added is None else self._taken - added,
            repaired=self._repaired,
            bad=tuple(self._bad),
            bad_count=self._bad_count,
            annotations=self._annotations.count,
            unknown_labels=dict(self._annotations.unknown),
        )

    def _batches(self, records: Iterable[tuple[str, Record | BadLine]]) -> Iterator[list[Text]]:
        batch: list[Text] = []
        characters = 0
        for source, record in records:
            if isinstance(record, BadLine):
                self._bad_count += 1
                if len(self._bad) < _BAD_LINES_KEPT:
                    self._bad.append(record)
                continue
            text = self._text(source, record)
            self._annotations.take(text, record.annotations)
            batch.append(text)
            characters += len(text.content)
            if len(batch) == _BATCH_TEXTS or characters > _BATCH_CHARACTERS:
                yield batch
                batch, characters = [], 0
        yield batch

    def _text(self, source: str, record: Record) -> Text:
        content = record.content.translate(_REPAIRS)
        self._repaired += content != record.content
        return Text(text_key(content), content, record.meta, source, record.line)
