"""Files to start a label from: terms, and patterns as Prodigy writes them."""

import json
from collections.abc import Generator, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

from al_desktop.core.configuration import Label
from al_desktop.core.errors import KnownError
from al_desktop.formats import BadLine

MOST_LINES = 200_000


@dataclass(frozen=True, slots=True)
class StartingPoints:
    """What a file holds, by the name of a label, "" where a line names none.

    terms     words and phrases
    patterns  JSON texts, as in `Label.patterns`
    bad       lines that can't be used, and why
    checked   whether the patterns were tried
    """

    terms: Mapping[str, tuple[str, ...]]
    patterns: Mapping[str, tuple[str, ...]]
    bad: tuple[BadLine, ...] = ()
    checked: bool = True


def read_starting_points(path: Path, language: str) -> Generator[StartingPoints, None, None]:
    """What a file holds; once more after its patterns were tried on a tokeniser of this language,
    which takes a moment. Raises KnownError where the file can't be read."""
    terms: dict[str, dict[str, None]] = {}
    patterns: dict[str, dict[str, int]] = {}
    bad: list[BadLine] = []
    for number, line in lines(path):
        if not line.startswith("{"):
            label, _, term = line.rpartition("\t")
            terms.setdefault(label.strip(), {})[term.strip()] = None
            continue
        try:
            label, pattern = pattern_of(line)
        except ValueError as error:
            bad.append(BadLine(number, None, str(error)))
        else:
            patterns.setdefault(label, {}).setdefault(pattern, number)
    found = StartingPoints(
        {label: tuple(each) for label, each in terms.items()},
        {label: tuple(each) for label, each in patterns.items()},
        tuple(bad),
        checked=not patterns,
    )
    yield found
    if patterns:
        yield _checked(found, patterns, language)


def pattern_of(line: str) -> tuple[str, str]:
    """Label ("" where there is none) and pattern, as JSON text, of a line of patterns.jsonl.

    Raises ValueError with a reason.
    """
    try:
        row = json.loads(line)
    except json.JSONDecodeError as error:
        raise ValueError(
            f"not valid JSON: {error.msg.lower()} at character {error.colno}"
        ) from error
    except RecursionError:
        raise ValueError("nested too deep") from None
    if not isinstance(row, dict) or "pattern" not in row:
        raise ValueError('not like {"label": ..., "pattern": ...}')
    return str(row.get("label") or ""), json.dumps(row["pattern"], ensure_ascii=False)


def lines(path: Path) -> Iterator[tuple[int, str]]:
    """Lines that aren't empty, with their numbers. Raises KnownError where they can't be read."""
    try:
        for number, line in enumerate(path.read_text("utf-8-sig").splitlines(), start=1):
            if number > MOST_LINES:
                raise KnownError(f"{path} has more than {MOST_LINES:,} lines.")
            if line.strip():
                yield number, line.strip()
    except UnicodeDecodeError as error:
        raise KnownError(f"{path} can't be read: it is not UTF-8 text.") from error
    except OSError as error:
        raise KnownError(f"{path} can't be read: {error.strerror or error}.") from error


def _checked(
    found: StartingPoints, patterns: Mapping[str, Mapping[str, int]], language: str
) -> StartingPoints:
    """Without the patterns that can't be used."""
    from al_desktop.models.patterns import PatternMatcher
    from al_desktop.models.pipelines import blank_pipeline

    nlp = blank_pipeline(language)
    bad = list(found.bad)
    good: dict[str, tuple[str, ...]] = {}
    for name, numbers in patterns.items():
        usable = []
        for pattern, number in numbers.items():
            try:
                PatternMatcher(nlp, (Label(name, name or "…", patterns=(pattern,)),))
            except KnownError as error:
                bad.append(BadLine(number, None, str(error)))
            else:
                usable.append(pattern)
        if usable:
            good[name] = tuple(usable)
    bad.sort(key=lambda line: line.line)
    return replace(found, patterns=good, bad=tuple(bad), checked=True)
