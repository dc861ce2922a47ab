"""Files to start a label from: terms, and patterns as Prodigy writes them."""

import json
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from al_desktop.core.errors import KnownError


def read_terms(path: Path, labels: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """One term a line, or label, tab, term. The label may be left out if there is only one.

    Raises KnownError naming the line that has no or another label.
    """
    terms: dict[str, dict[str, None]] = {label: {} for label in labels}
    for number, line in _lines(path):
        label, tab, term = line.partition("\t")
        if not tab and len(labels) == 1:
            label, term = labels[0], line
        elif not tab:
            raise KnownError(
                f"{path}, line {number}: with several labels each line must be "
                "a label, a tab and a term."
            )
        _known(label.strip(), labels, path, number)
        if term.strip():
            terms[label.strip()][term.strip()] = None
    return {label: tuple(found) for label, found in terms.items()}


def read_patterns(path: Path, labels: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """Prodigy's patterns.jsonl: {"label": ..., "pattern": a phrase or a list of token patterns}.

    Each pattern is kept as JSON text. Raises KnownError naming the bad line.
    """
    patterns: dict[str, dict[str, None]] = {label: {} for label in labels}
    for number, line in _lines(path):
        try:
            row = json.loads(line)
            label, pattern = str(row.get("label", labels[0])), row["pattern"]
        except (ValueError, KeyError, AttributeError) as error:
            raise KnownError(
                f'{path}, line {number}: each line must look like {{"label": ..., "pattern": ...}}.'
            ) from error
        _known(label, labels, path, number)
        patterns[label][json.dumps(pattern, ensure_ascii=False)] = None
    return {label: tuple(found) for label, found in patterns.items()}


def _lines(path: Path) -> Iterator[tuple[int, str]]:
    try:
        for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
            if line.strip():
                yield number, line.strip()
    except (OSError, UnicodeDecodeError) as error:
        raise KnownError(f"{path} can't be read: {error}.") from error


def _known(label: str, labels: Sequence[str], path: Path, number: int) -> None:
    if label not in labels:
        raise KnownError(
            f"{path}, line {number}: the label {label} is none of {', '.join(labels)}; "
            "name it with --label."
        )
