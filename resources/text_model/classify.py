"""Labels texts with a model saved by AL Desktop. Needs numpy, onnxruntime and tokenizers.

Lines of text on the standard input give lines of JSON: {"LABEL": probability, ...}. A text has a
label from 0.5 on.
"""

import json
import re
import sys
import unicodedata
from collections import Counter
from functools import reduce
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import BertWordPieceTokenizer

FOLDER = Path(__file__).resolve().parent
MODEL = dict(np.load(FOLDER / "weights.npz"))
ENCODER = onnxruntime.InferenceSession(FOLDER / "model.onnx", providers=["CPUExecutionProvider"])
TOKENIZER = BertWordPieceTokenizer(str(FOLDER / "vocab.txt"), lowercase=True)
TOKENIZER.enable_truncation(256, stride=32)


def sentence_vector(text):
    """Mean of the last layer, over at most four windows of the text."""
    first = TOKENIZER.encode(text)
    windows = [first, *first.overflowing]
    total = np.zeros(384)
    for i in np.linspace(0, len(windows) - 1, min(4, len(windows))).round().astype(int):
        row = np.array([windows[i].ids])
        inputs = {"input_ids": row, "attention_mask": row * 0 + 1, "token_type_ids": row * 0}
        vector = ENCODER.run(["last_hidden_state"], inputs)[0][0].mean(axis=0)
        total += vector / np.linalg.norm(vector) * max(row.size - 2, 1)
    return total / np.linalg.norm(total)


def mix(value):
    product = value * 0x9E3779B97F4A7C15 % 2**64
    return product ^ product >> 29


def ngrams(text):
    """Hashes of pieces of words of 3 to 5 characters, of words, and of pairs of words."""
    text = re.sub(r"\d", "0", unicodedata.normalize("NFKC", text).lower())
    spaced = [ord(character) for character in f" {' '.join(text.split())} "]
    for length in (3, 4, 5):
        for start in range(len(spaced) - length + 1):
            piece = spaced[start : start + length]
            if 32 not in piece[1:-1]:
                yield mix(reduce(lambda value, point: mix(value) + point, piece) + length)
    words = re.findall(r"\w+|[^\w\s]", text)
    hashes = [mix(sum(mix(ord(c) + mix(i + 1)) for i, c in enumerate(word))) for word in words]
    yield from [*hashes, *(mix(mix(one) + two) for one, two in pairwise(hashes)), 1]


def classify(text):
    """Probability of each label."""
    idf, counts = MODEL["idf"], Counter(value % len(MODEL["idf"]) for value in ngrams(text))
    weights = {bucket: (1 + np.log(count)) * idf[bucket] for bucket, count in counts.items()}
    kept = sorted(weights, key=lambda bucket: (-weights[bucket], bucket))[: MODEL["most"]]
    values = np.array([weights[bucket] for bucket in kept])
    odds = MODEL["sparse"][:, kept] @ values / np.linalg.norm(values)
    odds += MODEL["dense"] @ sentence_vector(text) + MODEL["bias"]
    return dict(zip(MODEL["labels"].tolist(), (1 / (1 + np.exp(-odds))).tolist(), strict=True))


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(classify(line.rstrip("\n")), ensure_ascii=False) + "\n")
