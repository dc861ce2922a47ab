"""When a word about a pause is due: after a long run of answers without one."""

import time
from collections.abc import Callable

PAUSE_SECONDS = 180.0
"""Without an answer for so long is a pause."""


class Pausing:
    """Counts how long somebody has been answering without a pause."""

    def __init__(self, minutes: Callable[[], int], now: Callable[[], float] = time.time) -> None:
        """`minutes` says after how many a pause is due, 0 for never; `now` is in seconds and goes
        on while the computer sleeps."""
        self._minutes = minutes
        self._now = now
        self._began = self._last = float("-inf")

    def answered(self) -> None:
        """An answer was given now."""
        now = self._now()
        if now - self._last >= PAUSE_SECONDS:
            self._began = now
        self._last = now

    @property
    def due(self) -> int:
        """For how many minutes there was no pause; 0 while none is due."""
        limit = self._minutes()
        if not limit or self._now() - self._last >= PAUSE_SECONDS:
            return 0
        minutes = int((self._last - self._began) // 60)
        return minutes if minutes >= limit else 0
