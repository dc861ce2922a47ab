"""Copies for colleagues: dealt out, sent, and merged when they come back."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

import numpy as np

from al_desktop.core.errors import KnownError
from al_desktop.core.identifiers import uuid7
from al_desktop.project.carrying import packed
from al_desktop.project.choosing import Parcel, chosen
from al_desktop.storage import SUFFIX, ProjectFile
from al_desktop.storage.merge_description import Merge


def deal(
    keys: Sequence[str], parts: int, overlap: int, random: np.random.Generator
) -> list[list[str]]:
    """Splits texts at random: `overlap` of them for everybody, the rest in equal parts.

    Each part in the order of `keys`. Raises KnownError where there are too few texts.
    """
    if overlap > len(keys) or len(keys) - overlap < parts:
        raise KnownError(
            f"{len(keys):,} texts are too few for {parts} parts with {overlap:,} in common."
        )
    order = random.permutation(len(keys))
    common, rest = order[:overlap], order[overlap:]
    dealt = [np.sort(np.concatenate([common, rest[part::parts]])) for part in range(parts)]
    return [[keys[position] for position in positions.tolist()] for positions in dealt]


def drawn(keys: Sequence[str], percent: int, random: np.random.Generator) -> list[str]:
    """A share of texts (1..100) at random, one at least, in the order of `keys`."""
    number = min(len(keys), max(1, round(len(keys) * percent / 100)))
    positions: list[int] = np.sort(random.choice(len(keys), number, replace=False)).tolist()
    return [keys[position] for position in positions]


def send(
    file: ProjectFile, destination: Path, parcel: Parcel, by: str, random: np.random.Generator
) -> Iterator[Path]:
    """Writes the copies, one a step. `destination` is a file or, where there are colleagues, a
    folder; files are called after the project and the colleague, and don't exist yet.

    Raises KnownError where there are too few texts, or a copy can't be written.
    """
    keys: Sequence[str] = chosen(file, parcel.wanted)
    if parcel.percent < 100 and keys:
        keys = drawn(keys, parcel.percent, random)
    if not keys:
        raise KnownError("No text is like that, so there is nothing to send. Choose others.")
    state = packed(parcel.model, by) if parcel.model is not None else None
    part = str(parcel.wanted)
    if parcel.percent < 100:
        part = f"{parcel.percent} % at random{', ' if part else ''}{part}"
    if not parcel.colleagues:
        everything = parcel.wanted.is_everything and parcel.percent == 100
        texts = None if everything else keys
        file.save_copy(
            destination, by=by, answers=parcel.answers, texts=texts, part=part, state=state
        )
        yield destination
        return
    parts = deal(keys, len(parcel.colleagues), parcel.overlap, random)
    names = parcel.colleagues
    copies = [destination / f"{file.path.stem}-{_file_name(name)}{SUFFIX}" for name in names]
    for path in copies:
        if path.exists() or copies.count(path) > 1:
            raise KnownError(f"{path} exists already. Choose another folder, or other names.")
    for path, name, texts in zip(copies, names, parts, strict=True):
        words = f"for {name}{', ' if part else ''}{part}"
        file.save_copy(path, by=by, answers=parcel.answers, texts=texts, part=words, state=state)
        yield path


def merge_copies(
    sources: Sequence[Path], destination: Path | None, by: str, stop: Callable[[], bool]
) -> Iterator[tuple[Path, Merge]]:
    """Merges copies of a project, one a step, into a new file or, without a destination, into
    the first of them. The merge under way is given up when `stop` says so."""
    first, *others = sources
    if destination is None:
        yield from _merged(first, others, stop)
        return
    # Under another name until all is in it: what is given up leaves nothing behind.
    unfinished = destination.with_name(f".{uuid7()}{destination.name}")
    try:
        with ProjectFile.open_for_reading(first) as file:
            if destination.exists():
                raise KnownError(f"{destination} exists already. Choose another name.")
            file.save_copy(unfinished, by=by)
        yield from _merged(unfinished, others, stop)
        unfinished.rename(destination)
    finally:
        unfinished.unlink(missing_ok=True)


def _merged(
    path: Path, others: Sequence[Path], stop: Callable[[], bool]
) -> Iterator[tuple[Path, Merge]]:
    together = uuid7()
    with ProjectFile.open(path) as file:
        for other in others:
            yield other, file.merge(other, stop, together)


def _file_name(name: str) -> str:
    kept = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name)
    return kept.strip(".-") or "copy"
