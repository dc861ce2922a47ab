"""Files to start a label from, for labels that were named."""

from collections.abc import Mapping, Sequence
from pathlib import Path

from al_desktop.core.errors import KnownError
from al_desktop.project.starting_points import lines, pattern_of


def read_terms(path: Path, labels: Sequence[str]) -> Mapping[str, tuple[str, ...]]:
    """One term a line, or label, tab, term. The label may be left out if there is only one.

    Raises KnownError naming the line that has no or another label.
    """
    terms: dict[str, dict[str, None]] = {label: {} for label in labels}
    for number, line in lines(path):
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
    for number, line in lines(path):
        try:
            label, pattern = pattern_of(line)
        except ValueError as error:
            raise KnownError(
                f'{path}, line {number}: {error}. Each line must look like {{"label": ..., '
                '"pattern": ...}.'
            ) from error
        label = label or labels[0]
        _known(label, labels, path, number)
        patterns[label][pattern] = None
    return {label: tuple(found) for label, found in patterns.items()}


def _known(label: str, labels: Sequence[str], path: Path, number: int) -> None:
    if label not in labels:
        raise KnownError(
            f"{path}, line {number}: the label {label} is none of {', '.join(labels)}; "
            "name it with --label."
        )
