"""Answers as spaCy's DocBin, ready for `spacy train`. To be run in a process of its own."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from al_desktop.core.questions import Span
from al_desktop.models.pipelines import blank_pipeline

if TYPE_CHECKING:
    from spacy.tokens import Doc

INCORRECT_SPANS = "incorrect_spans"
_DEV_SHARE = 5


@dataclass(frozen=True, slots=True)
class DocBinText:
    """Spans by label name. `complete` where all labels of the project were marked in full: then
    what is not accepted is outside, else it is missing. `categories` are 1 or 0 by label."""

    key: str
    content: str
    accepted: tuple[Span, ...] = ()
    rejected: tuple[Span, ...] = ()
    complete: bool = False
    categories: tuple[tuple[str, float], ...] = ()


@dataclass(frozen=True, slots=True)
class DocBinReport:
    """Texts in train.spacy and dev.spacy, and spans left out: off the tokens, or overlapping."""

    train: int
    dev: int
    off_tokens: int
    overlapping: int


def write_docbin(folder: Path, language: str, texts: Sequence[DocBinText]) -> DocBinReport:
    """Writes train.spacy and dev.spacy: a fifth of the texts, always the same ones, is for dev.

    Rejected spans are in the span group "incorrect_spans": name it as `incorrect_spans_key` of
    the entity recogniser.
    """
    from spacy.tokens import DocBin

    nlp = blank_pipeline(language)
    bins = {"train": DocBin(), "dev": DocBin()}
    off_tokens = overlapping = 0
    for text in texts:
        doc = nlp.make_doc(text.content)
        off, over = _annotate(doc, text)
        off_tokens, overlapping = off_tokens + off, overlapping + over
        bins["dev" if int(text.key[:8], 16) % _DEV_SHARE == 0 else "train"].add(doc)
    for name, docs in bins.items():
        docs.to_disk(folder / f"{name}.spacy")
    return DocBinReport(len(bins["train"]), len(bins["dev"]), off_tokens, overlapping)


def _annotate(doc: "Doc", text: DocBinText) -> tuple[int, int]:
    from spacy.util import filter_spans

    accepted, rejected = _spans(doc, text.accepted), _spans(doc, text.rejected)
    entities = filter_spans(accepted)
    doc.set_ents(entities, default="outside" if text.complete else "missing")
    doc.spans[INCORRECT_SPANS] = rejected
    doc.cats = dict(text.categories)
    off_tokens = len(text.accepted) + len(text.rejected) - len(accepted) - len(rejected)
    return off_tokens, len(accepted) - len(entities)


def _spans(doc: "Doc", spans: Sequence[Span]) -> list[Any]:
    found = [doc.char_span(span.start, span.end, label=span.label) for span in spans]
    return [span for span in found if span is not None]
