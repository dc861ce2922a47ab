"""An open project: the parts put together once, for the window and for the command line."""

import json
import os
from collections.abc import Generator, Iterable, Iterator
from contextlib import closing, contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Self, TextIO

from al_desktop import paths
from al_desktop.core.configuration import Configuration
from al_desktop.core.configuration_json import configuration_from_json
from al_desktop.core.errors import KnownError
from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Kind, Text, text_key
from al_desktop.core.queue import Queue
from al_desktop.core.session import Session
from al_desktop.core.statistics import Statistics, Tally
from al_desktop.formats import WRITERS, BadLine, Record, Source, reader_for
from al_desktop.storage import ProjectFile

_BATCH_TEXTS = 1000
_BATCH_CHARACTERS = 4_000_000
_BAD_LINES_KEPT = 1000
# What SQLite, or UTF-8, can't hold: NUL and halves of surrogate pairs. Offsets stay as they are.
_REPAIRS = {0: "\N{REPLACEMENT CHARACTER}"} | dict.fromkeys(
    range(0xD800, 0xE000), "\N{REPLACEMENT CHARACTER}"
)


class Project:
    """A project open for annotating, by one annotator. Closing it releases the file's lock."""

    def __init__(self, file: ProjectFile, annotator: str) -> None:
        self.file = file
        self.log = AnswerLog(event for _, event in file.events())
        self.queue = Queue(self.log.is_answered)
        self.session = Session(self.log, file, self.queue, annotator)
        self._tally = Tally(self.log)
        self._texts = file.text_count()

    def statistics(self) -> Statistics:
        """Costs time only for what was answered since the last call."""
        return self._tally.statistics(self._texts)

    def texts_changed(self) -> None:
        """To be called after texts were added to the file."""
        self._texts = self.file.text_count()

    def close(self) -> None:
        self.file.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self.close()


@dataclass(frozen=True, slots=True)
class ImportReport:
    """What an import did.

    added       texts new to the project
    duplicates  texts that were in the project, or earlier in the file
    repaired    texts in which NUL characters or halves of surrogate pairs became U+FFFD
    bad         the first 1,000 lines that were left out, and why; `bad_count` counts all
    """

    added: int = 0
    duplicates: int = 0
    repaired: int = 0
    bad: tuple[BadLine, ...] = ()
    bad_count: int = 0


@dataclass(frozen=True, slots=True)
class ImportProgress:
    """How far an import is. Its report knows `added` and `duplicates` only at the end."""

    done_bytes: int
    total_bytes: int
    report: ImportReport


def create_project(path: Path, name: str, configuration: Configuration) -> Project:
    """Makes a project file and opens it, for whoever is logged in."""
    return Project(ProjectFile.create(path, name, configuration), default_annotator())


def open_project(path: Path, annotator: str) -> Project:
    """Opens a project file for writing. Raises KnownError where that can't be."""
    file = ProjectFile.open(path)
    try:
        return Project(file, annotator)
    except BaseException:
        file.close()
        raise


def default_annotator() -> str:
    """The name of the user's account; "annotator" where it has none."""
    for variable in ("LOGNAME", "USER", "USERNAME"):
        if name := os.environ.get(variable):
            return name
    return "annotator"


def import_texts(
    file: ProjectFile,
    source: Path,
    format: str | None = None,  # noqa: A002
    **choices: str,
) -> Generator[ImportProgress, None, ImportReport]:
    """Adds the texts of a file to the project: yields progress, returns the report, which the
    last progress also holds.

    All or nothing: closing it early, or an error, leaves the project as it was. Lines that can't
    be read are left out and reported. Raises KnownError where the file as a whole can't be read.
    """
    reader = reader_for(source, format)
    with Source(source, choices.pop("encoding", None)) as opened:
        intake = _Intake(source.name)
        adding = intake.add(file, reader.read(opened, **choices))
        with closing(adding):
            for _ in adding:
                yield ImportProgress(opened.done_bytes, opened.total_bytes, intake.report())
        yield ImportProgress(opened.total_bytes, opened.total_bytes, intake.report())
        return intake.report()


class _Intake:
    """Makes texts of what a reader yields, and keeps count."""

    def __init__(self, source: str) -> None:
        self._source = source
        self._taken = 0
        self._added: int | None = None
        self._repaired = 0
        self._bad: list[BadLine] = []
        self._bad_count = 0

    def add(self, file: ProjectFile, records: Iterable[Record | BadLine]) -> Generator[None]:
        """Stages batch by batch, then adds all of them to the file."""
        adding = file.add_texts(self._batches(records))
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
        duplicates = 0 if self._added is None else self._taken - added
        return ImportReport(added, duplicates, self._repaired, tuple(self._bad), self._bad_count)

    def _batches(self, records: Iterable[Record | BadLine]) -> Iterator[list[Text]]:
        batch: list[Text] = []
        characters = 0
        for record in records:
            if isinstance(record, BadLine):
                self._bad_count += 1
                if len(self._bad) < _BAD_LINES_KEPT:
                    self._bad.append(record)
                continue
            text = self._text(record)
            batch.append(text)
            characters += len(text.content)
            if len(batch) == _BATCH_TEXTS or characters > _BATCH_CHARACTERS:
                yield batch
                batch, characters = [], 0
        yield batch

    def _text(self, record: Record) -> Text:
        content = record.content.translate(_REPAIRS)
        self._repaired += content != record.content
        return Text(text_key(content), content, record.meta, self._source, record.line)


def export_answers(
    project: Project,
    destination: Path,
    format: str = "prodigy",  # noqa: A002
) -> int:
    """Writes what stands as the answer to each answered question; the number of rows written.

    Written to a file beside the destination, which then takes its place: a failure leaves what
    was there. Raises KnownError where it can't be written.
    """
    if format not in WRITERS:
        raise KnownError(
            f'There is no format "{format}". Choose one of these: {", ".join(WRITERS)}.'
        )
    names = {label.key: label.name for label in project.file.configuration.labels}
    with replaced(destination) as file:
        return WRITERS[format](file, _answers(project), names)


def _answers(project: Project) -> Iterator[tuple[Text, Event]]:
    for event in project.log.answered():
        # A text that was taken out again, with a merge, has nothing to show.
        with suppress(KeyError):
            yield project.file.text(event.question.text_key), event


@contextmanager
def replaced(destination: Path) -> Iterator[TextIO]:
    """A text file to write in UTF-8 that takes the destination's place when all went well."""
    unfinished = destination.with_name(f".{destination.name}.{uuid7()}")
    try:
        with unfinished.open("w", encoding="utf-8", newline="\n") as file:
            yield file
            file.flush()
            os.fsync(file.fileno())
        unfinished.replace(destination)
    except OSError as error:
        raise KnownError(
            f"{destination} can't be written: {error.strerror or error}. Choose another place."
        ) from error
    finally:
        unfinished.unlink(missing_ok=True)


def default_project_folder() -> Path:
    """Where new projects are put unless the user says otherwise; made when first asked for."""
    folder = paths.data_folder() / "projects"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def cache_folder() -> Path:
    """For what can be made anew at any time; made when first asked for."""
    folder = paths.cache_folder()
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def sample_project(kind: Kind, folder: Path | None = None) -> Path:
    """The user's own copy of a sample project, made on first use from what ships with the
    program, in `folder` or the default one."""
    sample = paths.resources() / "sample"
    path = (folder or default_project_folder()) / f"sample-{kind.value}.aldesk"
    if path.exists():
        return path
    recipe = json.loads((sample / f"{kind.value}.json").read_text(encoding="utf-8"))
    # Made under another name first: a half-made copy must not be taken for a whole one.
    unfinished = path.with_name(f".{uuid7()}{path.name}")
    try:
        configuration = configuration_from_json(recipe["configuration"])
        with ProjectFile.create(unfinished, recipe["name"], configuration) as file:
            for _ in import_texts(file, sample / "texts.jsonl"):
                pass
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    return path
