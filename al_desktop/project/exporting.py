"""Answers written to a file another program reads."""

import os
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import TextIO

from al_desktop.core.errors import KnownError
from al_desktop.core.events import Event
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Text
from al_desktop.formats import WRITERS
from al_desktop.project.opening import Project


def export_answers(
    project: Project,
    destination: Path,
    format: str = "prodigy",  # noqa: A002
) -> int:
    """Writes what stands: the answer to each answered question that no later highlight of its text
    covers, and each highlighted text. Returns the number of rows written.

    Written to a file beside the destination, which then takes its place: a failure leaves what
    was there. Raises KnownError where it can't be written.
    """
    if format not in WRITERS:
        raise KnownError(
            f'There is no format "{format}". Choose one of these: {", ".join(WRITERS)}.'
        )
    names = {label.key: label.name for label in project.file.configuration.labels}
    with replaced(destination) as file:
        return WRITERS[format](file, _answers(project), names, project.file.configuration.kind)


def _answers(project: Project) -> Iterator[tuple[Text, Event]]:
    for event in project.log.standing():
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
