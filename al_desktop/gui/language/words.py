"""Sentences about questions, counts and progress, in the interface's language."""

from PySide6.QtCore import QCoreApplication, QDate, QDateTime, QLocale

from al_desktop.core.progress import Progress
from al_desktop.core.quality import Advice, corrected
from al_desktop.core.questions import Answer, Kind, Selection
from al_desktop.learner.messages import LabelQuality

translate = QCoreApplication.translate


def number(value: int) -> str:
    """With the locale's thousands separator."""
    return QLocale().toString(value)


def counted(count: int, one: str, many: str) -> str:
    """`one` or `many`, in which {0} is the number."""
    return (one if count == 1 else many).format(number(count))


def answers(count: int) -> str:
    return counted(count, translate("words", "{0} answer"), translate("words", "{0} answers"))


def texts(count: int) -> str:
    return counted(count, translate("words", "{0} text"), translate("words", "{0} texts"))


def rows(count: int) -> str:
    return counted(count, translate("words", "{0} row"), translate("words", "{0} rows"))


def kind(value: Kind) -> str:
    if value is Kind.SPANS:
        return translate("words", "Named entities")
    return translate("words", "Text labels")


def answer(value: Answer | None) -> str:
    match value:
        case Answer.ACCEPT:
            return translate("words", "accepted")
        case Answer.REJECT:
            return translate("words", "rejected")
        case _:
            return translate("words", "ignored")


def why(selection: Selection, curve: tuple[float, float] | None = None) -> tuple[str, str]:
    """Why a question is asked: a few words, and a sentence that explains them. `curve` corrects
    the score by what random checks say."""
    if selection.audit or selection.strategy == "random":
        # Both look the same, and neither shows the model's view: an audit answer must be given
        # like any other, and must not be swayed.
        return (
            translate("words", "random"),
            translate("words", "Drawn by chance, so that nothing is overlooked."),
        )
    few, sentence = {
        "uncertain": (
            translate("words", "uncertain"),
            translate("words", "The model is unsure about this one, so your answer teaches most."),
        ),
        "likely": (
            translate("words", "likely"),
            translate("words", "The model expects you to accept this one."),
        ),
        "explore": (
            translate("words", "looking around"),
            translate("words", "Unlike what you have answered so far: there may be more here."),
        ),
        "start": (
            translate("words", "to start with"),
            translate("words", "The model has nothing to go by yet."),
        ),
    }.get(selection.strategy, (selection.strategy, ""))
    if selection.reason:
        few = f"{few} · {selection.reason}" if few else selection.reason
    if selection.score is not None:
        score = selection.score if curve is None else corrected(selection.score, curve)
        few = f"{few} · {score:.2f}"
        sentence += " " + translate(
            "words", "The number is the model's probability that you accept."
        )
        if curve is not None:
            sentence += " " + translate("words", "It is corrected by the random checks.")
    return few, sentence.strip()


def advice(quality: LabelQuality, name: str = "") -> str:
    """A sentence or two on going on, never without the quality; "" where nothing can be said.
    `name` is the label's, where there are several."""
    f1 = quality.estimate.f1
    said = {
        Advice.ENOUGH: translate(
            "words",
            "Another 100 answers would probably add less than 0.01; quality (F1) is {0} to {1}.",
        ),
        Advice.STUCK: translate(
            "words",
            "The model has nearly stopped learning but is not good: quality (F1) is {0} to {1}. "
            "More of the same answers bring little. What may help: clearer guidelines, other "
            "labels, more terms or candidates, a bigger model.",
        ),
    }.get(quality.advice, "")
    about = f"{name}: " if name and said else ""
    return about + said.format(f"{f1.low:.2f}", f"{f1.high:.2f}")


def progress(value: Progress) -> str:
    what = translate("worker", value.what)
    what = what[:1].upper() + what[1:]
    if value.total is None:
        return f"{what}: {number(value.done)}"
    return translate("words", "{0}: {1} of {2}").format(
        what, number(value.done), number(value.total)
    )


def when(at_ms: int) -> str:
    """A moment, as short as it can be said today."""
    moment = QDateTime.fromMSecsSinceEpoch(at_ms)
    time = QLocale().toString(moment.time(), QLocale.FormatType.ShortFormat)
    days = moment.date().daysTo(QDate.currentDate())
    if days == 0:
        return translate("words", "today, {0}").format(time)
    if days == 1:
        return translate("words", "yesterday, {0}").format(time)
    return QLocale().toString(moment.date(), QLocale.FormatType.ShortFormat)
