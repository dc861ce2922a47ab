"""How good a model is, from the answers to audit questions alone, with intervals.

The reserved texts are parted into bins by the model's score. Each bin's share of accepts has a
Beta posterior: the answers in it, by weight, and a few answers' worth of what the calibrated
scores say. Drawing from all bins at once gives draws of precision, recall, F1 and prevalence,
and their quantiles are the intervals. Measured in docs/trust.md.
"""

from dataclasses import dataclass, replace

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.audit import weights
from al_desktop.core.calibration import TEMPER, Calibration, calibrate
from al_desktop.core.quality import Estimate, Interval

Floats = NDArray[np.float64]

DRAWS = 2000
PRIOR_ANSWERS = 2.0
"""What the calibrated scores count for in each bin."""
MISSED_SHARE = 0.15
"""Of the true spans, those not proposed by the models that this was measured on."""
_PREDICTED_BINS = 4
_OTHER_BINS = 6
_GRAIN = 0.01
_FLOOR = 1e-4
_SEED = 20101206


@dataclass(frozen=True, slots=True)
class Audit:
    """A label's audit questions as the model in use sees them.

    log_odds      float[n] of all n reserved questions
    predicted     bool[n], accepted at the threshold in use
    asked         int[m], indices of those answered, in the order of drawing
    accepted      bool[m]
    probability   float[m], of each being the one drawn
    population    questions in the project that the n stand for, at least n
    """

    log_odds: Floats
    predicted: NDArray[np.bool_]
    asked: NDArray[np.int64]
    accepted: NDArray[np.bool_]
    probability: Floats
    population: int


@dataclass(frozen=True, slots=True)
class Draws:
    """Draws from what is known about the counts of a label: float[DRAWS] each.

    Draws of several labels add up to draws of all together.
    """

    true_positives: Floats
    false_positives: Floats
    false_negatives: Floats
    true_negatives: Floats

    def __add__(self, other: "Draws") -> "Draws":
        return Draws(
            self.true_positives + other.true_positives,
            self.false_positives + other.false_positives,
            self.false_negatives + other.false_negatives,
            self.true_negatives + other.true_negatives,
        )


def calibration(audit: Audit) -> Calibration:
    return calibrate(audit.log_odds[audit.asked], audit.accepted, _weights(audit))


def draws(audit: Audit, random: np.random.Generator | None = None) -> Draws:
    """Draws for one label. Without a generator always the same, so that a figure changes only
    when the answers or the model do."""
    random = random or np.random.default_rng(_SEED)
    weight = _weights(audit)
    curve = calibrate(audit.log_odds[audit.asked], audit.accepted, weight)
    bin_ = _bins(curve.probabilities(audit.log_odds), audit)
    bins = _PREDICTED_BINS + _OTHER_BINS
    sizes = np.bincount(bin_, minlength=bins).astype(np.float64)
    expected = _expected(audit.log_odds, bin_, sizes, curve, random)
    in_bin = bin_[audit.asked]
    total = np.bincount(in_bin, weight, bins)
    squared = np.bincount(in_bin, np.square(weight), bins)
    effective = np.divide(total**2, squared, out=np.zeros(bins), where=squared > 0) * TEMPER
    share = np.divide(
        np.bincount(in_bin, weight * audit.accepted, bins),
        total,
        out=np.zeros(bins),
        where=total > 0,
    )
    rate = random.beta(
        PRIOR_ANSWERS * expected + effective * share + 1e-4,
        PRIOR_ANSWERS * (1.0 - expected) + effective * (1.0 - share) + 1e-4,
    )
    known = np.bincount(in_bin, audit.accepted.astype(np.float64), bins)
    unasked = sizes.astype(np.int64) - np.bincount(in_bin, minlength=bins)
    accepts = known + random.binomial(unasked, rate)
    rejects = sizes - accepts
    counts = (
        accepts[:, :_PREDICTED_BINS],
        rejects[:, :_PREDICTED_BINS],
        accepts[:, _PREDICTED_BINS:],
        rejects[:, _PREDICTED_BINS:],
    )
    return Draws(*(_of_population(each.sum(axis=1), audit, random) for each in counts))


def with_missed(
    found: Draws, missed: NDArray[np.int64], texts: int, random: np.random.Generator | None = None
) -> Draws:
    """Adds the true spans that are not among the audited questions, so that recall is of all.

    missed   int[k], how many each of k texts held, drawn uniformly and highlighted in full; with
             k = 0 the prior alone makes the interval wide
    texts    reserved, that the k stand for

    A Gamma posterior of the mean a text. The prior, worth half a span, expects MISSED_SHARE of
    what the audited questions hold: of a rare label few texts tell little. It is wider where the
    counts vary more than Poisson's (quasi-likelihood, Wedderburn 1974).
    """
    random = random or np.random.default_rng(_SEED + 1)
    held = float(np.mean(found.true_positives + found.false_negatives))
    prior_texts = 0.5 * texts / (MISSED_SHARE * max(held, 1.0))
    mean = float(missed.mean()) if len(missed) else 0.0
    spread = float(missed.var(ddof=1)) / mean if len(missed) > 1 and mean > 0.0 else 1.0
    spread = max(spread, 1.0)
    shape = missed.sum() / spread + 0.5
    rate = random.gamma(shape, 1.0 / (len(missed) / spread + prior_texts), DRAWS)
    return replace(found, false_negatives=found.false_negatives + texts * rate)


def summarise(found: Draws, answers: int) -> Estimate:
    hits = found.true_positives
    predicted = hits + found.false_positives
    true = hits + found.false_negatives
    everything = predicted + found.false_negatives + found.true_negatives
    return Estimate(
        precision=_interval(hits, predicted),
        recall=_interval(hits, true),
        f1=_interval(2.0 * hits, predicted + true),
        prevalence=_interval(true, everything, grain=_GRAIN / 10.0),
        answers=answers,
    )


def estimate(audit: Audit, random: np.random.Generator | None = None) -> Estimate:
    """Precision, recall, F1 and prevalence of one label; 1,000 answers about 2,000 reserved
    texts take some 20 ms."""
    return summarise(draws(audit, random), len(audit.asked))


def _weights(audit: Audit) -> Floats:
    return weights(audit.probability, len(audit.log_odds))


def _bins(probabilities: Floats, audit: Audit) -> NDArray[np.int64]:
    """int[n]: questions in order of score, the predicted ones apart, parted so that each bin
    holds the same share of the doubt (cumulative root rule, Dalenius and Hodges 1959)."""
    bin_ = np.zeros(len(probabilities), np.int64)
    doubt = np.sqrt(probabilities * (1.0 - probabilities)) + 1e-6
    for members, first, count in (
        (np.flatnonzero(audit.predicted), 0, _PREDICTED_BINS),
        (np.flatnonzero(~audit.predicted), _PREDICTED_BINS, _OTHER_BINS),
    ):
        if len(members):
            ordered = members[np.argsort(audit.log_odds[members], kind="stable")]
            cumulated = np.cumsum(doubt[ordered])
            part = (cumulated / cumulated[-1] * count - 1e-9).astype(np.int64)
            bin_[ordered] = first + np.minimum(part, count - 1)
    return bin_


def _expected(
    log_odds: Floats,
    bin_: NDArray[np.int64],
    sizes: Floats,
    curve: Calibration,
    random: np.random.Generator,
) -> Floats:
    """float[DRAWS, bins]: mean probability of each bin for each draw of the curve."""
    order = np.argsort(bin_, kind="stable")
    by_point, which = curve.draws(log_odds[order], DRAWS, random)
    ends = np.cumsum(sizes).astype(np.int64)
    summed = np.concatenate([np.zeros((len(by_point), 1)), np.cumsum(by_point, axis=1)], axis=1)
    means = (summed[:, ends] - summed[:, ends - sizes.astype(np.int64)]) / np.maximum(sizes, 1.0)
    clipped: Floats = np.clip(means, _FLOOR, 1.0 - _FLOOR)
    return clipped[which]


def _of_population(count: Floats, audit: Audit, random: np.random.Generator) -> Floats:
    """The reserved texts were drawn by lot themselves: Poisson-Gamma noise, the smaller the more
    of the population they are."""
    unseen = 1.0 - min(len(audit.log_odds) / audit.population, 1.0 - 1e-6)
    return random.gamma(count / unseen + 1.0 / 3.0) * unseen


def _interval(part: Floats, whole: Floats, grain: float = _GRAIN) -> Interval:
    shares = part / np.maximum(whole, 1e-12)
    low, high = np.quantile(shares, (0.025, 0.975)) / grain
    # Rounded outwards, as it is shown, so that what is shown keeps its promise; a share that is
    # exactly 0 or 1 can be covered in no other way.
    ends = float(np.floor(low) * grain), float(np.ceil(high) * grain)
    return Interval(ends[0], float(shares.mean()), min(ends[1], 1.0))
