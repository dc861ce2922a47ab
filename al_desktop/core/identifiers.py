"""Globally unique identifiers that sort by time (UUID version 7, RFC 9562)."""

import secrets
import threading
import time

_lock = threading.Lock()
_last = 0


def uuid7(at_ms: int | None = None) -> str:
    """32 lower-case hex digits: 48 bits of Unix time in milliseconds, then randomness.

    Identifiers made by one process increase strictly, even within a millisecond or when the
    clock steps back: the 74 random bits then count on from the last identifier.
    """
    global _last
    milliseconds = time.time_ns() // 1_000_000 if at_ms is None else at_ms
    fresh = (milliseconds << 80) | secrets.randbits(80)
    fresh = fresh & ~(0xF << 76) & ~(0x3 << 62) | (0x7 << 76) | (0x2 << 62)
    with _lock:
        if fresh <= _last:
            fresh = _next_after(_last)
        _last = fresh
    return f"{fresh:032x}"


def _next_after(identifier: int) -> int:
    """The smallest valid UUIDv7 above `identifier`, by a random step in the low 62 bits."""
    low = (identifier & ((1 << 62) - 1)) + 1 + secrets.randbits(32)
    carry, low = divmod(low, 1 << 62)
    if not carry:
        return identifier & ~((1 << 62) - 1) | low
    middle = ((identifier >> 64) & 0xFFF) + 1
    carry, middle = divmod(middle, 1 << 12)
    milliseconds = (identifier >> 80) + carry
    return milliseconds << 80 | 0x7 << 76 | middle << 64 | 0x2 << 62 | low
