"""The model in the loop as plain files, with a short program that reads them."""

import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from al_desktop.models.encoder import weights_file
from al_desktop.models.ngrams import MOST_NGRAMS
from al_desktop.models.text_features import Floats, Weights


@dataclass(frozen=True, slots=True)
class OpenModel:
    """Linear models of labels by name; a text has a label from log-odds `cuts` on.

    idf   float32[BUCKETS], what each n-gram weighs
    """

    labels: Sequence[str]
    weights: Sequence[Weights]
    cuts: Sequence[float]
    idf: Floats


def save_open_model(model: OpenModel, folder: Path, vocabulary: Path, program: Path) -> None:
    """Fills a new folder with the arrays, the encoder and the program (classify.py)."""
    folder.mkdir()
    np.savez_compressed(
        folder / "weights.npz",
        labels=np.array(model.labels, dtype=np.str_),
        dense=np.stack([weights.dense for weights in model.weights]),
        sparse=np.stack([weights.sparse for weights in model.weights]),
        bias=np.array(
            [weights.bias - cut for weights, cut in zip(model.weights, model.cuts, strict=True)]
        ),
        idf=model.idf,
        most=np.array(MOST_NGRAMS),
    )
    shutil.copyfile(weights_file(), folder / "model.onnx")
    shutil.copyfile(vocabulary, folder / "vocab.txt")
    shutil.copyfile(program, folder / "classify.py")
