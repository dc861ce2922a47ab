"""What the heads and the answers say of whole texts: the teacher of the deliverable."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.span_decoding import decode
from al_desktop.models.span_model import SpanModel
from al_desktop.models.span_pool import SpanPool
from al_desktop.models.span_supervision import LabelAnswers
from al_desktop.models.span_training import LabelledText

Floats = NDArray[np.float32]

UNSURE_SHARE = 0.5
"""A span below its label's threshold, but above this share of it, is left missing."""
SURE = 0.5
"""From this probability on a span of a made-up text is taken for one: the scorer sees more in them
than there is."""


def labelled_texts(
    pool: SpanPool,
    contents: Sequence[str],
    model: SpanModel,
    answers: Sequence[LabelAnswers],
    names: Sequence[str],
) -> list[LabelledText]:
    """Each text of the pool with the spans that are accepted or found, of all labels together:
    a recogniser's spans never overlap."""
    margins: list[Floats] = []
    for label, given in enumerate(answers):
        p = model.score(pool, label)
        # Above 1 is a find; answers stand above and below every opinion.
        margin = np.zeros(len(pool), np.float32) if p is None else p / model.threshold(label)
        margin[np.array([*given.rejected, *given.unmarked, *given.implied], np.int64)] = 0.0
        margin[np.array(given.accepted, np.int64)] = np.inf
        margins.append(margin)
    return _decoded(pool, contents, margins, names)


def surely_labelled(
    pool: SpanPool, contents: Sequence[str], model: SpanModel, names: Sequence[str]
) -> list[LabelledText]:
    """Each text of a pool of made-up ones with the spans that are found for sure."""
    margins: list[Floats] = []
    for label in range(len(names)):
        p = model.score(pool, label)
        if p is None:
            margins.append(np.zeros(len(pool), np.float32))
            continue
        sure = np.float32(max(SURE, model.threshold(label)))
        doubt = p >= UNSURE_SHARE * model.threshold(label)
        margins.append(np.where(p >= sure, p / sure, np.float32(UNSURE_SHARE) * doubt))
    return _decoded(pool, contents, margins, names)


def _decoded(
    pool: SpanPool,
    contents: Sequence[str],
    margins: Sequence[Floats],
    names: Sequence[str],
) -> list[LabelledText]:
    """margins  float32[n] of each label: a span from 1 on, left missing from UNSURE_SHARE on"""
    likely = [np.flatnonzero(each >= UNSURE_SHARE) for each in margins]
    chosen = np.concatenate(likely)
    named = np.repeat(np.arange(len(margins)), [len(each) for each in likely])
    margin = np.concatenate([each[some] for each, some in zip(margins, likely, strict=True)])
    found: list[list[tuple[int, int, str]]] = [[] for _ in pool.texts]
    unsure: list[list[tuple[int, int]]] = [[] for _ in pool.texts]
    for position in decode(pool, chosen, margin):
        candidate = int(chosen[position])
        start, end = pool.characters(candidate)
        text = int(pool.text[candidate])
        if margin[position] >= 1.0:
            found[text].append((start, end, names[named[position]]))
        else:
            unsure[text].append((start, end))
    return [
        LabelledText(content, tuple(sorted(spans)), tuple(sorted(doubts)))
        for content, spans, doubts in zip(contents, found, unsure, strict=True)
    ]
