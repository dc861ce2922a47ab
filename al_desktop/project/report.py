"""How biased is what was labelled: the figures, and a page of them to keep or to send."""

from collections.abc import Callable
from dataclasses import dataclass
from html import escape
from typing import Any

from al_desktop.core.bias import BiasReport, Share, bias_report
from al_desktop.core.events import AnswerLog
from al_desktop.core.quality import QUALITY
from al_desktop.core.questions import Answer
from al_desktop.storage import ProjectFile

MOST_TEXTS = 5_000
"""Of larger projects a random part is compared, with all labelled texts in it."""
_SCORE_BANDS = 10


@dataclass(frozen=True, slots=True)
class LabelBias:
    """A label among the training answers: how many, the share of accepts, and, as [low, value,
    high], its share among all texts as audit answers tell; None where it is not known.

    scores   answers by the model's score when asked, in ten bands from 0 to 1
    """

    name: str
    answers: int
    accepted: float
    prevalence: tuple[float, float, float] | None
    scores: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class ProjectBias:
    """texts compared, labelled texts among them, and what sets these apart."""

    name: str
    texts: int
    labelled: int
    labels: tuple[LabelBias, ...]
    report: BiasReport


def project_bias(file: ProjectFile, log: AnswerLog) -> ProjectBias:
    """Audit answers are left out: they are no training data, and were drawn to be weighted."""
    # Not where the window, which shows the figures, would wait for it.
    import numpy as np

    trained = [
        event for event in log.answered() if event.selection is None or not event.selection.audit
    ]
    asked = {event.question.text_key for event in trained}
    pool = file.pool()
    keys = pool.keys()
    labelled = [place for place, key in enumerate(keys) if key in asked]
    random = np.random.default_rng(0)
    some = random.permutation(len(keys))[:MOST_TEXTS].tolist()
    places = sorted({*some, *labelled})
    texts = [file.text(keys[place]) for place in places]
    position = {place: number for number, place in enumerate(places)}
    report = bias_report(
        [text.content for text in texts],
        [text.source for text in texts],
        [position[place] for place in labelled],
    )
    quality: dict[str, Any] = file.state(QUALITY, {})
    labels = []
    for label in file.configuration.labels:
        about = [event for event in trained if event.question.label == label.key]
        decided = [event for event in about if event.answer is not Answer.IGNORE]
        accepts = sum(event.answer is Answer.ACCEPT for event in decided)
        scores = [
            event.selection.score
            for event in decided
            if event.selection is not None and event.selection.score is not None
        ]
        bands = np.histogram(scores, _SCORE_BANDS, (0.0, 1.0))[0]
        known = quality.get(label.name, {}).get("prevalence")
        labels.append(
            LabelBias(
                label.name,
                len(about),
                accepts / max(len(decided), 1),
                (known["low"], known["value"], known["high"]) if known else None,
                tuple(int(count) for count in bands),
            )
        )
    return ProjectBias(file.name, len(places), len(labelled), tuple(labels), report)


def bias_page(bias: ProjectBias, say: Callable[[str], str] = str, language: str = "en") -> str:
    """A page that stands alone: no scripts, nothing loaded from elsewhere. `say` puts its
    sentences into the language of this code."""
    report = bias.report
    title = say("{0}: what was labelled, against all texts").format(bias.name)
    meaning = say(
        "{0} labelled texts of {1}. Questions are chosen to teach the model, so what was labelled "
        "does not look like the texts it was taken from. Don't read shares off it, and weight it "
        "before you train or evaluate on it."
    ).format(_number(bias.labelled), _number(bias.texts))
    about_labels = say(
        "What this means: the share accepted says how the questions were chosen, not how frequent "
        "the label is; the last column does."
    )
    about_words = say(
        "What this means: words far from 0 (beyond 3) are much more, or much less, frequent in "
        "what was labelled (signed root of Dunning's log-likelihood ratio, 1993)."
    )
    never = "; ".join(map(say, report.never_asked)) or say("No length and no source.")
    bands = (f"{band / 10:.1f}–{(band + 1) / 10:.1f}" for band in range(_SCORE_BANDS))
    parts = [
        _element("h1", title),
        _element("p", meaning),
        _element("h2", "Labels"),
        _table(
            tuple(map(say, ("label", "answers", "accepted", "in all texts (95 %)"))),
            [
                (
                    each.name,
                    _number(each.answers),
                    f"{each.accepted:.0%}",
                    say("not known yet")
                    if each.prevalence is None
                    else f"{each.prevalence[0]:.1%} – {each.prevalence[2]:.1%}",
                )
                for each in bias.labels
            ],
        ),
        _element("p", about_labels),
        _element("h2", say("Length")),
        _shares(report.lengths, say),
        _element("h2", say("Source")),
        _shares(report.sources, say),
        _element("h2", say("Words")),
        _table(
            tuple(map(say, ("word", "in labelled texts", "in all texts", "how surprising"))),
            [
                (each.word, f"{each.labelled:.1%}", f"{each.pool:.1%}", f"{each.surprise:+.1f}")
                for each in report.words
            ],
        ),
        _element("p", about_words),
        _element("h2", say("Never asked about")),
        _element("p", never),
        _element("h2", say("Scores of what was asked")),
        _table(
            (say("label"), *bands),
            [(each.name, *(str(count) for count in each.scores)) for each in bias.labels],
        ),
    ]
    style = (
        "body{font:16px/1.5 sans-serif;max-width:50rem;margin:2rem auto;padding:0 1rem}"
        "table{border-collapse:collapse}td,th{padding:.2rem 1rem .2rem 0;text-align:left}"
    )
    return (
        f'<!doctype html><html lang="{escape(language)}"><meta charset="utf-8">'
        f"<title>{escape(bias.name)}</title><style>{style}</style>{''.join(parts)}</html>\n"
    )


def _number(value: int) -> str:
    """With a thin space between thousands, which every language reads the same."""
    return f"{value:,}".replace(",", "\u202f")


def _element(tag: str, words: str) -> str:
    return f"<{tag}>{escape(words)}</{tag}>"


def _shares(shares: tuple[Share, ...], say: Callable[[str], str]) -> str:
    return _table(
        ("", say("of labelled texts"), say("of all texts")),
        [
            (
                say(each.group) if each.group else say("(none)"),
                f"{each.labelled:.1%}",
                f"{each.pool:.1%}",
            )
            for each in shares
        ],
    )


def _table(head: tuple[str, ...], rows: list[tuple[str, ...]]) -> str:
    def row(cells: tuple[str, ...], tag: str) -> str:
        return "<tr>" + "".join(f"<{tag}>{escape(cell)}</{tag}>" for cell in cells) + "</tr>"

    return f"<table>{row(head, 'th')}{''.join(row(cells, 'td') for cells in rows)}</table>"
