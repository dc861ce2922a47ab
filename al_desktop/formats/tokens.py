"""From tokens to texts: where tokens lie in a text, and which spans their tags make."""

from collections.abc import Iterable, Sequence

from al_desktop.formats.record import Annotation

_STARTS = frozenset("BSU")
_ENDS = frozenset("ELSU")


def is_tag(tag: str) -> bool:
    """Whether this is a tag of IOB1, IOB2, IOBES or BILOU."""
    return tag == "O" or (len(tag) > 2 and tag[0] in "BILUESM" and tag[1] == "-")


def decode(tags: Sequence[str]) -> list[tuple[int, int, str]]:
    """Spans as first token, token after the last, and label.

    As the CoNLL evaluation script reads them: B, S and U begin a span, and so does any other
    tag where the label changes; E, L, S and U end one. This covers all four schemes.
    """
    spans: list[tuple[int, int, str]] = []
    open_at: int | None = None
    open_label = ""
    for position, tag in enumerate([*tags, "O"]):
        prefix, label = (tag[0], tag[2:]) if tag != "O" and is_tag(tag) else ("O", "")
        if open_at is not None and (prefix == "O" or prefix in _STARTS or label != open_label):
            spans.append((open_at, position, open_label))
            open_at = None
        if prefix != "O" and open_at is None:
            open_at, open_label = position, label
        if prefix in _ENDS and open_at is not None:
            spans.append((open_at, position + 1, open_label))
            open_at = None
    return spans


def align(words: Sequence[str], text: str = "") -> tuple[str, list[tuple[int, int]]]:
    """The text and the characters of each word in it: the given text if it holds all words in
    order, else the words with a space between them."""
    places: list[tuple[int, int]] = []
    at = 0
    for word in words:
        start = text.find(word, at)
        if start < 0 or text[at:start].strip():
            return _joined(words)
        at = start + len(word)
        places.append((start, at))
    return (text, places) if text and not text[at:].strip() else _joined(words)


def _joined(words: Sequence[str]) -> tuple[str, list[tuple[int, int]]]:
    places = []
    at = 0
    for word in words:
        places.append((at, at + len(word)))
        at += len(word) + 1
    return " ".join(words), places


def annotate(
    places: Sequence[tuple[int, int]], columns: Iterable[Sequence[str]]
) -> tuple[Annotation, ...]:
    """The spans of one or more columns of tags, each once."""
    found = {
        Annotation(label, places[first][0], places[last - 1][1]): None
        for tags in columns
        for first, last, label in decode(tags)
        if places[first][0] < places[last - 1][1]
    }
    return tuple(found)
