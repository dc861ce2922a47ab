"""Makes resources/encoder/token_scale.npy: mean and standard deviation of each dimension of
layer-3 token vectors, over the tokens of the sample project's texts.

    python resources/make_token_scale.py
"""

import json
from pathlib import Path

import numpy as np

from al_desktop.models.encoder import Encoder
from al_desktop.models.pipelines import blank_pipeline
from al_desktop.models.span_candidates import token_places
from al_desktop.models.span_features import token_vectors

RESOURCES = Path(__file__).parent


def main() -> None:
    encoder = Encoder.load(RESOURCES / "encoder" / "vocab.txt")
    nlp = blank_pipeline("en")
    lines = (RESOURCES / "sample" / "texts.jsonl").read_text(encoding="utf-8").splitlines()
    contents = [json.loads(line)["text"] for line in lines][::3]
    vectors = [
        token_vectors(text.pieces, text.offsets, token_places(nlp.make_doc(content)))
        for content, text in zip(contents, encoder.encode(contents), strict=True)
    ]
    tokens = np.concatenate(vectors)
    scale = np.stack([tokens.mean(axis=0), tokens.std(axis=0)]).astype(np.float32)
    np.save(RESOURCES / "encoder" / "token_scale.npy", scale)


if __name__ == "__main__":
    main()
