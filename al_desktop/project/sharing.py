"""Copies for colleagues: dealt out, sent, and merged when they come back."""

from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np

from al_desktop.core.errors import KnownError
from al_desktop.storage import SUFFIX, ProjectFile
from al_desktop.storage.merging import Merge


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


def send_parts(
    file: ProjectFile,
    folder: Path,
    colleagues: Sequence[str],
    *,
    by: str,
    overlap: int,
    answers: bool,
    random: np.random.Generator,
) -> Iterator[Path]:
    """Writes a copy for each colleague, one a step, with a part of the texts each. The files
    are called after the project and the colleague, and don't exist yet."""
    parts = deal(file.pool().keys(), len(colleagues), overlap, random)
    paths = [folder / f"{file.path.stem}-{_file_name(name)}{SUFFIX}" for name in colleagues]
    for path in paths:
        if path.exists() or paths.count(path) > 1:
            raise KnownError(f"{path} exists already. Choose another folder, or other names.")
    for path, part in zip(paths, parts, strict=True):
        file.save_copy(path, by=by, answers=answers, texts=part)
        yield path


def merge_copies(
    sources: Sequence[Path], destination: Path | None, by: str
) -> Iterator[tuple[Path, Merge]]:
    """Merges copies of a project, one a step, into a new file or, without a destination, into
    the first of them."""
    first, *others = sources
    if destination is not None:
        with ProjectFile.open_for_reading(first) as file:
            file.save_copy(destination, by=by)
    with ProjectFile.open(destination or first) as file:
        for other in others:
            yield other, file.merge(other)


def _file_name(name: str) -> str:
    kept = "".join(letter if letter.isalnum() or letter in "-_." else "-" for letter in name)
    return kept.strip(".-") or "copy"
