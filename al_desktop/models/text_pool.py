"""The texts of a pool as features: computed little by little, the most useful texts first."""

from collections import deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.progress import Progress
from al_desktop.core.protocols import TextPool
from al_desktop.core.questions import text_key
from al_desktop.models.ngrams import NgramHasher
from al_desktop.models.term_scan import TermScan
from al_desktop.models.text_features import TextFeatures
from al_desktop.models.vector_cache import VectorCache, key_numbers, quantise

# Each about 100 ms of work.
_SCANNED_AT_ONCE = 2000
_RESTORED_AT_ONCE = 400
_ENCODED_AT_ONCE = 16

_TEXTS_FOR_RARITY = 2000


class SentenceEncoder(Protocol):
    """`name` changes whenever the vectors do; `width` is their number of dimensions."""

    name: str
    width: int

    def sentences(self, contents: Sequence[str]) -> NDArray[np.float32]:
        """float32[n, width] vectors of length 1."""
        ...


class PoolFeatures:
    """Texts are known by their position in the pool, and their features by slot."""

    def __init__(
        self,
        pool: TextPool,
        encoder: SentenceEncoder,
        cache: VectorCache,
        terms: TermScan,
        seed: int,
    ) -> None:
        """Reads a few thousand texts to learn how rare words are."""
        self._pool = pool
        self._encoder = encoder
        self._cache = cache
        self._terms = terms
        self._numbers = key_numbers(pool.keys())
        self._by_key = np.argsort(self._numbers[:, 0], kind="stable")
        self._sorted_keys = self._numbers[self._by_key, 0]
        self._by_lot = np.random.default_rng(seed).permutation(len(pool))
        self._hasher = NgramHasher(pool.contents(self._by_lot[:_TEXTS_FOR_RARITY].tolist()))
        self._positions = np.full(len(pool), -1, np.int64)
        self.features = TextFeatures(len(pool), encoder.width)
        self.slots = np.full(len(pool), -1, np.int64)
        """int64[positions]; -1 for texts without features yet."""

    def __len__(self) -> int:
        return len(self._numbers)

    @property
    def positions(self) -> NDArray[np.int64]:
        """int64[slots]."""
        return self._positions[: len(self.features)]

    @property
    def idf(self) -> NDArray[np.float32]:
        """float32[BUCKETS], what each n-gram weighs."""
        return self._hasher.idf

    def key(self, position: int) -> str:
        return bytes(self._numbers[position]).hex()

    def positions_of(self, keys: Sequence[str]) -> list[int]:
        """Positions of texts by key; -1 for texts that are not in the pool."""
        if not len(self) or not keys:
            return [-1] * len(keys)
        wanted = key_numbers(keys)
        rank = np.searchsorted(self._sorted_keys, wanted[:, 0])
        places = self._by_key[np.minimum(rank, len(self) - 1)]
        same = (self._numbers[places] == wanted).all(axis=1)
        return [int(place) for place in np.where(same, places, -1)]

    def prepare(self, positions: Iterable[int]) -> None:
        """Gives these texts features now, where they have none."""
        new = [p for p in dict.fromkeys(positions) if self.slots[p] < 0]
        if new:
            contents = self._pool.contents(new)
            rows, scales = self._encoded([self.key(p) for p in new], contents)
            self._add(new, contents, rows, scales)

    def restore(self, positions: Iterable[int]) -> None:
        """Gives features to those of these texts that the cache holds, where they have none."""
        new = [p for p in positions if self.slots[p] < 0]
        found, rows, scales = self._cache.get_many([self.key(p) for p in new])
        if found.any():
            known = [position for position, is_known in zip(new, found, strict=True) if is_known]
            self._add(known, self._pool.contents(known), rows[found], scales[found])

    def features_of(self, contents: Sequence[str]) -> TextFeatures:
        """The same features of other texts, by their place among them."""
        features = TextFeatures(len(contents), self._encoder.width)
        rows, scales = self._encoded([text_key(content) for content in contents], contents)
        features.add(rows, scales, self._hasher.rows(contents))
        return features

    def vectors_of(self, contents: Sequence[str]) -> NDArray[np.float32]:
        """float32[n, width] sentence vectors of other texts."""
        rows, scales = self._encoded([text_key(content) for content in contents], contents)
        return rows * scales[:, None]

    def progress(self) -> Progress:
        return Progress("texts", len(self.features), len(self))

    def steps(self) -> Iterator[Progress]:
        """Texts that terms point at, then what the cache holds, then all others by lot."""
        waiting: deque[int] = deque()
        for start in range(0, len(self), _SCANNED_AT_ONCE):
            positions = range(start, min(start + _SCANNED_AT_ONCE, len(self)))
            waiting.extend(self._terms.scan(positions, self._pool.contents(positions)))
            # Some texts by lot each time, or a first look would show nothing but those found.
            self._take(waiting)
            self._take(deque(self._by_lot[start : start + _ENCODED_AT_ONCE].tolist()))
            yield self.progress()
        while waiting:
            self._take(waiting)
            yield self.progress()
        for start in range(0, len(self), _RESTORED_AT_ONCE):
            self.restore(range(start, min(start + _RESTORED_AT_ONCE, len(self))))
            yield self.progress()
        rest = deque(self._by_lot[self.slots[self._by_lot] < 0].tolist())
        while rest:
            self._take(rest)
            yield self.progress()

    def _take(self, waiting: deque[int]) -> None:
        """Prepares the first that wait."""
        while waiting:
            batch = [waiting.popleft() for _ in range(min(_ENCODED_AT_ONCE, len(waiting)))]
            new = [position for position in batch if self.slots[position] < 0]
            if new:
                self.prepare(new)
                return

    def _add(
        self,
        positions: list[int],
        contents: Sequence[str],
        rows: NDArray[np.int8],
        scales: NDArray[np.float32],
    ) -> None:
        ngrams = self._hasher.rows(contents[: self.features.room_for_ngrams])
        slots = self.features.add(rows, scales, ngrams)
        self.slots[positions] = slots
        self._positions[slots.start : slots.stop] = positions

    def _encoded(
        self, keys: Sequence[str], contents: Sequence[str]
    ) -> tuple[NDArray[np.int8], NDArray[np.float32]]:
        found, rows, scales = self._cache.get_many(keys)
        missing = np.flatnonzero(~found).tolist()
        if missing:
            vectors = self._encoder.sentences([contents[i] for i in missing])
            rows[missing], scales[missing] = quantise(vectors)
            self._cache.put_many([keys[i] for i in missing], rows[missing], scales[missing])
        return rows, scales
