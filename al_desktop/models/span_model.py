"""The scorers of all labels over one pool: fit to answers, give probabilities and spans."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from al_desktop.models.span_competition import fit_competing
from al_desktop.models.span_context import context_probabilities, fit_context
from al_desktop.models.span_decoding import decode
from al_desktop.models.span_head import TrainingRows, sigmoid
from al_desktop.models.span_pool import SpanPool
from al_desktop.models.span_scorer import SpanScorer, SurfaceMeans, base_offset
from al_desktop.models.span_self_training import Sample, SpanFinder, own_rows, self_trained
from al_desktop.models.span_supervision import LabelAnswers, Weighted, background, supervision

Floats = NDArray[np.float32]


class SpanModel:
    """One scorer a label. Labels are numbered as the columns of the pool's base probabilities."""

    def __init__(self, labels: int) -> None:
        self._pool = SpanPool([])
        self._answers = [LabelAnswers() for _ in range(labels)]
        self._scorers: list[SpanScorer | None] = [None] * labels
        self._told: list[Weighted | None] = [None] * labels
        self._contexts: list[Floats | None] = [None] * labels
        self._probabilities: list[Floats | None] = [None] * labels
        self._finders: list[SpanFinder | None] = [None] * labels
        self._rows = _DenseRows(self._pool)
        self._drawn = np.zeros(0, bool)

    def fit(
        self, pool: SpanPool, answers: Sequence[LabelAnswers], drawn: NDArray[np.bool_]
    ) -> None:
        """Fits the scorers of the labels whose answers have changed; all if the pool has.

        drawn  bool[texts], which texts of the pool were drawn at random
        A label without any hint of what belongs to it gets no scorer.
        """
        self._drawn = drawn
        grown = pool is not self._pool
        if grown:
            self._pool, self._rows = pool, _DenseRows(pool)
        for label, given in enumerate(answers):
            if grown or given != self._answers[label]:
                self._answers[label] = given
                self._fit_label(label)

    # To ask by

    def probabilities(self, label: int) -> Floats | None:
        """float32[n] of accept for all candidates of the pool; None where there is no scorer."""
        return self._probabilities[label]

    def context(self, label: int) -> Floats:
        """float32[n] of accept for all candidates of the pool, going by what stands before and
        after alone; 0 where there is no scorer."""
        rows, found = self._told[label], self._contexts[label]
        if rows is None:
            return np.zeros(len(self._pool), np.float32)
        if found is None:
            head = fit_context(self._training_rows(rows, label))
            found = self._contexts[label] = context_probabilities(head, self._pool)
        return found

    def guess(self, pool: SpanPool, label: int) -> Floats | None:
        """The probabilities for the candidates of another pool."""
        scorer = self._scorers[label]
        return None if scorer is None else scorer.probabilities(pool)

    # To find spans with

    def score(self, pool: SpanPool, label: int) -> Floats | None:
        """float32[n] for the candidates of any pool: those of spans are above the threshold. None
        where there is no scorer."""
        finder = self._finder(label)
        return None if finder is None else finder.scorer.probabilities(pool)

    def threshold(self, label: int) -> float:
        """From which score on a span is taken for the label's, chosen for best F1."""
        finder = self._finder(label)
        return 0.5 if finder is None else finder.threshold

    def spans(self, pool: SpanPool, exclusive: bool) -> list[list[tuple[int, int]]]:
        """For each text of the pool the (candidate, label) that are found, in order of place; the
        spans of one label don't overlap, of all labels where they are exclusive."""
        candidates, labels, margins = [], [], []
        for label in range(len(self._scorers)):
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

    # Fitting

    def _fit_label(self, label: int) -> None:
        pool = self._pool
        rows = supervision(pool, self._answers[label], label, pool.matched(label), background(pool))
        self._finders[label] = self._contexts[label] = None
        if len(np.unique(rows.target)) < 2:
            self._told[label] = self._scorers[label] = self._probabilities[label] = None
            return
        self._told[label] = rows
        before = self._scorers[label]
        heads, logits = fit_competing(
            pool,
            rows.candidates,
            self._training_rows(rows, label),
            base_offset(pool, label),
            before.heads if before else None,
        )
        surfaces = SurfaceMeans.of(pool, logits)
        self._scorers[label] = SpanScorer(label, heads, surfaces)
        self._probabilities[label] = sigmoid(surfaces.smooth(pool, logits))

    def _finder(self, label: int) -> SpanFinder | None:
        """Trained when first asked for after a fit, since questions do without."""
        found = self._finders[label]
        scorer, told, p = self._scorers[label], self._told[label], self._probabilities[label]
        if found is None and scorer and told and p is not None:
            sample = Sample(self._pool, self._answers[label], self._drawn)
            threshold = sample.best_threshold(p)
            own = own_rows(self._pool, self._answers[label], told, p, threshold)
            # Other rows after each fit: kept, they would add up to all candidates.
            own_dense = self._pool.dense(own.candidates)
            dense = np.concatenate([self._rows.of(told.candidates), own_dense])
            rows = told.followed_by(own)
            taught = self_trained(
                self._pool, scorer, self._with_dense(dense, rows, label), rows.candidates
            )
            after = taught.probabilities(self._pool)
            found = SpanFinder(taught, sample.same_threshold(after, p, threshold))
            self._finders[label] = found
        return found

    def _training_rows(self, rows: Weighted, label: int) -> TrainingRows:
        return self._with_dense(self._rows.of(rows.candidates), rows, label)

    def _with_dense(self, dense: Floats, rows: Weighted, label: int) -> TrainingRows:
        return TrainingRows(
            dense,
            self._pool.lexical[rows.candidates],
            base_offset(self._pool, label)[rows.candidates],
            rows.target,
            rows.weight,
        )


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
