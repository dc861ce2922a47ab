"""Labels texts with a model saved by AL Desktop. Needs numpy, onnxruntime and tokenizers.

Lines of text on the standard input give lines of JSON: {"LABEL": probability, ...}. A text has a
label from 0.5 on.
"""

import json
import re
import sys
import unicodedata
from collections import Counter
from itertools import pairwise
from pathlib import Path

import numpy as np
import onnxruntime
from tokenizers import BertWordPieceTokenizer

FOLDER = Path(__file__).resolve().parent
MODEL = dict(np.load(FOLDER / "weights.npz"))
ENCODER = onnxruntime.InferenceSession(FOLDER / "model.onnx", providers=["CPUExecutionProvider"])
TOKENIZER = BertWordPieceTokenizer(str(FOLDER / "vocab.txt"), lowercase=True)
LOW_64_BITS = 2**64 - 1


def sentence_vector(text):
    """Mean of the last layer, over at most four windows of 254 word pieces that overlap by 32."""
    ids = TOKENIZER.encode(text, add_special_tokens=False).ids
    starts = [0]
    while starts[-1] + 254 < len(ids):
        starts.append(starts[-1] + 222)
    total = np.zeros(384)
    for i in np.linspace(0, len(starts) - 1, min(4, len(starts))).round().astype(int):
        window = ids[starts[i] : starts[i] + 254]
        row = np.array([[101, *window, 102]])
        inputs = {"input_ids": row, "attention_mask": row * 0 + 1, "token_type_ids": row * 0}
        vector = ENCODER.run(["last_hidden_state"], inputs)[0][0].mean(axis=0)
        total += vector / np.linalg.norm(vector) * max(len(window), 1)
    return total / np.linalg.norm(total)


def mix(value):
    product = value * 0x9E3779B97F4A7C15 & LOW_64_BITS
    return product ^ product >> 29


def ngrams(text):
    """Hashes of pieces of words of 3 to 5 characters, of words, and of pairs of words."""
    text = re.sub(r"\d", "0", unicodedata.normalize("NFKC", text).lower())
    points = [ord(character) for character in f" {' '.join(text.split())} "]
    for length in (3, 4, 5):
        for start in range(len(points) - length + 1):
            piece = points[start : start + length]
            if 32 not in piece[1:-1]:
                value = piece[0]
                for point in piece[1:]:
                    value = mix(value) + point
                yield mix(value + length)
    words = re.findall(r"\w+|[^\w\s]", text)
    single = [mix(sum(mix(ord(c) + mix(i + 1)) for i, c in enumerate(word))) for word in words]
    yield from single
    yield from (mix(mix(one) + two) for one, two in pairwise(single))
    yield 1


def classify(text):
    """Probability of each label."""
    idf = MODEL["idf"]
    counts = Counter(value % len(idf) for value in ngrams(text))
    weighed = {bucket: (1 + np.log(count)) * idf[bucket] for bucket, count in counts.items()}
    kept = sorted(weighed, key=lambda bucket: (-weighed[bucket], bucket))[: MODEL["most"]]
    values = np.array([weighed[bucket] for bucket in kept])
    values /= np.linalg.norm(values)
    odds = (
        MODEL["dense"] @ sentence_vector(text) + MODEL["sparse"][:, kept] @ values + MODEL["bias"]
    )
    return dict(zip(MODEL["labels"].tolist(), (1 / (1 + np.exp(-odds))).tolist(), strict=True))


if __name__ == "__main__":
    for line in sys.stdin:
        sys.stdout.write(json.dumps(classify(line.rstrip("\n")), ensure_ascii=False) + "\n")
