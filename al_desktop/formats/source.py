"""A file being read: how far, in what encoding, line by line."""

import codecs
import io
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path

from al_desktop.core.closing import Closing
from al_desktop.core.errors import KnownError
from al_desktop.formats.record import BadLine

LONGEST_LINE_BYTES = 64 << 20
_CHUNK_BYTES = 1 << 20
_SAMPLE_BYTES = 1 << 16
_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# What Windows-1252 leaves undefined and Latin-1 doesn't.
_NOT_WINDOWS = frozenset(b"\x81\x8d\x8f\x90\x9d")


class Source(Closing):
    """An open file. `encoding` is detected unless given.

    Raises KnownError when the file can't be read.
    """

    def __init__(self, path: Path, encoding: str | None = None) -> None:
        self.path = path
        try:
            if not path.is_file():
                raise KnownError(f"{path} is not a file. Choose a file to import.")
            self.total_bytes = path.stat().st_size
            self.encoding = encoding or detect_encoding(path)
            codecs.lookup(self.encoding)
            self._raw = io.FileIO(path)
            self._opened: io.IOBase = self._raw
        except LookupError as error:
            raise KnownError(f"The encoding {encoding} is unknown. Try utf-8.") from error
        except OSError as error:
            raise KnownError(f"{path} can't be read: {error.strerror or error}.") from error

    @property
    def done_bytes(self) -> int:
        """How much of the file has been read, to the next larger buffer."""
        return self._raw.tell() if not self._raw.closed else self.total_bytes

    def close(self) -> None:
        self._opened.close()

    def characters(self) -> io.TextIOWrapper:
        """The decoded file, line ends as they are. Bytes that can't be decoded become U+FFFD."""
        buffered = io.BufferedReader(self._raw, _CHUNK_BYTES)
        self._opened = io.TextIOWrapper(buffered, self.encoding, errors="replace", newline="")
        return self._opened

    def lines(self) -> Iterator[tuple[int, str] | BadLine]:
        """Line number and line without its end; a line ends with LF, CR LF or CR.

        Lines that can't be decoded or are longer than 64 MB come as BadLine.
        """
        if self.encoding.startswith("utf-8"):
            return self._utf8_lines()
        wrapper = self.characters()
        limited = iter(lambda: wrapper.readline(LONGEST_LINE_BYTES), "")
        return ((number, line.rstrip("\r\n")) for number, line in enumerate(limited, 1))

    def _utf8_lines(self) -> Iterator[tuple[int, str] | BadLine]:
        mark = codecs.BOM_UTF8
        for number, line in enumerate(self._raw_lines(), 1):
            if number == 1 and line.startswith(mark):
                line = line[len(mark) :]
            if line is _TOO_LONG:
                yield BadLine(number, None, "the line is longer than 64 MB")
                continue
            try:
                yield number, line.decode("utf-8")
            except UnicodeDecodeError as error:
                column = len(line[: error.start].decode("utf-8")) + 1
                wrong = line[error.start]
                yield BadLine(number, column, f"the byte 0x{wrong:02x} is not valid UTF-8")

    def _raw_lines(self) -> Iterator[bytes]:
        """Lines as bytes, `_TOO_LONG` in place of one that is too long."""
        rest = b""
        skipping = False
        while chunk := self._raw.read(_CHUNK_BYTES):
            rest += chunk
            if rest.endswith(b"\r"):
                # An LF may follow.
                rest += self._raw.read(1) or b""
            # Not str.splitlines, which also ends lines at U+2028 and the like.
            *lines, rest = rest.replace(b"\r\n", b"\n").replace(b"\r", b"\n").split(b"\n")
            for line in lines:
                yield _TOO_LONG if skipping else line
                skipping = False
            if len(rest) > LONGEST_LINE_BYTES:
                skipping, rest = True, b""
        if rest or skipping:
            yield _TOO_LONG if skipping else rest


_TOO_LONG = bytes(bytearray(b"too long"))


def detect_encoding(path: Path) -> str:
    """By the byte order mark, else UTF-8 if all of the file is, else by its bytes."""
    with path.open("rb") as file:
        sample = file.read(_SAMPLE_BYTES)
        for mark, encoding in _MARKS:
            if sample.startswith(mark):
                return encoding
        utf16 = _utf16_without_mark(sample)
        if utf16:
            return utf16
        decoder = codecs.getincrementaldecoder("utf-8")()
        file.seek(0)
        with suppress(UnicodeDecodeError):
            while chunk := file.read(_CHUNK_BYTES):
                decoder.decode(chunk)
            if not decoder.getstate()[0]:
                return "utf-8"
        file.seek(0)
        while chunk := file.read(_CHUNK_BYTES):
            if any(byte in chunk for byte in _NOT_WINDOWS):
                return "latin-1"
    return "cp1252"


def _utf16_without_mark(sample: bytes) -> str:
    """Text in most scripts has a zero byte beside every Latin letter, space or line end."""
    pairs = len(sample) // 2
    if pairs < 2:
        return ""
    even, odd = sample[::2], sample[1::2]
    for encoding, low, high in (("utf-16-le", even, odd), ("utf-16-be", odd, even)):
        if high.count(0) > pairs * 0.4 and low.count(0) < pairs * 0.05:
            return encoding
    return ""
