"""What each plot of Insights shows, and what it means in a line, for readers who don't count."""

from dataclasses import dataclass

from al_desktop.core.events import Event
from al_desktop.core.quality import ENOUGH_ANSWERS, Estimate
from al_desktop.gui.insights import figures
from al_desktop.gui.insights.figures import Point
from al_desktop.gui.insights.plot import Bar, Line, Picture
from al_desktop.gui.language import words
from al_desktop.gui.work.workbench import Workbench


@dataclass(frozen=True, slots=True)
class Insight:
    """A picture, what it means, and how it is worked out and by whose method."""

    picture: Picture
    meaning: str
    method: str


def insights(bench: Workbench) -> dict[str, Insight]:
    """By name, in the order in which they are shown."""
    answers = figures.in_order(bench.project.log)
    return {
        "quality": _quality(bench),
        "rate": _rate(answers),
        "calibration": _calibration(answers),
        "scores": _scores(figures.score_bins(answers)),
        "pace": _pace(answers),
        "labels": _labels(bench),
    }


def _enough() -> str:
    return words.translate("Insights", "Shows after a few more answers.")


def _quality(bench: Workbench) -> Insight:
    points = [
        Point(answers, estimate.f1.value, estimate.f1.low, estimate.f1.high, estimate.answers)
        for answers, estimate in [*_kept(bench), *bench.judging.estimates]
        if estimate.means_something
    ]
    note = meaning = ""
    if points:
        note = words.translate(
            "Insights",
            "F1, estimated from {0} random checks alone; the band is the 95 % interval.",
        ).format(points[-1].count)
        if bench.judging.evaluation:
            note = words.translate(
                "Insights", "F1 on the {0} of your evaluation set; the band is the 95 % interval."
            ).format(words.texts(bench.judging.evaluation))
        meaning = in_tens(bench.judging.estimates[-1][1])
    last = points[-1].x if points else 1.0
    picture = Picture(
        words.translate("Insights", "How good the model is"),
        note,
        _until_known(bench),
        lines=[Line(points)],
        x_range=(min((point.x for point in points), default=0.0), max(last, 1.0)),
        x_words=words.translate("Insights", "answers"),
    )
    return Insight(
        picture,
        meaning,
        words.translate(
            "Insights",
            "A part of the texts is set aside, and nothing is learned from them. Random checks "
            "about them are drawn more often where they tell more about F1 (Sawade, Landwehr and "
            "Scheffer 2010) and weighted for that (Farquhar, Gal and Rainforth 2021). The true "
            "figure lies in the band in 95 of 100 cases; that was measured.",
        ),
    )


def _until_known(bench: Workbench) -> str:
    """When the quality will show, and how far the way there is."""
    said = words.translate(
        "Insights",
        "Shows after about 20 random checks: questions drawn by chance, which the model has "
        "not learned from.",
    )
    checks = bench.project.statistics().audit
    if checks < ENOUGH_ANSWERS:
        way = words.translate("Insights", "{0} of {1} are answered.")
        said += " " + way.format(words.number(checks), words.number(ENOUGH_ANSWERS))
    return said


def _kept(bench: Workbench) -> list[tuple[int, Estimate]]:
    """Answers and quality of the snapshots from before the project was opened."""
    now = min((answers for answers, _ in bench.judging.estimates), default=0)
    known = [each.snapshot for each in bench.keeping.snapshots if each.snapshot]
    found = [(each.answers, each.overall) for each in known if each.overall is not None]
    return sorted((each for each in found if each[0] < now), key=lambda each: each[0])


def in_tens(estimate: Estimate) -> str:
    """Precision and recall as counts out of ten."""
    right, found = round(10 * estimate.precision.value), round(10 * estimate.recall.value)
    return words.translate(
        "Insights", "Of 10 that it accepts about {0} are right; of 10 true ones it finds about {1}."
    ).format(right, found)


def _rate(answers: list[Event]) -> Insight:
    rate = figures.accept_rate(answers)
    picture = Picture(
        words.translate("Insights", "How often you accept"),
        words.translate(
            "Insights", "Of the latest 30 answers. Near one half, questions teach most."
        ),
        _enough(),
        lines=[Line(rate)],
        x_range=(0, rate[-1].x if rate else 1.0),
        x_words=words.translate("Insights", "answers"),
        y_percent=True,
    )
    return Insight(
        picture,
        words.translate(
            "Insights", "It says how questions are chosen, not how frequent a label is."
        ),
        words.translate(
            "Insights",
            "The share of accepts; what was ignored is left out. The band is Wilson's score "
            "interval (1927), 95 %.",
        ),
    )


def _calibration(answers: list[Event]) -> Insight:
    picture = Picture(
        words.translate("Insights", "Can the score be trusted?"),
        words.translate(
            "Insights", "What you accepted, by the score the model gave before you answered."
        ),
        _enough(),
        lines=[Line(figures.calibration(answers), dots=True)],
        x_words=words.translate("Insights", "score"),
        y_percent=True,
        diagonal=True,
    )
    return Insight(
        picture,
        words.translate(
            "Insights",
            "Dots above the dashed line: the model is too careful; below: too sure of itself.",
        ),
        words.translate(
            "Insights",
            "Tenths of the score with at least five answers, with Wilson's score interval (1927). "
            "Where enough random checks are answered, the scores shown beside questions are "
            "corrected by them (Platt 1999).",
        ),
    )


def _scores(bins: list[figures.Bin]) -> Insight:
    bars = [
        Bar((each.accepted, each.rejected), ("accept", "reject"), f"{number / 10:.1f}")
        for number, each in enumerate(bins)
    ]
    said = words.translate("Insights", "Score {0} to {1}: {2} accepted, {3} rejected")
    facts = [
        said.format(f"{number / 10:.1f}", f"{(number + 1) / 10:.1f}", each.accepted, each.rejected)
        for number, each in enumerate(bins)
    ]
    asked = any(each.accepted or each.rejected for each in bins)
    picture = Picture(
        words.translate("Insights", "What was asked"),
        words.translate("Insights", "Accepted and rejected, by the model's score when asked."),
        words.translate("Insights", "Shows once the model has given scores."),
        bars=bars if asked else (),
        facts=facts,
    )
    return Insight(
        picture,
        words.translate("Insights", "Most questions are near 0.5, where an answer teaches most."),
        words.translate(
            "Insights",
            "Each question is counted with the score it had when it was chosen; answers without "
            "a score are left out.",
        ),
    )


def _pace(answers: list[Event]) -> Insight:
    pace = figures.pace(answers)
    fastest = max((point.y for point in pace), default=1.0)
    picture = Picture(
        words.translate("Insights", "Answers a minute"),
        words.translate("Insights", "Over 20 answers; pauses are left out."),
        _enough(),
        lines=[Line(pace, tone="accent")],
        x_range=(0, float(max(len(answers), 1))),
        y_range=(0, max(10.0, 10 * -(-fastest // 10))),
        x_words=words.translate("Insights", "answers"),
    )
    return Insight(
        picture,
        words.translate(
            "Insights", "A sudden jump may be a stretch in a hurry, worth reading again."
        ),
        words.translate("Insights", "A pause of two minutes begins anew."),
    )


def _labels(bench: Workbench) -> Insight:
    by_label = bench.project.statistics().by_label
    counts = [(bench.label_name(key), each) for key, each in by_label.items()]
    said = words.translate("Insights", "{0}: {1} accepted, {2} rejected, {3} ignored")
    picture = Picture(
        words.translate("Insights", "By label"),
        words.translate("Insights", "Accepted, rejected and ignored."),
        words.translate("Insights", "Shows with the first answer."),
        bars=[
            Bar((each.accept, each.reject, each.ignore), ("accept", "reject", "muted"), name)
            for name, each in counts
        ],
        facts=[said.format(name, each.accept, each.reject, each.ignore) for name, each in counts],
    )
    return Insight(
        picture,
        words.translate(
            "Insights", "Rare labels are asked about more often than they occur in your texts."
        ),
        words.translate("Insights", "Answers that stand, each question once."),
    )
