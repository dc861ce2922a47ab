"""What is new: shown once after an upgrade, from the changelog that ships with the program."""

import re
from importlib.metadata import version

from PySide6.QtWidgets import (
    QDialog,
    QPlainTextEdit,
    QPushButton,
    QWidget,
)

from al_desktop import paths
from al_desktop.gui.widgets.layouts import closing_row, titled
from al_desktop.gui.widgets.theme import Look
from al_desktop.settings import Settings

_HEADING = re.compile(r"^## (\d+(?:\.\d+)*)\b.*$", re.MULTILINE)
_WRAPPED = re.compile(r"\n {2,}(?=\S)")
SEEN = "news_of"


class NewsDialog(QDialog):
    def __init__(self, look: Look, news: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        px = look.theme.px
        layout = titled(self, look, self.tr("What's new"))
        self.text = QPlainTextEdit(news, readOnly=True)
        self.text.setAccessibleName(self.tr("What's new"))
        layout.addWidget(self.text, 1)
        close = QPushButton(self.tr("Close"))
        layout.addLayout(closing_row(self, close))
        self.resize(px(620), px(440))
        close.setFocus()


def own_version() -> str:
    return version("al-desktop")


def all_news() -> str:
    """The news of all versions, the latest first; "" where the changelog is missing."""
    return news_between("", own_version(), _changelog())


def news_since_last_time(settings: Settings) -> str:
    """The news of the versions after the one that ran last; "" where there are none, and at the
    very first start. From now on this version is the one that ran last."""
    now = own_version()
    seen = str(settings["window"].get(SEEN, ""))
    is_first = settings.is_fresh
    if seen != now:
        settings["window"] = {**settings["window"], SEEN: now}
    return "" if is_first else news_between(seen, now, _changelog())


def news_between(seen: str, now: str, changelog: str) -> str:
    """The sections of the versions after `seen` ("" for all) up to `now`, as plain text."""
    parts = _HEADING.split(changelog)[1:]
    sections = zip(parts[::2], parts[1::2], strict=True)
    fresh = [
        f"{name}\n\n{_plain(text)}"
        for name, text in sections
        if _numbers(seen) < _numbers(name) <= _numbers(now)
    ]
    return "\n\n".join(fresh)


def _changelog() -> str:
    try:
        return paths.changelog().read_text(encoding="utf-8")
    except OSError:
        return ""


def _plain(text: str) -> str:
    lines = _WRAPPED.sub(" ", text.strip())
    return re.sub(r"^- ", "• ", lines, flags=re.MULTILINE).replace("`", "")


def _numbers(name: str) -> tuple[int, ...]:
    return tuple(int(part) for part in re.findall(r"\d+", name))
