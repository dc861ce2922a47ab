"""CoNLL: one token a line with tags in IOB1, IOB2, IOBES or BILOU, a blank line after a sentence.

2 to 5 columns, parted by tabs or spaces; comments with "# text = ..."; also spaCy's one sentence
a line, word|POS|tag.
"""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field

from al_desktop.formats.record import BadLine, Record, columns_in_place_of
from al_desktop.formats.source import Source
from al_desktop.formats.tokens import align, annotate, is_tag

# A file without blank lines is cut after a full stop, or at the latest here.
_LONG_TOKENS = 200
_LONGEST_TOKENS = 1000
_SAMPLE_ROWS = 200
_STOPS = frozenset(".!?。！？")


@dataclass(slots=True)
class _Sentence:
    """What was read of a sentence: token rows, and its comments by name."""

    line: int = 0
    rows: list[list[str]] = field(default_factory=list)
    comments: dict[str, str] = field(default_factory=dict)


def read(source: Source) -> Iterator[Record | BadLine]:
    """A sentence a text; every column that holds tags counts, so nested entities come along."""
    layout: _Layout | None = None
    waiting: list[_Sentence] = []
    rows = 0
    for sentence in _sentences(source):
        if isinstance(sentence, BadLine):
            yield sentence
            continue
        if layout is None:
            # The first sentences show which columns hold what.
            waiting.append(sentence)
            rows += len(sentence.rows)
            if rows < _SAMPLE_ROWS:
                continue
            layout = _layout(waiting)
            for early in waiting:
                yield from _record(early, layout)
        else:
            yield from _record(sentence, layout)
    if layout is None:
        layout = _layout(waiting)
        for early in waiting:
            yield from _record(early, layout)


@dataclass(frozen=True, slots=True)
class _Layout:
    width: int
    word: int
    tags: tuple[int, ...]


def _sentences(source: Source) -> Iterator[_Sentence | BadLine]:
    sentence = _Sentence()
    for line in source.lines():
        if isinstance(line, BadLine):
            yield line
            continue
        number, content = line
        if not content.strip() or content.startswith("-DOCSTART-"):
            if sentence.rows:
                yield sentence
            sentence = _Sentence()
            continue
        if content.startswith("#") and not sentence.rows and not _is_token(content):
            name, _, value = content[1:].partition("=")
            sentence.comments[name.strip()] = value.strip()
            continue
        sentence.line = sentence.line or number
        piped = [item.split("|") for item in content.split(" ")]
        if all(len(item) > 1 and is_tag(item[-1]) for item in piped):
            yield _Sentence(number, piped)
            sentence = _Sentence()
            continue
        sentence.rows.append(content.split("\t") if "\t" in content else content.split())
        if _is_long(sentence):
            yield sentence
            sentence = _Sentence()
    if sentence.rows:
        yield sentence


def _is_token(line: str) -> bool:
    """A number sign can be a token: then its line has tags."""
    return any(is_tag(column) for column in line.split()[1:])


def _is_long(sentence: _Sentence) -> bool:
    last = sentence.rows[-1]
    outside = all(not is_tag(column) or column == "O" for column in last[1:])
    length = len(sentence.rows)
    at_stop = length >= _LONG_TOKENS and last[0] in _STOPS
    return outside and (at_stop or length >= _LONGEST_TOKENS)


def _layout(sentences: list[_Sentence]) -> _Layout:
    rows = [[column.strip() for column in row] for sent in sentences for row in sent.rows]
    if not rows:
        return _Layout(0, 0, ())
    width = Counter(map(len, rows)).most_common(1)[0][0]
    rows = [row for row in rows if len(row) == width]
    tags = tuple(
        column
        for column in range(1, width)
        if sum(is_tag(row[column]) for row in rows) > 0.9 * len(rows)
    )
    numbered = width > 2 and all(row[0].replace("-", "").isdecimal() for row in rows)
    return _Layout(width, 1 if numbered and 1 not in tags else 0, tags)


def _record(sentence: _Sentence, layout: _Layout) -> Iterator[Record | BadLine]:
    rows = []
    for offset, row in enumerate(sentence.rows):
        if len(row) > max((layout.word, *layout.tags)) and row[layout.word].strip():
            rows.append([column.strip() for column in row])
        else:
            line = sentence.line + offset
            yield BadLine(line, None, columns_in_place_of(len(row), layout.width))
    if not rows:
        return
    text, places = align([row[layout.word] for row in rows], sentence.comments.get("text", ""))
    columns = [[row[column] for row in rows] for column in layout.tags]
    meta = {name: value for name, value in sentence.comments.items() if name != "text" and value}
    yield Record(text, sentence.line, meta, annotate(places, columns))
