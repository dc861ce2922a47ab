"""What the heads and the answers say of whole texts: the teacher of the deliverable."""

from collections.abc import Sequence

import numpy as np

from al_desktop.models.span_decoding import decode
from al_desktop.models.span_model import SpanModel
from al_desktop.models.span_pool import SpanPool
from al_desktop.models.span_supervision import LabelAnswers
from al_desktop.models.span_training import LabelledText

UNSURE_SHARE = 0.5
"""A span below its label's threshold, but above this share of it, is left missing."""


def labelled_texts(
    pool: SpanPool,
    contents: Sequence[str],
    model: SpanModel,
    answers: Sequence[LabelAnswers],
    names: Sequence[str],
) -> list[LabelledText]:
    """Each text of the pool with the spans that are accepted or found, of all labels together:
    a recogniser's spans never overlap."""
    candidates, labels, margins = [], [], []
    for label, given in enumerate(answers):
        p = model.score(pool, label)
        # Above 1 is a find; answers stand above and below every opinion.
        margin = np.zeros(len(pool)) if p is None else p / model.threshold(label)
        margin[np.array([*given.rejected, *given.unmarked, *given.implied], np.int64)] = 0.0
        margin[np.array(given.accepted, np.int64)] = np.inf
        likely = np.flatnonzero(margin >= UNSURE_SHARE)
        candidates.append(likely)
        labels.append(np.full(len(likely), label))
        margins.append(margin[likely])
    chosen, named, margin = (np.concatenate(each) for each in (candidates, labels, margins))
    found: list[list[tuple[int, int, str]]] = [[] for _ in pool.texts]
    unsure: list[list[tuple[int, int]]] = [[] for _ in pool.texts]
    for position in decode(pool, chosen, margin.astype(np.float32)):
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
