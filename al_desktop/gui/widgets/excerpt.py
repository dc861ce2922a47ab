"""The part of a long text that is laid out first: the passage around what is asked about."""

_BREAKS = "\n\r\u2028\u2029"
_LOOK_FOR_BREAK = 160


def excerpt(content: str, start: int, end: int, reach: int) -> tuple[int, int]:
    """First and last (exclusive) code point of a passage that holds `start` to `end`.

    It reaches about `reach` code points to either side, cut at a line's end or between words
    where there is one nearby.
    """
    first = max(0, start - reach)
    last = min(len(content), end + reach)
    if first > 0:
        first = _cut_after_space(content, first, start)
    if last < len(content):
        last = _cut_before_space(content, last, end)
    return first, last


def _cut_after_space(content: str, first: int, limit: int) -> int:
    window = content[first : min(limit, first + _LOOK_FOR_BREAK)]
    for breaks in (_BREAKS, " "):
        found = [window.find(each) for each in breaks if each in window]
        if found:
            return first + min(found) + 1
    return first


def _cut_before_space(content: str, last: int, limit: int) -> int:
    beginning = max(limit, last - _LOOK_FOR_BREAK)
    window = content[beginning:last]
    for breaks in (_BREAKS, " "):
        found = max(window.rfind(each) for each in breaks)
        if found >= 0:
            return beginning + found
    return last
