"""What the settings mean: the look in force, the next text size and theme, the last projects."""

import time
from pathlib import Path

from al_desktop.gui.widgets.theme import (
    LINE_CHARACTERS,
    READING_FAMILIES,
    Appearance,
    Theme,
    colours_for,
)
from al_desktop.settings import Settings

TEXT_SIZES = (75, 90, 100, 110, 125, 150, 175, 200)
RECENT_KEPT = 12


def theme_of(settings: Settings) -> Theme:
    """The look that the settings ask for."""
    return Theme(
        colours_for(Appearance(settings["theme"])),
        scale=settings["text_size"] / 100,
        reading_family=READING_FAMILIES[settings["reading_font"]],
        line_characters=LINE_CHARACTERS[settings["line_width"]],
    )


def next_size(settings: Settings, step: int) -> int:
    """The text size in per cent that is `step` sizes larger than the one in force."""
    now = settings["text_size"]
    nearest = min(range(len(TEXT_SIZES)), key=lambda each: abs(TEXT_SIZES[each] - now))
    return TEXT_SIZES[min(max(0, nearest + step), len(TEXT_SIZES) - 1)]


def next_theme(settings: Settings) -> str:
    """The theme after the one in force, in a circle."""
    choices = list(Appearance)
    return choices[(choices.index(Appearance(settings["theme"])) + 1) % len(choices)].value


def remember_project(settings: Settings, path: Path) -> None:
    """Puts a project first among those opened lately; the longest unopened drops out."""
    opened = {**settings["recent_projects"], str(path): time.time_ns() // 1_000_000}
    latest = sorted(opened.items(), key=lambda item: -item[1])[:RECENT_KEPT]
    settings["recent_projects"] = dict(latest)


def forget_project(settings: Settings, path: Path) -> None:
    """Takes a project off that list; the file stays."""
    opened = dict(settings["recent_projects"])
    opened.pop(str(path), None)
    settings["recent_projects"] = opened
