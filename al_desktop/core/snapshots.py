"""Snapshots: which answers a model was fitted to, and how good it was then.

A model is a function of the answers, so a snapshot needs no weights: the answers it knew, written
as the last event of each annotator (a vector clock, Mattern 1989), mean the same in every copy.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

from al_desktop.core.quality import Estimate, Interval
from al_desktop.core.questions import Question

Cut = tuple[tuple[str, str], ...]
"""The last event known of each annotator: name and uid, by name."""

KEPT = "kept"
ADVICE = "advice"
ANSWERS = "answers"
TRAINED = "trained"
REASONS = (KEPT, ADVICE, ANSWERS, TRAINED)
_FIGURES = ("precision", "recall", "f1", "prevalence")


@dataclass(frozen=True, slots=True)
class Snapshot:
    """A model that is kept, or, in a roll back, the one that was gone back to.

    reason   why it was kept: one of REASONS
    answers  live when it was
    cut      what it knew
    until    of a roll back: what there was then; all between `cut` and this is set aside
    overall  how good it was, of all labels together, None where that was not known; and by label
    """

    reason: str
    answers: int
    cut: Cut
    until: Cut = ()
    overall: Estimate | None = None
    labels: tuple[tuple[str, Estimate], ...] = ()


def about_model() -> Question:
    """What the events of snapshots and roll backs are about: no text."""
    return Question("0" * 32, "")


def is_past(uid: str, annotator: str, cut: Mapping[str, str]) -> bool:
    """Whether an event came after what a cut knew."""
    return uid > cut.get(annotator, "")


def snapshot_to_json(snapshot: Snapshot) -> dict[str, Any]:
    return {
        "reason": snapshot.reason,
        "answers": snapshot.answers,
        "cut": dict(snapshot.cut),
        "until": dict(snapshot.until),
        "overall": _estimate_to_json(snapshot.overall) if snapshot.overall else None,
        "labels": {label: _estimate_to_json(each) for label, each in snapshot.labels},
    }


def snapshot_from_json(record: Any) -> Snapshot:
    """The reverse. Raises ValueError for what no version of the program writes."""
    try:
        reason, answers, overall = record["reason"], record["answers"], record["overall"]
        if reason not in REASONS or type(answers) is not int or answers < 0:
            raise ValueError(f"a snapshot kept for {reason!r} at {answers!r}")
        return Snapshot(
            reason,
            answers,
            _cut(record["cut"]),
            _cut(record["until"]),
            None if overall is None else _estimate(overall),
            tuple((_text(label), _estimate(each)) for label, each in record["labels"].items()),
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError("a snapshot of another shape") from error


def _estimate_to_json(estimate: Estimate) -> dict[str, Any]:
    record: dict[str, Any] = {"answers": estimate.answers}
    for figure in _FIGURES:
        interval: Interval = getattr(estimate, figure)
        record[figure] = [round(value, 4) for value in asdict(interval).values()]
    return record


def _estimate(record: Any) -> Estimate:
    answers = record["answers"]
    if type(answers) is not int or answers < 0:
        raise ValueError(f"an estimate on {answers!r} answers")
    return Estimate(**{name: _interval(record[name]) for name in _FIGURES}, answers=answers)


def _interval(values: Any) -> Interval:
    low, value, high = values
    if not all(type(each) in (int, float) for each in values) or not 0 <= low <= high <= 1:
        raise ValueError(f"an interval of {values!r}")
    return Interval(float(low), float(value), float(high))


def _cut(record: Any) -> Cut:
    return tuple(sorted((_text(name), _text(uid)) for name, uid in record.items()))


def _text(value: Any) -> str:
    if type(value) is not str:
        raise ValueError(f"a text is {value!r}")
    return value
