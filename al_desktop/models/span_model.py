"""The heads of all labels over one pool: fit to answers, give probabilities and spans."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.span_context import context_probabilities, fit_context
from al_desktop.models.span_decoding import LOWEST_PROBABILITY, decode, plug_in_threshold
from al_desktop.models.span_head import SpanHead, TrainingRows, fit_head, sigmoid
from al_desktop.models.span_pool import SpanPool
from al_desktop.models.span_supervision import LabelAnswers, Weighted, background, supervision

Floats = NDArray[np.float32]

BASE_OFFSET = 4.0
"""Logit between a candidate the base pipeline is sure of and one it does not propose."""
SURFACE_SHARE = 0.4
"""Of the mean logit of all candidates with the same words, when there are many."""
SURFACE_DOUBT = 2.0
"""Candidates with the same words at which the share is half of that."""
CAUTION, FEW_ANSWERS = 0.6, 200
"""The threshold is taken so much lower before the first answer, less so up to FEW_ANSWERS, where
it is the best expected. A head is less sure of what it finds than it could be, the more so the
fewer its answers; measured on held-out training texts of four sets."""
FEW_SPANS = 20.0
"""With so many spans expected in texts without answers, they decide half of the threshold."""


class SpanModel:
    """One head a label. Labels are numbered as the columns of the pool's base probabilities."""

    def __init__(self, labels: int) -> None:
        self._pool = SpanPool([])
        self._answers = [LabelAnswers() for _ in range(labels)]
        self._heads: list[SpanHead | None] = [None] * labels
        self._told: list[Weighted | None] = [None] * labels
        self._contexts: list[Floats | None] = [None] * labels
        self._surfaces: list[_SurfaceMeans | None] = [None] * labels
        self._probabilities: list[Floats | None] = [None] * labels
        self._thresholds: list[float | None] = [None] * labels
        self._rows = _DenseRows(self._pool)
        self._drawn = np.zeros(0, bool)

    def fit(
        self, pool: SpanPool, answers: Sequence[LabelAnswers], drawn: NDArray[np.bool_]
    ) -> None:
        """Fits the heads of the labels whose answers have changed; all if the pool has.

        drawn  bool[texts], which texts of the pool were drawn at random
        A label without any hint of what belongs to it gets no head.
        """
        self._drawn = drawn
        grown = pool is not self._pool
        if grown:
            self._pool, self._rows = pool, _DenseRows(pool)
        for label, given in enumerate(answers):
            if grown or given != self._answers[label]:
                self._answers[label] = given
                self._fit_label(label)

    def probabilities(self, label: int) -> Floats | None:
        """float32[n] of accept for all candidates of the pool; None where there is no head."""
        return self._probabilities[label]

    def context(self, label: int) -> Floats:
        """float32[n] of accept for all candidates of the pool, going by what stands before and
        after alone; 0 where there is no head."""
        rows, found = self._told[label], self._contexts[label]
        if rows is None:
            return np.zeros(len(self._pool), np.float32)
        if found is None:
            head = fit_context(self._training_rows(rows, label))
            found = self._contexts[label] = context_probabilities(head, self._pool)
        return found

    def score(self, pool: SpanPool, label: int) -> Floats | None:
        """The same for the candidates of another pool."""
        head, surfaces = self._heads[label], self._surfaces[label]
        if head is None or surfaces is None:
            return None
        return sigmoid(surfaces.smooth(pool, head.logits(pool, _offset(pool, label))))

    def threshold(self, label: int) -> float:
        """From which probability on a span is taken for the label's, chosen for best F1."""
        found = self._thresholds[label]
        if found is None:
            found = self._thresholds[label] = self._best_threshold(label)
        return found

    def spans(self, pool: SpanPool, exclusive: bool) -> list[list[tuple[int, int]]]:
        """For each text of the pool the (candidate, label) that the heads accept, in order of
        place; the spans of one label don't overlap, of all labels where they are exclusive."""
        candidates, labels, margins = [], [], []
        for label in range(len(self._heads)):
            p = self.score(pool, label)
            if p is not None:
                high = np.flatnonzero(p >= self.threshold(label))
                candidates.append(high)
                labels.append(np.full(len(high), label))
                # Labels compete by how far they are above their own thresholds.
                margins.append(p[high] / np.float32(self.threshold(label)))
        found: list[list[tuple[int, int]]] = [[] for _ in pool.texts]
        if not candidates:
            return found
        if exclusive:
            groups = [[np.concatenate(each) for each in (candidates, labels, margins)]]
        else:
            groups = [list(each) for each in zip(candidates, labels, margins, strict=True)]
        for chosen, named, margin in groups:
            for position in decode(pool, chosen, margin):
                candidate = int(chosen[position])
                found[int(pool.text[candidate])].append((candidate, int(named[position])))
        return [sorted(each) for each in found]

    def _fit_label(self, label: int) -> None:
        rows = supervision(
            self._pool,
            self._answers[label],
            label,
            self._pool.matched(label),
            background(self._pool),
        )
        self._thresholds[label] = self._contexts[label] = None
        if len(np.unique(rows.target)) < 2:
            self._heads[label] = self._surfaces[label] = self._probabilities[label] = None
            self._told[label] = None
            return
        self._told[label] = rows
        head = fit_head(self._training_rows(rows, label), self._heads[label])
        self._heads[label] = head
        logits = head.logits(self._pool, _offset(self._pool, label))
        surfaces = _SurfaceMeans.of(self._pool, logits)
        self._surfaces[label] = surfaces
        self._probabilities[label] = sigmoid(surfaces.smooth(self._pool, logits))

    def _training_rows(self, rows: Weighted, label: int) -> TrainingRows:
        return TrainingRows(
            self._rows.of(rows.candidates),
            self._pool.lexical[rows.candidates],
            _offset(self._pool, label)[rows.candidates],
            rows.target,
            rows.weight,
        )

    def _best_threshold(self, label: int) -> float:
        """From the texts without answers that were drawn at random, and from all of those the
        more, the fewer spans the former seem to hold: asking has emptied them, and of new texts
        they say little then."""
        p = self._probabilities[label]
        if p is None:
            return 0.5
        pool, answers = self._pool, self._answers[label]
        answered = np.zeros(len(pool.texts), bool)
        told = [*answers.accepted, *answers.rejected, *answers.unmarked]
        answered[pool.text[np.array(told, np.int64)]] = True
        high = np.flatnonzero(p >= LOWEST_PROBABILITY)
        high = high[self._drawn[pool.text[high]]]
        kept = high[decode(pool, high, p[high])]
        fresh = p[kept[~answered[pool.text[kept]]]]
        spans = float(fresh.sum())
        share = spans / (spans + FEW_SPANS)
        best = share * plug_in_threshold(fresh) + (1.0 - share) * plug_in_threshold(p[kept])
        known = min(len(told) / FEW_ANSWERS, 1.0)
        return best * (CAUTION + known * (1.0 - CAUTION))


@dataclass(frozen=True, slots=True)
class _SurfaceMeans:
    """The mean logit of all candidates of the pool with the same words. A name mostly means the
    same everywhere, and a text that says little about it leans on the others.

    hashes  uint64[s], in order
    mean    float32[s]
    share   float32[s], how much the mean counts beside a candidate's own logit
    """

    hashes: NDArray[np.uint64]
    mean: Floats
    share: Floats

    @classmethod
    def of(cls, pool: SpanPool, logits: Floats) -> "_SurfaceMeans":
        sums = np.bincount(pool.surface, logits, pool.surfaces)
        counts = np.bincount(pool.surface, minlength=pool.surfaces)
        return cls(
            pool.unique_surfaces,
            (sums / counts).astype(np.float32),
            (SURFACE_SHARE * counts / (counts + SURFACE_DOUBT)).astype(np.float32),
        )

    def smooth(self, pool: SpanPool, logits: Floats) -> Floats:
        place = np.searchsorted(self.hashes, pool.unique_surfaces)
        place = np.minimum(place, len(self.hashes) - 1)
        known = self.hashes[place] == pool.unique_surfaces
        share = np.where(known, self.share[place], np.float32(0.0))[pool.surface]
        smoothed: Floats = logits + share * (self.mean[place][pool.surface] - logits)
        return smoothed


class _DenseRows:
    """Dense features of the candidates fit to: from one fit to the next few rows change."""

    def __init__(self, pool: SpanPool) -> None:
        self._pool = pool
        self._places = np.full(len(pool), -1, np.int64)
        self._rows = np.empty((0, 0), np.float32)

    def of(self, candidates: NDArray[np.int64]) -> Floats:
        missing = candidates[self._places[candidates] < 0]
        if len(missing):
            fresh = self._pool.dense(missing)
            self._places[missing] = len(self._rows) + np.arange(len(missing))
            self._rows = np.concatenate([self._rows, fresh]) if len(self._rows) else fresh
        rows: Floats = self._rows[self._places[candidates]]
        return rows


def _offset(pool: SpanPool, label: int) -> Floats:
    return np.float32(BASE_OFFSET) * pool.base[:, label]
