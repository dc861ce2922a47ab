"""Finds the texts that hold a label's terms or patterns, to ask about them first."""

import re
from collections.abc import Sequence
from dataclasses import replace

from al_desktop.core.configuration import Label
from al_desktop.models.patterns import PatternMatcher
from al_desktop.models.pipelines import blank_pipeline

_WITHOUT_SPACES = frozenset({"zh", "ja", "th", "lo", "my", "km", "bo"})


class TermScan:
    """Terms match whole words, without regard to case; patterns as in `models.patterns`."""

    def __init__(self, labels: Sequence[Label], language: str) -> None:
        """Raises KnownError for a wrong pattern."""
        self._labels: dict[str, list[str]] = {}
        for label in labels:
            for term in label.terms:
                cleaned = " ".join(term.lower().split())
                if cleaned:
                    self._labels.setdefault(cleaned, []).append(label.key)
        longest_first = sorted(self._labels, key=len, reverse=True)
        alternatives = "|".join(
            r"\s+".join(map(re.escape, term.split(" "))) for term in longest_first
        )
        edges = ("", "") if language in _WITHOUT_SPACES else (r"(?<!\w)", r"(?!\w)")
        self._expression = re.compile(f"{edges[0]}(?:{alternatives}){edges[1]}", re.IGNORECASE)
        self._hits: dict[str, dict[int, str]] = {label.key: {} for label in labels}
        with_patterns = [replace(label, terms=()) for label in labels if label.patterns]
        # spaCy takes a second to import, which most projects can do without.
        self._nlp = blank_pipeline(language) if with_patterns else None
        self._patterns = PatternMatcher(self._nlp, with_patterns) if self._nlp else None

    def hits(self, label: str) -> dict[int, str]:
        """The positions of the texts found so far, with words on what was found."""
        return self._hits[label]

    def scan(self, positions: Sequence[int], contents: Sequence[str]) -> list[int]:
        """Takes in texts; returns the positions of those where something was found."""
        for position, content in zip(positions, contents, strict=True):
            for term in self._terms_in(content):
                for label in self._labels[term]:
                    self._hits[label].setdefault(position, f'term "{term}"')
            if self._nlp is not None and self._patterns is not None:
                for span, words in self._patterns.matches(self._nlp.make_doc(content)):
                    self._hits[span.label].setdefault(position, words)
        return [
            position
            for position in positions
            if any(position in hits for hits in self._hits.values())
        ]

    def _terms_in(self, content: str) -> list[str]:
        if not self._labels:
            return []
        matches = (match.group() for match in self._expression.finditer(content))
        terms = {" ".join(words.lower().split()) for words in matches}
        return sorted(terms & self._labels.keys())
