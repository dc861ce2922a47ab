"""Texts and annotations taken in from files of other programs."""

from collections.abc import Generator, Iterable, Iterator, Mapping
from contextlib import closing
from dataclasses import dataclass, field, replace
from pathlib import Path

from al_desktop.core.configuration import Label
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Text, text_key
from al_desktop.formats import BadLine, Record, Source, reader_for
from al_desktop.formats.unpacking import unpacked
from al_desktop.project.annotations import Annotations
from al_desktop.storage import ProjectFile

_BATCH_TEXTS = 1000
_BATCH_CHARACTERS = 4_000_000
_BAD_LINES_KEPT = 1000
# What SQLite, or UTF-8, can't hold: NUL and halves of surrogate pairs. Offsets stay as they are.
_REPAIRS = {0: "\N{REPLACEMENT CHARACTER}"} | dict.fromkeys(
    range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"
)
ANNOTATIONS = ("none", "answers", "gold", "evaluation")
# Measured with 1,000,000 short texts; storing takes the rest of the time.
_SHARE_OF_READING = 0.7


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    added           texts new to the project
    duplicates      texts that were in the project, or earlier in the file
    repaired        texts in which NUL characters or halves of surrogate pairs became U+FFFD
    bad             the first 1,000 lines that were left out, and why; `bad_count` counts all
    annotations     taken over as answers, or parts of gold
    unknown_labels  annotations left out since the project has no such label, by its name
    unsuitable      annotations left out since they are about phrases where the project is about
                    whole texts, or the other way round
    """

    added: int = 0
    duplicates: int = 0
    repaired: int = 0
    bad: tuple[BadLine, ...] = ()
    bad_count: int = 0
    annotations: int = 0
    unknown_labels: Mapping[str, int] = field(default_factory=dict)
    unsuitable: int = 0


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is: of the file's bytes, and of the texts read then. Its report knows
    `added` and `duplicates` only at the end."""

    done_bytes: int
    total_bytes: int
    report: ImportReport
    stored: int = 0
    taken: int = 0

    @property
    def share(self) -> float:
        """Of all the work, 0..1."""
        read = self.done_bytes / max(1, self.total_bytes)
        return _SHARE_OF_READING * read + (1 - _SHARE_OF_READING) * self.stored / max(1, self.taken)


def import_texts(
    file: ProjectFile,
    source: Path,
    format: str | None = None,  # noqa: A002
    annotations: str = "none",
    annotator: str = "",
    labels: Mapping[str, str] | None = None,
    new_labels: Iterable[Label] = (),
    **choices: str,
) -> Generator[ImportProgress, None, ImportReport]:
    """Adds the texts of a file, a folder or an archive to the project: yields progress, returns
    the report, which the last progress also holds.

    format       a key of formats.READERS; found out by default
    annotations  what becomes of those that come along: "none" leaves them out; "answers" takes
                 each as the answer to its question; "gold" takes all of one text together as
                 everything there is to say about it, for the labels that occur in the file;
                 "evaluation" does the same and makes of these texts what the model is judged by,
                 in place of the texts drawn by lot: nothing is learned from them
    annotator    to whom they are ascribed where the file doesn't say; the file's name by default
    labels       the key of the project's label by the name in the file, "" to leave it out; those
                 not among them are found by name
    new_labels   that the project gets with the texts
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
        before = file.configuration
        configuration = replace(before, labels=(*before.labels, *new_labels))
        taking = Annotations(configuration, annotations, annotator or source.name, labels)
        intake = _Intake(taking)
        adding = file.add_texts(intake.batches(files.records()), taking.events(), configuration)
        added = 0
        with closing(adding):
            while True:
                try:
                    now = next(adding)
                except StopIteration as end:
                    added = end.value
                    break
                yield ImportProgress(
                    files.done_bytes, files.total_bytes, intake.report(), now.stored, now.taken
                )
        report = replace(intake.report(), added=added, duplicates=intake.taken - added)
        yield ImportProgress(files.total_bytes, files.total_bytes, report, 1, 1)
        return report


@dataclass(frozen=True, slots=True)
class Order:
    """An import to be carried out in another process. `choices` are those of `import_texts`.

    beside   whether this program's window has the project open, and leaves it alone meanwhile
    """

    project: Path
    source: Path
    choices: Mapping[str, str]
    annotations: str = "none"
    labels: Mapping[str, str] = field(default_factory=dict)
    new_labels: tuple[Label, ...] = ()
    beside: bool = True


def carry_out(order: Order) -> Generator[ImportProgress, None, ImportReport]:
    """Imports as `import_texts` does."""
    opened = ProjectFile.open_beside if order.beside else ProjectFile.open
    with opened(order.project) as file:
        return (
            yield from import_texts(
                file,
                order.source,
                annotations=order.annotations,
                labels=order.labels,
                new_labels=order.new_labels,
                **order.choices,
            )
        )


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


class _Intake:
    """Makes texts of what a reader yields, and keeps count."""

    def __init__(self, annotations: Annotations) -> None:
        self._annotations = annotations
        self.taken = 0
        self._repaired = 0
        self._bad: list[BadLine] = []
        self._bad_count = 0

    def report(self) -> ImportReport:
        return ImportReport(
            repaired=self._repaired,
            bad=tuple(self._bad),
            bad_count=self._bad_count,
            annotations=self._annotations.count,
            unknown_labels=dict(self._annotations.unknown),
            unsuitable=self._annotations.others,
        )

    def batches(self, records: Iterable[tuple[str, Record | BadLine]]) -> Iterator[list[Text]]:
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
            self.taken += 1
            batch.append(text)
            characters += len(text.content)
            if len(batch) == _BATCH_TEXTS or characters > _BATCH_CHARACTERS:
                yield batch
                batch, characters = [], 0
        yield batch

    def _text(self, source: str, record: Record) -> Text:
        content = record.content
        if not content.isascii() or "\0" in content:
            content = content.translate(_REPAIRS)
        self._repaired += content != record.content
        return Text(text_key(content), content, record.meta, source, record.line)
