"""Which texts are in memory, and which are read next.

Texts that a term or pattern matches and texts drawn at random are read in turn. When memory is
full, reading goes on through the whole pool: of what is read, the texts with the most promising
candidates take the places of the least promising ones. Texts with answers and a random half stay.
When all has been read, answers that came in meanwhile begin another sweep through the pool.
"""

from collections import deque
from collections.abc import Callable, Iterable, Sequence
from functools import cached_property
from itertools import takewhile

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.progress import Progress
from al_desktop.core.protocols import TextPool
from al_desktop.models.span_pool import SpanPool
from al_desktop.models.span_reader import SpanReader, SpanText

STEP_CHARACTERS = 2_000
"""Of texts read in one step: about 100 ms."""
SCAN_TEXTS = 256
"""Searched for terms and patterns in one step."""
CAPACITY = 60_000
"""Candidates in memory, besides those of texts with answers: about 25 MB. All are ranked after
every answer."""
EXCHANGED = CAPACITY // 10
"""Candidates read before they are compared with those in memory."""
SWEEP_AFTER = 100
"""Answers between two sweeps."""

Wanted = dict[str, list[tuple[int, int]]]
"""Spans asked about, in characters, by text key."""
Worth = Callable[[SpanPool], NDArray[np.float32]]
"""How promising each text of a pool is: float[m]."""


class SpanReading:
    """`held` are the texts in memory by key. Positions are those of the pool of texts."""

    def __init__(self, texts: TextPool, reader: SpanReader, seed: int) -> None:
        self._texts = texts
        self._reader = reader
        self._order = np.random.default_rng(seed).permutation(len(texts))
        self._scanned = 0 if reader.has_patterns else len(texts)
        self._passed = 0
        self._promising: deque[int] = deque()
        self._seen = np.zeros(len(texts), bool)
        self._dropped: deque[int] = deque()
        self._staying: set[str] = set()
        self._arrived: list[SpanText] = []
        self._size = 0
        self._capacity = CAPACITY
        self._swept_at = 0
        self._wanted: Wanted = {}
        self._stale: deque[str] = deque()
        self.held: dict[str, SpanText] = {}

    @cached_property
    def keys(self) -> Sequence[str]:
        return self._texts.keys()

    def step(self, worth: Worth) -> Progress | None:
        """Reads a few texts; None when all have been read once."""
        if self._stale:
            self._read_again()
            return Progress("texts", len(self.held) - len(self._stale), len(self.held))
        chosen = self._next()
        if not chosen:
            if not self._arrived:
                return None
            self._exchange(worth)
        else:
            self._take(chosen)
            if sum(len(text.spans) for text in self._arrived) >= EXCHANGED:
                self._exchange(worth)
        return Progress("texts", int(np.count_nonzero(self._seen)), len(self._texts))

    def sweep(self, answers: int) -> None:
        """Begins to read once more what is not in memory, if all has been read and SWEEP_AFTER
        answers have come since the last time: other texts may look promising now."""
        done = self._passed == len(self._order) and not self._promising and not self._arrived
        if not done or len(self.held) == len(self._order) or answers < self._swept_at + SWEEP_AFTER:
            return
        self._swept_at = answers
        held = (self._position(key) for key in self.held)
        self._seen[:] = False
        self._seen[[position for position in held if position is not None]] = True
        self._dropped.clear()
        self._passed = 0

    def refill(self) -> bool:
        """Makes room for texts not read yet, or dropped before, when nothing is left to ask about
        those in memory; False when there are none."""
        chosen = self._next() or [
            self._dropped.popleft() for _ in range(min(16, len(self._dropped)))
        ]
        if not chosen:
            return False
        for text in self._read(chosen):
            self._hold(text)
        return True

    def widen(self) -> None:
        """Reads the texts in memory again, step by step: the reader proposes longer spans now."""
        self._stale = deque(self.held)

    @property
    def widening(self) -> bool:
        """Whether texts in memory are still without the longer spans."""
        return bool(self._stale)

    def require(self, asked: Wanted) -> None:
        """Holds these texts for good, with these spans among their candidates. Keys that are not
        of the pool are passed over."""
        before, self._wanted = self._wanted, asked
        for key, spans in asked.items():
            held = self.held.get(key)
            if held is not None and before.get(key) == spans:
                continue
            self._staying.add(key)
            position = self._position(key)
            if position is None or (held is not None and _has(held, spans)):
                continue
            (text,) = self._reader.read([key], self._texts.contents([position]), [spans])
            self._seen[position] = True
            self._hold(text)
        answered = (self.held[key] for key in asked if key in self.held)
        self._capacity = CAPACITY + sum(len(text.spans) for text in answered)

    def drawn(self) -> set[str]:
        """Keys of texts in memory that chance alone chose: the first in the random order."""
        inside = takewhile(self.held.__contains__, (self.keys[int(i)] for i in self._order))
        return set(inside)

    def contents(self, keys: Sequence[str]) -> list[str]:
        positions = [self._position(key) for key in keys]
        return self._texts.contents([position for position in positions if position is not None])

    def _read_again(self) -> None:
        keys: list[str] = []
        characters = 0
        while self._stale and characters < STEP_CHARACTERS:
            if (key := self._stale.popleft()) in self.held:
                keys.append(key)
                characters += int(self.held[key].places[-1:, 1].sum())
        if not keys:
            return
        asked = [self._wanted.get(key, []) for key in keys]
        for text in self._reader.read(keys, self.contents(keys), asked):
            self._hold(text)

    def _next(self) -> list[int]:
        """Positions to read in one step, promising and random ones in turn."""
        if not self._promising and self._scanned < len(self._order):
            self._scan()
        chosen: list[int] = []
        characters = 0
        while characters < STEP_CHARACTERS:
            position = self._next_one(promising=len(chosen) % 2 == 0)
            if position is None:
                break
            self._seen[position] = True
            chosen.append(position)
            characters += len(self._texts.contents([position])[0])
        return chosen

    def _next_one(self, promising: bool) -> int | None:
        while self._promising and promising:
            position = self._promising.popleft()
            if not self._seen[position]:
                return position
        while self._passed < len(self._order):
            position = int(self._order[self._passed])
            self._passed += 1
            if self._size < CAPACITY // 2:
                self._staying.add(self.keys[position])
            if not self._seen[position]:
                return position
        return None

    def _scan(self) -> None:
        chosen = self._order[self._scanned : self._scanned + SCAN_TEXTS].tolist()
        self._scanned += len(chosen)
        matching = self._reader.matching(self._texts.contents(chosen))
        self._promising.extend(p for p, found in zip(chosen, matching, strict=True) if found)

    def _take(self, chosen: Sequence[int]) -> None:
        for text in self._read(chosen):
            if self._size < self._capacity:
                self._hold(text)
            else:
                self._arrived.append(text)

    def _read(self, chosen: Sequence[int]) -> list[SpanText]:
        keys = [self.keys[position] for position in chosen]
        return self._reader.read(keys, self._texts.contents(chosen))

    def _hold(self, text: SpanText) -> None:
        before = self.held.pop(text.key, None)
        self._size += len(text.spans) - (len(before.spans) if before else 0)
        self.held[text.key] = text

    def _exchange(self, worth: Worth) -> None:
        """Lets the most promising of the texts that arrived in, for the least promising held."""
        movable = [text for key, text in self.held.items() if key not in self._staying]
        rivals = [*movable, *self._arrived]
        value = worth(SpanPool(rivals))
        self._arrived = []
        self._drop(movable)
        for place in np.argsort(-value, kind="stable").tolist():
            if self._size < self._capacity:
                self._hold(rivals[place])
            else:
                position = self._position(rivals[place].key)
                if position is not None:
                    self._dropped.append(position)

    def _drop(self, texts: Iterable[SpanText]) -> None:
        for text in texts:
            del self.held[text.key]
            self._size -= len(text.spans)

    def _position(self, key: str) -> int | None:
        """Found by bisection: an index by key of 1,000,000 texts would take 150 MB."""
        numbers, positions = self._by_key
        wanted = np.uint64(int(key[:16], 16))
        place = int(np.searchsorted(numbers, wanted))
        if place == len(numbers) or self.keys[int(positions[place])] != key:
            return None
        return int(positions[place])

    @cached_property
    def _by_key(self) -> tuple[NDArray[np.uint64], NDArray[np.int64]]:
        joined = bytes.fromhex("".join(key[:16] for key in self.keys))
        numbers = np.frombuffer(joined, ">u8").astype(np.uint64)
        order = np.argsort(numbers)
        return numbers[order], order


def _has(text: SpanText, spans: Iterable[tuple[int, int]]) -> bool:
    starts = text.places[text.spans[:, 0], 0].tolist()
    ends = text.places[text.spans[:, 1] - 1, 1].tolist()
    return set(spans) <= set(zip(starts, ends, strict=True))
