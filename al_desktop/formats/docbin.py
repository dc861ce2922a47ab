"""spaCy's DocBin, read without spaCy: texts with entities, span groups and categories.

The layout is that of spacy/tokens/_serialize.py: zlib over MessagePack over arrays of token
attributes, strings by their 64-bit MurmurHash2. Custom data of the documents is not read.
"""

import struct
import sys
import zlib
from array import array
from collections.abc import Iterator, Sequence
from typing import Any

from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Answer
from al_desktop.formats.docbin_symbols import SYMBOLS
from al_desktop.formats.msgpack import unpack
from al_desktop.formats.record import Annotation, BadLine, Record
from al_desktop.formats.source import Source

_LARGEST_BYTES = 1 << 30
_ORTH, _ENT_IOB, _ENT_TYPE = 65, 77, 78
_INSIDE, _BEGIN = 1, 3
_SPAN = struct.Struct(">QQQllll")
_MASK = (1 << 64) - 1


def read(source: Source) -> Iterator[Record | BadLine]:
    """A document a text; "lines" in reports count the documents from 1.

    Raises KnownError where the file is no DocBin or unpacks to more than 1 GB.
    """
    try:
        packed = zlib.decompressobj()
        content = packed.decompress(source.path.read_bytes(), _LARGEST_BYTES)
        if packed.unconsumed_tail:
            raise KnownError(f"{source.path} is too large: it unpacks to more than 1 GB.")
        documents = list(_documents(unpack(content)))
    except (zlib.error, ValueError, KeyError, TypeError, IndexError, AttributeError) as error:
        raise KnownError(f"{source.path} is not a readable spaCy DocBin: {error}.") from error
    for number, document in enumerate(documents, 1):
        if document.content.strip():
            yield Record(document.content, number, {}, document.annotations)
        else:
            yield BadLine(number, None, "the document is empty")


def _documents(message: dict[str, Any]) -> Iterator[Record]:
    attributes = message["attrs"]
    strings = {string_hash(string): string for string in message["strings"]}
    strings[0] = ""
    values, spaces = _array("Q", message["tokens"]), message["spaces"]
    lengths, width = _array("i", message["lengths"]), len(attributes)
    whole = sum(lengths) * width == len(values) and sum(lengths) == len(spaces)
    if not whole or min(lengths, default=0) < 0:
        raise ValueError("its tokens are incomplete")
    groups = message.get("span_groups", [])
    last = 0
    for number, length in enumerate(lengths):
        first, last = last, last + length
        columns = {
            attribute: values[first * width + column : last * width : width]
            for column, attribute in enumerate(attributes)
        }
        known = not message["flags"][number].get("has_unknown_spaces")
        after = [byte > 0 for byte in spaces[first:last]]
        if not known:
            after = [True] * (length - 1) + [False] * min(length, 1)
        words = [strings[key] for key in columns[_ORTH]]
        text, places = _text(words, after)
        found = dict.fromkeys(_entities(columns, strings, places))
        if number < len(groups) and groups[number]:
            found.update(dict.fromkeys(_groups(groups[number], strings, len(text))))
        for label, score in message["cats"][number].items():
            answer = Answer.ACCEPT if score >= 0.5 else Answer.REJECT
            found[Annotation(label, answer=answer)] = None
        yield Record(text, annotations=tuple(found))


def _array(code: str, packed: bytes) -> Sequence[int]:
    """Little-endian numbers, as DocBins hold them."""
    found = array(code, packed)
    if sys.byteorder == "big":
        found.byteswap()
    return found


def _text(words: list[str], after: list[bool]) -> tuple[str, list[tuple[int, int]]]:
    places = []
    at = 0
    for word, space in zip(words, after, strict=True):
        places.append((at, at + len(word)))
        at += len(word) + space
    return "".join(w + " " * space for w, space in zip(words, after, strict=True)), places


def _entities(
    columns: dict[int, Sequence[int]], strings: dict[int, str], places: list[tuple[int, int]]
) -> Iterator[Annotation]:
    if _ENT_IOB not in columns or _ENT_TYPE not in columns:
        return
    codes, labels = columns[_ENT_IOB], columns[_ENT_TYPE]
    start = 0
    for position, (code, label) in enumerate(zip(codes, labels, strict=True)):
        if code == _BEGIN or (code == _INSIDE and (not position or labels[position - 1] != label)):
            start = position
        if code not in (_BEGIN, _INSIDE):
            continue
        if position + 1 == len(codes) or codes[position + 1] != _INSIDE:
            yield Annotation(strings[label], places[start][0], places[position][1])


def _groups(packed: bytes, strings: dict[int, str], length: int) -> Iterator[Annotation]:
    for group in unpack(packed):
        for span in unpack(group)["spans"]:
            _, _, label, _, _, start, end = _SPAN.unpack(span)
            if 0 <= start < end <= length and strings.get(label):
                yield Annotation(strings[label], start, end)


def string_hash(string: str) -> int:
    """A string's key in spaCy's StringStore: MurmurHash64A with seed 1 of its UTF-8 bytes, but
    for the symbols."""
    if not string:
        return 0
    if string in SYMBOLS:
        return SYMBOLS[string]
    data = string.encode("utf-8")
    multiplier, shift = 0xC6A4A7935BD1E995, 47
    state = 1 ^ (len(data) * multiplier & _MASK)
    whole = len(data) // 8 * 8
    for (block,) in struct.iter_unpack("<Q", data[:whole]):
        block = block * multiplier & _MASK
        block = (block ^ (block >> shift)) * multiplier & _MASK
        state = (state ^ block) * multiplier & _MASK
    if data[whole:]:
        state = (state ^ int.from_bytes(data[whole:], "little")) * multiplier & _MASK
    state = (state ^ (state >> shift)) * multiplier & _MASK
    return state ^ (state >> shift)
