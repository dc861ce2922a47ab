"""Answers written to files other programs read."""

import json
import multiprocessing
import os
import shutil
import time
from collections import Counter
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TextIO

from al_desktop.core.configuration import Configuration
from al_desktop.core.doubts import influences
from al_desktop.core.errors import KnownError
from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer, Kind
from al_desktop.formats import WRITERS, Writer
from al_desktop.formats.outgoing import Answered
from al_desktop.project.opening import Project

CONFLICTS = ("settled", "majority", "all")
ABOUT = ".about.json"
_TEXTS_AT_ONCE = 500

_DOCBIN = Writer(
    "spaCy DocBin for `spacy train`",
    "",
    lambda *_: 0,
    (
        "Annotators, times, scores, selection probabilities and audit flags are left out.",
        "Spans that don't end where spaCy's tokens do, and the shorter of those that overlap, are "
        "left out.",
        'What was never asked is missing, not outside; rejected spans are in "incorrect_spans".',
    ),
    folder=True,
)
EXPORTS = {**WRITERS, "docbin": _DOCBIN}


@dataclass(frozen=True, slots=True)
class Wanted:
    """Which answers to export; by default all that stand.

    answers     of these kinds
    labels      by name or key; all if empty
    annotators  given by these; by all if empty
    audit       to audit questions only
    conflicts   where annotators differ and there is no verdict: "settled" takes the latest,
                "majority" what most gave and nothing in a tie; "all" takes everybody's answer,
                and the verdict too
    """

    answers: frozenset[Answer] = frozenset(Answer)
    labels: frozenset[str] = frozenset()
    annotators: frozenset[str] = frozenset()
    audit: bool = False
    conflicts: str = "settled"


def export_answers(
    project: Project,
    destination: Path,
    format: str = "prodigy",  # noqa: A002
    wanted: Wanted | None = None,
) -> int:
    """Writes what stands: the answer to each answered question that no later highlight of its text
    covers, and each highlighted text. Returns the number of rows or texts written.

    The destination is a file or, for some formats, a folder that doesn't exist yet. It takes its
    place when all is written: a failure leaves what was there. A file beside it, or within the
    folder, says what is in it and what the format can't carry. Raises KnownError where it can't
    be written.
    """
    wanted = wanted or Wanted()
    configuration = project.file.configuration
    writer = _writer(format, configuration.kind)
    if wanted.conflicts not in CONFLICTS:
        raise KnownError(f"Conflicts can be one of these: {', '.join(CONFLICTS)}.")
    texts = _texts(project, wanted)
    about = {
        "project": project.file.name,
        "format": writer.name,
        "exported_ms": time.time_ns() // 1_000_000,
        "answers": sorted(wanted.answers),
        "labels": sorted(wanted.labels) or "all",
        "annotators": sorted(wanted.annotators) or "all",
        "audit_only": wanted.audit,
        "conflicts": wanted.conflicts,
        "not_carried": list(writer.loses),
    }
    if writer.folder:
        return _export_folder(destination, writer, texts, configuration, about)
    with replaced(destination) as file:
        count = writer.write(file, texts, configuration.kind)
    with replaced(destination.with_name(destination.name + ABOUT)) as file:
        json.dump(about | {"rows": count}, file, indent=2)
    return count


def _writer(format: str, kind: Kind) -> Writer:  # noqa: A002
    if format not in EXPORTS:
        raise KnownError(
            f'There is no format "{format}". Choose one of these: {", ".join(EXPORTS)}.'
        )
    writer = EXPORTS[format]
    if kind not in writer.kinds:
        raise KnownError(f"{writer.name} can't hold labels of whole texts. Choose another format.")
    return writer


def _export_folder(
    destination: Path,
    writer: Writer,
    texts: Iterable[Answered],
    configuration: Configuration,
    about: dict[str, Any],
) -> int:
    if destination.exists():
        raise KnownError(f"{destination} exists already. Choose another name for the folder.")
    unfinished = destination.with_name(f".{destination.name}.{uuid7()}")
    try:
        unfinished.mkdir()
        if writer is _DOCBIN:
            report = _write_docbin(unfinished, texts, configuration)
            count = report["train"] + report["dev"]
            about = about | report
        else:
            count = writer.write(unfinished, texts, configuration.kind)
        written = json.dumps(about | {"texts": count}, indent=2)
        (unfinished / "about.json").write_text(written, encoding="utf-8")
        unfinished.rename(destination)
    except OSError as error:
        raise KnownError(
            f"{destination} can't be written: {error.strerror or error}. Choose another place."
        ) from error
    finally:
        shutil.rmtree(unfinished, ignore_errors=True)
    return count


def _write_docbin(
    folder: Path, texts: Iterable[Answered], configuration: Configuration
) -> dict[str, int]:
    """In a process of its own, since the window's never imports spaCy."""
    from al_desktop.models.docbin import DocBinText, write_docbin

    labels = {label.key for label in configuration.labels}
    spans = configuration.kind is Kind.SPANS
    rows = [
        DocBinText(
            key=one.text.key,
            content=one.text.content,
            accepted=tuple(one.spans(Answer.ACCEPT)) if spans else (),
            rejected=tuple(one.spans(Answer.REJECT)) if spans else (),
            complete=one.gold is not None and labels <= set(one.gold.labels),
            categories=() if spans else _categories(one),
        )
        for one in texts
    ]
    spawn = multiprocessing.get_context("spawn")
    with ProcessPoolExecutor(1, mp_context=spawn) as pool:
        report = pool.submit(write_docbin, folder, configuration.language, rows).result()
    return {
        "train": report.train,
        "dev": report.dev,
        "spans_off_tokens": report.off_tokens,
        "spans_overlapping": report.overlapping,
    }


def _categories(one: Answered) -> tuple[tuple[str, float], ...]:
    accepted = dict.fromkeys(one.labels(Answer.ACCEPT), 1.0)
    return tuple({**dict.fromkeys(one.labels(Answer.REJECT), 0.0), **accepted}.items())


def _texts(project: Project, wanted: Wanted) -> Iterator[Answered]:
    """In the order of the first answer; texts about which nothing is wanted are left out."""
    names = {label.key: label.name for label in project.file.configuration.labels}
    chosen: dict[str, list[Event]] = {}
    for event in project.log.standing():
        for one in _of_question(project.log, event, wanted):
            label_is_wanted = one.gold is not None or not wanted.labels.isdisjoint(
                (one.question.label, names.get(one.question.label, ""))
            )
            if label_is_wanted or not wanted.labels:
                chosen.setdefault(one.question.text_key, []).append(one)
    weights = influences(project.log.answered())
    keys = list(chosen)
    for first in range(0, len(keys), _TEXTS_AT_ONCE):
        some = keys[first : first + _TEXTS_AT_ONCE]
        texts = project.file.texts(some)
        # A text that was taken out again, with a merge, has nothing to show.
        for key in filter(texts.__contains__, some):
            answers = tuple(event for event in chosen[key] if event.gold is None)
            highlights = [event for event in chosen[key] if event.gold is not None]
            highlight = highlights[-1] if highlights else None
            yield Answered(texts[key], answers, highlight, names, weights)


def _of_question(log: AnswerLog, standing: Event, wanted: Wanted) -> Iterator[Event]:
    key = standing.question.key
    everybody = [*log.live_by_annotator(key).values()]
    verdict = log.verdict(key)
    if verdict is not None:
        everybody.append(verdict)
    if wanted.annotators:
        everybody = [event for event in everybody if event.annotator in wanted.annotators]
    for event in _settled(everybody, wanted.conflicts):
        audit = event.selection is not None and event.selection.audit
        kind_is_wanted = event.answer is None or event.answer in wanted.answers
        if kind_is_wanted and (audit or not wanted.audit):
            yield event


def _settled(events: list[Event], conflicts: str) -> list[Event]:
    """Of answers to one question, one; several for "all", none for a majority in a tie."""
    if conflicts == "all" or not events:
        return events
    verdicts = [event for event in events if event.kind == "settle"]
    latest = max(verdicts or events, key=lambda event: event.uid)
    if verdicts or conflicts == "settled" or latest.gold is not None:
        return [latest]
    ranked = Counter(event.answer for event in events).most_common(2)
    if len(ranked) == 2 and ranked[0][1] == ranked[1][1]:
        return []
    return [max((e for e in events if e.answer is ranked[0][0]), key=lambda event: event.uid)]


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
