"""MessagePack, reading only: plain values and nothing that could run code.

https://github.com/msgpack/msgpack/blob/master/spec.md
"""

import struct
from typing import Any

_DEEPEST = 32
_FIXED = {
    0xCA: ">f",
    0xCB: ">d",
    0xCC: ">B",
    0xCD: ">H",
    0xCE: ">I",
    0xCF: ">Q",
    0xD0: ">b",
    0xD1: ">h",
    0xD2: ">i",
    0xD3: ">q",
}
_SIZED = {0xC4: ">B", 0xC5: ">H", 0xC6: ">I", 0xD9: ">B", 0xDA: ">H", 0xDB: ">I"}
_COUNTED = {0xDC: ">H", 0xDD: ">I", 0xDE: ">H", 0xDF: ">I"}


def unpack(packed: bytes) -> Any:
    """Raises ValueError for what is broken, too deep, or uses extension types."""
    reader = _Reader(packed)
    try:
        value = reader.value(0)
    except (struct.error, IndexError, TypeError) as error:
        raise ValueError("not valid MessagePack") from error
    if reader.at != len(packed):
        raise ValueError("something follows the MessagePack value")
    return value


class _Reader:
    def __init__(self, packed: bytes) -> None:
        self._packed = packed
        self.at = 0

    def value(self, depth: int) -> Any:
        if depth > _DEEPEST:
            raise ValueError("nested too deep")
        code = self._packed[self.at]
        self.at += 1
        if code < 0x80 or code >= 0xE0:
            return code if code < 0x80 else code - 0x100
        if code < 0x90:
            return self._map(code & 0x0F, depth)
        if code < 0xA0:
            return self._list(code & 0x0F, depth)
        if code < 0xC0:
            return self._take(code & 0x1F).decode("utf-8")
        if code in (0xC0, 0xC2, 0xC3):
            return {0xC0: None, 0xC2: False, 0xC3: True}[code]
        if code in _FIXED:
            return self._number(_FIXED[code])
        if code in _SIZED:
            taken = self._take(self._number(_SIZED[code]))
            return taken if code < 0xD9 else taken.decode("utf-8")
        if code in _COUNTED:
            count = self._number(_COUNTED[code])
            return self._list(count, depth) if code < 0xDE else self._map(count, depth)
        raise ValueError("an extension type of MessagePack")

    def _number(self, layout: str) -> Any:
        (number,) = struct.unpack_from(layout, self._packed, self.at)
        self.at += struct.calcsize(layout)
        return number

    def _take(self, size: int) -> bytes:
        taken = self._packed[self.at : self.at + size]
        if len(taken) < size:
            raise ValueError("cut off")
        self.at += size
        return taken

    def _list(self, count: int, depth: int) -> list[Any]:
        return [self.value(depth + 1) for _ in range(count)]

    def _map(self, count: int, depth: int) -> dict[Any, Any]:
        found = {}
        for _ in range(count):
            key = self.value(depth + 1)
            found[key] = self.value(depth + 1)
        return found
