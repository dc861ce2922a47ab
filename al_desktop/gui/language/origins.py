"""Who made a copy of a project, from what, and with which model, in the window's language."""

import re
from pathlib import Path

from PySide6.QtCore import QDateTime, QLocale

from al_desktop.core.questions import Answer
from al_desktop.gui.language import words
from al_desktop.project.carrying import carried_model
from al_desktop.storage import ProjectFile

_LATEST_MS = 1 << 50
_BETWEEN = re.compile(r', (?=for |with "|about "|answered|unanswered|disagreed|\d+ % at random)')


def origin_words(file: ProjectFile) -> str:
    """Who made this copy and from what; "" where it is none. All of it is a stranger's word."""
    translate = words.translate
    origin = file.origin
    by, copied_ms = origin.get("by"), origin.get("copied_ms")
    if not isinstance(by, str) or type(copied_ms) is not int:
        return ""
    lines = [
        translate("receiving", "A copy that {0} made on {1}{2}.").format(
            by,
            _day(copied_ms),
            translate("receiving", " from {0}").format(origin["from"])
            if isinstance(origin.get("from"), str)
            else "",
        )
    ]
    counts = [origin.get(key) for key in ("texts", "of_texts", "events")]
    if all(type(count) is int for count in counts):
        texts, of_texts, events = (words.number(int(str(count))) for count in counts)
        sentence = translate("receiving", "{0} of {1} texts, {2} answers and corrections.")
        lines.append(sentence.format(texts, of_texts, events))
    if isinstance(origin.get("part"), str) and origin["part"]:
        lines.append(translate("receiving", "Which texts: {0}.").format(part_words(origin["part"])))
    return "\n".join(lines)


def part_words(part: str) -> str:
    """Which texts a copy holds, as it says itself, in the window's language."""
    translate = words.translate
    ways = (
        (r"for (.+)", translate("receiving", "for {0}")),
        (r"(\d+) % at random", translate("receiving", "{0} % at random")),
        (r'with "(.+)"', translate("receiving", 'with "{0}"')),
        (r'about "(.+)"', translate("receiving", 'about "{0}"')),
        (r"answered", translate("receiving", "texts with an answer")),
        (r"unanswered", translate("receiving", "texts without an answer")),
        (r"disagreed", translate("receiving", "texts that annotators disagree about")),
    )

    def said(each: str) -> str:
        if answered := re.fullmatch(r"answered (accept|reject|ignore)", each):
            sentence = translate("receiving", "answers that are {0}")
            return sentence.format(words.answer(Answer(answered[1])))
        for pattern, way in ways:
            if found := re.fullmatch(pattern, each):
                return way.format(*found.groups())
        return each

    return ", ".join(map(said, _BETWEEN.split(part)))


def model_words(file: ProjectFile, model: str) -> str:
    translate = words.translate
    carried = carried_model(file)
    if carried is not None and str(carried.folder) == model:
        asks = translate(
            "receiving",
            "A model that {0} packed on {1} came with it, to propose what to ask about.",
        ).format(carried.by, _day(carried.packed_ms))
    else:
        name = Path(model).name if Path(model).is_absolute() else model
        asks = translate("receiving", "This project asks to load the model {0} ({1}).").format(
            name, model
        )
    warning = translate(
        "receiving",
        "A model can run code on your computer. Load it only if you trust whoever sent it; you can "
        "answer questions without it as well.",
    )
    return f"{asks}\n{warning}"


def _day(at_ms: int) -> str:
    moment = QDateTime.fromMSecsSinceEpoch(min(max(at_ms, 0), _LATEST_MS))
    return QLocale().toString(moment, QLocale.FormatType.ShortFormat)
