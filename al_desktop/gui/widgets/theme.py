"""Colours, fonts and sizes: the one place that knows them."""

import colorsys
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from PySide6.QtCore import QObject, Qt, Signal
from PySide6.QtGui import QColor, QFont, QFontDatabase, QFontMetricsF, QGuiApplication, QPalette

FAMILY, SERIF = "Inter", "Serif"
READING_FAMILIES = {"sans serif": FAMILY, "serif": SERIF, "OpenDyslexic": "OpenDyslexic"}
LINE_CHARACTERS = {"narrow": 60, "medium": 90, "full width": 0}
NORMAL, MEDIUM, BOLD = QFont.Weight.Normal, QFont.Weight.Medium, QFont.Weight.DemiBold


class Appearance(StrEnum):
    """What the user may choose."""

    SYSTEM = "system"
    LIGHT = "light"
    DARK = "dark"
    CONTRAST = "high contrast"


@dataclass(frozen=True, slots=True)
class Colours:
    """One theme's colours, "#rrggbb". The pairs drawn on each other are in `readable_pairs`."""

    is_dark: bool
    window: str
    surface: str
    panel: str
    line: str
    hover: str
    text: str
    muted: str
    accent: str
    accent_soft: str
    on_accent: str
    accept: str
    accept_soft: str
    reject: str
    reject_soft: str
    neutral: str
    neutral_soft: str
    warning: str
    warning_soft: str
    focus: str

    def readable_pairs(self) -> list[tuple[str, str]]:
        """Foreground and background of all text that is drawn, for the contrast test."""
        grounds = (self.window, self.surface, self.panel)
        pairs = [(front, ground) for ground in grounds for front in (self.text, self.muted)]
        pairs += [(front, self.panel) for front in (self.accent, self.accept, self.reject)]
        pairs += [(self.text, self.hover), (self.muted, self.hover)]
        pairs += [
            (self.accept, self.accept_soft),
            (self.reject, self.reject_soft),
            (self.neutral, self.neutral_soft),
            (self.warning, self.warning_soft),
            (self.accent, self.accent_soft),
            (self.on_accent, self.accent),
        ]
        return pairs


LIGHT = Colours(
    is_dark=False,
    window="#f6f6f3",
    surface="#ffffff",
    panel="#ffffff",
    line="#e3e3de",
    hover="#efefea",
    text="#1c1d20",
    muted="#62656c",
    accent="#4f46d6",
    accent_soft="#ecebfb",
    on_accent="#ffffff",
    accept="#14713f",
    accept_soft="#e0f3e8",
    reject="#b3261e",
    reject_soft="#fbe6e5",
    neutral="#5a5d64",
    neutral_soft="#ecece8",
    warning="#7a4d00",
    warning_soft="#fff1d0",
    focus="#4f46d6",
)
DARK = Colours(
    is_dark=True,
    window="#16171a",
    surface="#1f2024",
    panel="#1b1c20",
    line="#303238",
    hover="#2a2c32",
    text="#ececee",
    muted="#a0a4ad",
    accent="#9d95ff",
    accent_soft="#2a2850",
    on_accent="#121216",
    accept="#5fd695",
    accept_soft="#17372a",
    reject="#ff8f87",
    reject_soft="#412022",
    neutral="#b4b7bf",
    neutral_soft="#2a2c33",
    warning="#f2c063",
    warning_soft="#3b2f14",
    focus="#9d95ff",
)
CONTRAST = Colours(
    is_dark=True,
    window="#000000",
    surface="#000000",
    panel="#000000",
    line="#ffffff",
    hover="#2b2b2b",
    text="#ffffff",
    muted="#e6e6e6",
    accent="#ffe14d",
    accent_soft="#332d00",
    on_accent="#000000",
    accept="#6dff9f",
    accept_soft="#00260f",
    reject="#ffa8a2",
    reject_soft="#3a0000",
    neutral="#ffffff",
    neutral_soft="#1f1f1f",
    warning="#ffd75e",
    warning_soft="#332700",
    focus="#ffe14d",
)

# Hues of labels that have no colour of their own, far apart and readable in both themes.
LABEL_COLOURS = (
    "#f5b301",
    "#3b82f6",
    "#10b981",
    "#ec4899",
    "#8b5cf6",
    "#f97316",
    "#06b6d4",
    "#84cc16",
    "#ef4444",
    "#6366f1",
)


def label_colours(colour: str, position: int, is_dark: bool) -> tuple[str, str]:
    """Background and text colour of a label's chip and highlight.

    The label lends its hue and saturation; the lightness is the theme's, so that the text on it
    has a contrast of at least 4.5 whatever colour was chosen.
    """
    chosen = QColor(colour or LABEL_COLOURS[position % len(LABEL_COLOURS)])
    hue, _, saturation = colorsys.rgb_to_hls(chosen.redF(), chosen.greenF(), chosen.blueF())
    lightness = 0.235 if is_dark else 0.80
    red, green, blue = colorsys.hls_to_rgb(hue, lightness, min(saturation, 0.92))
    background = QColor.fromRgbF(red, green, blue).name()
    return background, "#fdfcf7" if is_dark else "#201c10"


@dataclass(frozen=True, slots=True)
class Theme:
    """Colours and sizes in force. `scale` multiplies every size; 1.0 is 100 %."""

    colours: Colours
    scale: float = 1.0
    reading_family: str = FAMILY
    line_height: float = 1.6
    line_characters: int = 0
    """Of ordinary text, a line has about so many at most; 0 for no limit."""

    def px(self, size: float) -> int:
        return max(1, round(size * self.scale))

    def font(self, size: float, weight: QFont.Weight = NORMAL) -> QFont:
        """The interface font, `size` in pixels at 100 %."""
        font = QFont(FAMILY)
        font.setPixelSize(self.px(size))
        font.setWeight(weight)
        return font

    def heading_font(self) -> QFont:
        font = self.font(11, BOLD)
        font.setLetterSpacing(QFont.SpacingType.PercentageSpacing, 107)
        return font

    def reading_font(self, weight: QFont.Weight = NORMAL) -> QFont:
        font = self.font(21, weight)
        font.setFamily(self.reading_family)
        if self.reading_family == SERIF:  # whatever the platform has
            font.setStyleHint(QFont.StyleHint.Serif)
        return font

    def spacing(self, line_height: float) -> float:
        """Line height as a share of the reading font's own, so that lines are as far apart as
        they are in the interface's font: some fonts bring their own space along."""
        own = QFontMetricsF(self.reading_font()).lineSpacing()
        return max(1.0, line_height * QFontMetricsF(self.font(21)).lineSpacing() / own)

    def line_px(self) -> int | None:
        """How wide a text may be; None where there is no limit."""
        if not self.line_characters:
            return None
        return round(QFontMetricsF(self.reading_font()).averageCharWidth() * self.line_characters)


class Look(QObject):
    """The theme in force and the news that it changed."""

    changed = Signal()

    def __init__(self, theme: Theme) -> None:
        super().__init__()
        self.theme = theme

    @property
    def colours(self) -> Colours:
        return self.theme.colours

    def set_theme(self, theme: Theme) -> None:
        if theme != self.theme:
            self.theme = theme
            self.changed.emit()


def colours_for(appearance: Appearance) -> Colours:
    """The colours of a choice; SYSTEM asks the platform."""
    match appearance:
        case Appearance.LIGHT:
            return LIGHT
        case Appearance.DARK:
            return DARK
        case Appearance.CONTRAST:
            return CONTRAST
    scheme = QGuiApplication.styleHints().colorScheme()
    return DARK if scheme is Qt.ColorScheme.Dark else LIGHT


def load_fonts(folder: Path) -> None:
    """Registers the fonts the program carries; without them the platform's own are used."""
    for file in sorted(folder.glob("*.[ot]tf")):
        QFontDatabase.addApplicationFont(str(file))


def qt_palette(colours: Colours) -> QPalette:
    """For the few things Qt draws by itself: selections, menus, tool tips, disabled text."""
    palette = QPalette()
    role = QPalette.ColorRole
    for each, colour in {
        role.Window: colours.window,
        role.WindowText: colours.text,
        role.Base: colours.surface,
        role.AlternateBase: colours.hover,
        role.Text: colours.text,
        role.PlaceholderText: colours.muted,
        role.Button: colours.panel,
        role.ButtonText: colours.text,
        role.ToolTipBase: colours.surface,
        role.ToolTipText: colours.text,
        role.Highlight: colours.accent,
        role.HighlightedText: colours.on_accent,
        role.Link: colours.accent,
        role.Light: colours.surface,
        role.Midlight: colours.line,
        role.Mid: colours.line,
        role.Dark: colours.line,
        role.Accent: colours.accent,
    }.items():
        palette.setColor(each, QColor(colour))
    for each in (role.WindowText, role.Text, role.ButtonText):
        palette.setColor(QPalette.ColorGroup.Disabled, each, QColor(colours.muted))
    return palette


def contrast(front: str, ground: str) -> float:
    """Contrast ratio 1..21 of two colours (WCAG 2.2, relative luminance)."""
    lighter, darker = sorted((_luminance(front), _luminance(ground)), reverse=True)
    return (lighter + 0.05) / (darker + 0.05)


def _luminance(colour: str) -> float:
    rgb = QColor(colour)
    red, green, blue = (
        part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
        for part in (rgb.redF(), rgb.greenF(), rgb.blueF())
    )
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue
