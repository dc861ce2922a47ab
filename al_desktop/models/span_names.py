"""Names that mean the same wherever they stand: what a recogniser of few texts forgets first."""

from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from spacy.language import Language

    from al_desktop.models.span_training import LabelledText

SHARE = 0.95
"""Of the places where its words stand, those where it was found at least."""
MOST_NAMES = 20_000


def reliable_names(nlp: "Language", texts: Sequence["LabelledText"]) -> list[dict[str, Any]]:
    """Patterns for spaCy's entity_ruler: names found in nearly all places where their words,
    without regard to case, stand; those within a longer name don't count."""
    from spacy.matcher import PhraseMatcher

    names = {
        (text.content[start:end].lower(), label)
        for text in texts
        for start, end, label in text.spans
    }
    matcher = PhraseMatcher(nlp.vocab, attr="LOWER")
    matcher.add("name", [nlp.make_doc(name) for name, _ in sorted(names)])
    stands: Counter[str] = Counter()
    found: Counter[tuple[str, str]] = Counter()
    for text in texts:
        doc = nlp.make_doc(text.content)
        spans = {(start, end): label for start, end, label in text.spans}
        for _, first, last in matcher(doc):
            start, end = doc[first].idx, doc[last - 1].idx + len(doc[last - 1])
            within = any(s <= start and end <= e and (s, e) != (start, end) for s, e in spans)
            if not within:
                name = text.content[start:end].lower()
                stands[name] += 1
                if (start, end) in spans:
                    found[name, spans[start, end]] += 1
    reliable = [
        (name, label)
        for (name, label), count in found.most_common(MOST_NAMES)
        if count >= SHARE * stands[name]
    ]
    return [{"label": label, "pattern": name} for name, label in sorted(reliable)]
