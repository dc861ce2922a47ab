"""Terms and patterns that point at spans to ask about first (Prodigy's patterns.jsonl)."""

import json
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING, Any

from al_desktop.core.configuration import Label
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Span

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Only a trained pipeline sets these; a project's documents are tokenised and nothing more.
_NEEDS_TRAINED_PIPELINE = frozenset(
    {"POS", "TAG", "MORPH", "DEP", "LEMMA", "SENT_START", "ENT_TYPE", "ENT_IOB", "ENT_ID"}
)


class PatternMatcher:
    """Finds the terms (without regard to case) and patterns of labels in documents."""

    def __init__(self, nlp: "Language", labels: Sequence[Label]) -> None:
        """Raises KnownError for a pattern that is no JSON or that spaCy refuses."""
        from spacy.matcher import Matcher, PhraseMatcher

        self._terms = PhraseMatcher(nlp.vocab, attr="LOWER")
        self._phrases = PhraseMatcher(nlp.vocab, attr="ORTH")
        self._patterns = Matcher(nlp.vocab, validate=True)
        # A rule's name in the matchers, to its label's key and its words for the annotator.
        self._rules: dict[str, tuple[str, str]] = {}
        self._vocab = nlp.vocab
        for label in labels:
            for term in label.terms:
                if term.strip():
                    name = self._rule(label, f'term "{term.strip()}"')
                    self._terms.add(name, [nlp.make_doc(term.strip())])
            for source in label.patterns:
                self._add_pattern(nlp, label, source)

    def __len__(self) -> int:
        """How many terms and patterns there are."""
        return len(self._rules)

    def matches(self, doc: "Doc") -> list[tuple[Span, str]]:
        """Spans in characters, labelled by label key, with words on what matched, such as
        'term "treaty of"'; ordered by place, each span and label once."""
        found: dict[Span, str] = {}
        for matcher in (self._terms, self._phrases, self._patterns):
            if len(matcher) == 0:
                continue
            for rule, start, end in matcher(doc):
                if end <= start:
                    continue
                label, words = self._rules[self._vocab.strings[rule]]
                last = doc[end - 1]
                span = Span(doc[start].idx, last.idx + len(last), label)
                found.setdefault(span, words)
        return sorted(found.items(), key=lambda item: (item[0].start, item[0].end, item[0].label))

    def _rule(self, label: Label, words: str) -> str:
        name = f"rule {len(self._rules)}"
        self._rules[name] = (label.key, words)
        return name

    def _add_pattern(self, nlp: "Language", label: Label, source: str) -> None:
        from spacy.errors import MatchPatternError

        pattern = _parsed(source, label.name)
        if isinstance(pattern, str):
            self._phrases.add(self._rule(label, f'pattern "{pattern}"'), [nlp.make_doc(pattern)])
            return
        name = self._rule(label, f"pattern {_words(pattern)}")
        try:
            self._patterns.add(name, [pattern])
        except (MatchPatternError, ValueError) as error:
            reason = " ".join(str(error).split())
            raise KnownError(
                f"The pattern {source} of {label.name} is not one spaCy knows: {reason}"
            ) from error


def _parsed(source: str, label_name: str) -> "str | list[dict[str, Any]]":
    try:
        pattern = json.loads(source)
    except json.JSONDecodeError as error:
        raise KnownError(
            f"The pattern {source} of {label_name} is not JSON: {error.msg} "
            f"at character {error.pos + 1}."
        ) from error
    if isinstance(pattern, str) and pattern.strip():
        return pattern.strip()
    is_tokens = isinstance(pattern, list) and all(isinstance(token, dict) for token in pattern)
    if not is_tokens or not pattern:
        raise KnownError(
            f"The pattern {source} of {label_name} must be a phrase or a list of tokens, "
            'such as [{"LOWER": "treaty"}, {"LOWER": "of"}].'
        )
    for attribute in (name.upper() for token in pattern for name in token):
        if attribute in _NEEDS_TRAINED_PIPELINE:
            raise KnownError(
                f"The pattern {source} of {label_name} asks for {attribute}, which only a trained "
                "pipeline knows: use LOWER, TEXT, SHAPE or REGEX instead."
            )
    return list(pattern)


def _words(pattern: "list[dict[str, Any]]") -> str:
    """A token pattern in few words: its plain values where it has them."""
    return '"' + " ".join(_token_words(token) for token in pattern) + '"'


def _token_words(token: "dict[str, Any]") -> str:
    def values() -> Iterator[str]:
        for attribute, value in token.items():
            if attribute.upper() in ("LOWER", "TEXT", "ORTH", "NORM") and isinstance(value, str):
                yield value

    return next(values(), "…")
