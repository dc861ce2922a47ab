"""How far annotators agree on the questions that two or more of them answered.

Questions count where at least two annotators accepted or rejected; an ignored question is one
its annotator didn't rate. Kappa after Cohen (1960), alpha after Krippendorff (2011), "Computing
Krippendorff's Alpha-Reliability", for nominal data with missing ratings. Intervals are bootstrap
percentiles over questions (Efron & Tibshirani 1993).
"""

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from itertools import combinations

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.events import AnswerLog, Event
from al_desktop.core.questions import Answer, Question

_RESAMPLES = 1000
_RATINGS = (Answer.ACCEPT, Answer.REJECT)


@dataclass(frozen=True, slots=True)
class Figure:
    """A value with its 95% interval; None where the questions can't tell, such as when all of
    them got the same answer from everybody."""

    value: float | None
    low: float | None = None
    high: float | None = None


@dataclass(frozen=True, slots=True)
class Agreement:
    """Of a set of questions.

    questions  with two or more ratings; `disagreed` of them not all the same
    raw        share of the pairs of ratings that are the same, 0..1
    kappa      Cohen's, -1..1; for two annotators only
    alpha      Krippendorff's, up to 1
    """

    questions: int
    disagreed: int
    raw: Figure
    kappa: Figure | None
    alpha: Figure


@dataclass(frozen=True, slots=True)
class AgreementReport:
    """Over all questions, by label key, and by pair of annotators in alphabetical order."""

    overall: Agreement
    by_label: Mapping[str, Agreement]
    by_pair: Mapping[tuple[str, str], Agreement]


@dataclass(frozen=True, slots=True)
class Disagreement:
    """A question, each annotator's live answer to it, and the verdict if there is one."""

    question: Question
    answers: Mapping[str, Event]
    verdict: Event | None


def disagreements(log: AnswerLog) -> Iterator[Disagreement]:
    """Questions one annotator accepts and another rejects, in the order they were first asked."""
    for answers in _rated(log):
        question = next(iter(answers.values())).question
        if len({event.answer for event in answers.values()}) > 1:
            yield Disagreement(question, answers, log.verdict(question.key))


def report(log: AnswerLog, random: np.random.Generator) -> AgreementReport:
    """The figures for all questions of a log that two or more annotators rated."""
    rated = [
        (next(iter(answers.values())).question.label, _ratings(answers)) for answers in _rated(log)
    ]
    labels = sorted({label for label, _ in rated})
    pairs = sorted({pair for _, answers in rated for pair in combinations(sorted(answers), 2)})
    return AgreementReport(
        overall=agreement((answers for _, answers in rated), random),
        by_label={
            label: agreement((answers for name, answers in rated if name == label), random)
            for label in labels
        },
        by_pair={
            (one, other): agreement(
                (
                    {one: answers[one], other: answers[other]}
                    for _, answers in rated
                    if one in answers and other in answers
                ),
                random,
            )
            for one, other in pairs
        },
    )


def agreement(questions: Iterable[Mapping[str, bool]], random: np.random.Generator) -> Agreement:
    """Of questions given as the ratings by annotator, True for accept; two or more each."""
    patterns = Counter(tuple(sorted(ratings.items())) for ratings in questions)
    annotators = sorted({name for pattern in patterns for name, _ in pattern})
    number = patterns.total()
    accepted = np.array([sum(v for _, v in pattern) for pattern in patterns], dtype=np.float64)
    rated = np.array([len(pattern) for pattern in patterns], dtype=np.float64)
    counts = np.array(list(patterns.values()), dtype=np.float64)
    drawn = np.empty((0, len(counts)))
    if number:
        # Questions with the same ratings are alike, so counts of them are drawn.
        drawn = random.multinomial(number, counts / number, size=_RESAMPLES).astype(np.float64)
    everything = np.vstack([counts, drawn]) if number else np.zeros((1, 0))
    kappa = None
    if len(annotators) == 2 and all(len(pattern) == 2 for pattern in patterns):
        first = np.array([pattern[0][1] for pattern in patterns], dtype=np.float64)
        second = np.array([pattern[1][1] for pattern in patterns], dtype=np.float64)
        kappa = _figure(_kappa(everything, first, second))
    mixed = (accepted > 0) & (accepted < rated)
    return Agreement(
        questions=number,
        disagreed=int(counts[mixed].sum()) if number else 0,
        raw=_figure(_raw(everything, accepted, rated)),
        kappa=kappa,
        alpha=_figure(_alpha(everything, accepted, rated)),
    )


def _rated(log: AnswerLog) -> Iterator[dict[str, Event]]:
    seen: set[str] = set()
    for event in log:
        key = event.question.key
        if key in seen:
            continue
        seen.add(key)
        answers = {
            name: found
            for name, found in log.live_by_annotator(key).items()
            if found.answer in _RATINGS
        }
        if len(answers) > 1:
            yield answers


def _ratings(answers: Mapping[str, Event]) -> dict[str, bool]:
    return {name: event.answer is Answer.ACCEPT for name, event in answers.items()}


Floats = NDArray[np.float64]


def _raw(counts: Floats, accepted: Floats, rated: Floats) -> Floats:
    """Per row of counts: same pairs of ratings over all pairs."""
    rejected = rated - accepted
    same = accepted * (accepted - 1) + rejected * (rejected - 1)
    return _ratio(counts @ same, counts @ (rated * (rated - 1)))


def _kappa(counts: Floats, first: Floats, second: Floats) -> Floats:
    number = counts.sum(axis=1)
    observed = _ratio(counts @ (first == second), number)
    one, other = _ratio(counts @ first, number), _ratio(counts @ second, number)
    expected = one * other + (1 - one) * (1 - other)
    return _ratio(observed - expected, 1 - expected)


def _alpha(counts: Floats, accepted: Floats, rated: Floats) -> Floats:
    """One minus observed over expected disagreement, from the coincidence matrix."""
    rejected = rated - accepted
    crossed = counts @ _ratio(accepted * rejected, rated - 1)
    accepts, rejects = counts @ accepted, counts @ rejected
    return 1 - _ratio(crossed * (accepts + rejects - 1), accepts * rejects)


def _ratio(above: Floats, below: Floats) -> Floats:
    """NaN where it is not defined."""
    with np.errstate(divide="ignore", invalid="ignore"):
        return np.where(below > 0, above / below, np.nan)


def _figure(values: Floats) -> Figure:
    """The first value, with the interval of the others."""
    if np.isnan(values[0]):
        return Figure(None)
    resampled = values[1:][~np.isnan(values[1:])]
    if not len(resampled):
        return Figure(float(values[0]))
    low, high = np.percentile(resampled, [2.5, 97.5])
    return Figure(float(values[0]), float(low), float(high))
