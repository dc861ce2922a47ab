"""Text as it is shown: what would be invisible or would reorder its surroundings gets a name.

A text from a stranger may hold control characters, zero-width characters and bidirectional
overrides that make it read otherwise than it is (Unicode Technical Report 36). They are shown as
short tags, such as "‹RLO›". Joiners inside emoji and Persian or Indic words are left alone.
"""

import re
from bisect import bisect_right
from dataclasses import dataclass

_NAMES = {
    0x00AD: "SHY",
    0x061C: "ALM",
    0x180E: "MVS",
    0x200B: "ZWSP",
    0x200E: "LRM",
    0x200F: "RLM",
    0x202A: "LRE",
    0x202B: "RLE",
    0x202C: "PDF",
    0x202D: "LRO",
    0x202E: "RLO",
    0x2060: "WJ",
    0x2066: "LRI",
    0x2067: "RLI",
    0x2068: "FSI",
    0x2069: "PDI",
    0xFEFF: "BOM",
    0xFFFC: "OBJ",
}
_SPECIAL = re.compile(
    "(?P<flag>\U0001f3f4[\U000e0020-\U000e007f]+)"
    "|(?P<newline>\r\n|[\r\x0b\x0c\x85\u2028\u2029])"
    "|(?P<control>[\x00-\x08\x0e-\x1f\x7f-\x84\x86-\x9f])"
    "|(?P<named>[" + "".join(map(chr, _NAMES)) + "])"
    "|(?P<tag>[\U000e0000-\U000e007f])"
    "|(?P<lone>[\ud800-\udfff])"
    "|(?P<wide>[\U00010000-\U0010ffff])"
)


@dataclass(frozen=True, slots=True)
class Shown:
    """A text for display, and how its positions map to the source's.

    text    what is drawn; lines are separated by "\\n"
    marks   (start, end) of the tags in `text`, in UTF-16 units
    """

    text: str
    marks: tuple[tuple[int, int], ...]
    # Where the mapping steps: source positions (code points), and display positions (UTF-16).
    _source: tuple[int, ...]
    _display: tuple[int, ...]

    def to_display(self, position: int) -> int:
        """The UTF-16 unit of `text` at which the source's code point `position` begins."""
        step = bisect_right(self._source, position) - 1
        behind = self._display[step] + position - self._source[step]
        if step + 1 < len(self._display):
            return min(behind, self._display[step + 1])
        return behind

    def to_source(self, unit: int) -> int:
        """The source's code point at this UTF-16 unit of `text`, or of which it is a part."""
        step = bisect_right(self._display, unit) - 1
        behind = self._source[step] + unit - self._display[step]
        if step + 1 < len(self._source):
            return min(behind, self._source[step + 1])
        return behind


def shown(content: str) -> Shown:
    """Makes a text visible; costs time proportional to its length."""
    pieces: list[str] = []
    marks: list[tuple[int, int]] = []
    source, display = [0], [0]
    at, unit = 0, 0
    for match in _SPECIAL.finditer(content):
        start, end = match.span()
        pieces.append(content[at:start])
        unit += start - at
        drawn, units = _drawn(match)
        if match.lastgroup in ("control", "named", "tag"):
            marks.append((unit, unit + units))
        source += [start, end]
        display += [unit, unit + units]
        pieces.append(drawn)
        at, unit = end, unit + units
    pieces.append(content[at:])
    return Shown("".join(pieces), tuple(marks), tuple(source), tuple(display))


def _drawn(match: re.Match[str]) -> tuple[str, int]:
    """What is drawn instead, and its length in UTF-16 units."""
    found = match.group()
    match match.lastgroup:
        case "flag" | "wide":
            return found, 2 * len(found)
        case "newline":
            return "\n", 1
        case "lone":
            return "\ufffd", 1
        case "named":
            name = _NAMES[ord(found)]
        case _:
            name = f"{ord(found):02X}"
    return f"‹{name}›", len(name) + 2
