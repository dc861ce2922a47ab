from pathlib import Path

import numpy as np
import onnxruntime
import pytest

from al_desktop.core.errors import KnownError
from al_desktop.models.encoder import WIDTH, WINDOW, Encoder, PieceEncoder, weights_file
from al_desktop.models.onnx_graph import cut_after

VOCABULARY = Path(__file__).parents[2] / "resources/encoder/vocab.txt"


@pytest.fixture(scope="module")
def encoder():
    return Encoder.load(VOCABULARY)


@pytest.fixture(scope="module")
def piece_encoder():
    return PieceEncoder.load(VOCABULARY)


def test_similar_sentences_have_similar_vectors(encoder):
    refund, money, weather = encoder.sentences(
        ["I want my money back", "please give me a refund", "it rained all day in Oslo"]
    )
    assert refund @ money > 0.5 > refund @ weather
    assert np.allclose(np.linalg.norm([refund, money, weather], axis=1), 1, atol=1e-5)


def test_offsets_are_code_points_of_the_pieces(piece_encoder):
    text = "Zoë 🙂 ate at Café\u0301 Ünïted in \U0001d538thens"
    (encoded,) = piece_encoder.encode([text])
    words = [text[start:end] for start, end in encoded.offsets]
    assert words[:2] == ["Zoë", "🙂"]
    assert "ate" in words
    assert encoded.offsets.min() == 0
    assert encoded.offsets.max() <= len(text)
    assert encoded.pieces.shape == (len(words), WIDTH)


@pytest.mark.parametrize("text", ["", " \n", "\ud800 broken", "x" * 5000])
def test_any_text_has_a_vector(encoder, piece_encoder, text):
    (encoded,) = piece_encoder.encode([text])
    assert np.isfinite(encoder.sentences([text])).all()
    assert len(encoded.pieces) == len(encoded.offsets)


def test_every_piece_of_a_long_text_has_its_vector(piece_encoder):
    words = ("The treaty of Lisbon was signed in Portugal by all members. " * 80).strip()
    (encoded,) = piece_encoder.encode([words])
    count = len(encoded.offsets)
    assert count > 2 * WINDOW
    assert (np.linalg.norm(encoded.pieces, axis=1) > 0.1).all()
    # The same word in the middle of the same context, whatever window it is read in.
    period = 12
    middle = encoded.pieces[100], encoded.pieces[100 + period * 30]
    cosine = middle[0] @ middle[1] / np.prod(np.linalg.norm(middle, axis=1))
    assert cosine > 0.7


def test_the_order_of_texts_is_kept(encoder):
    texts = ["a much longer sentence about the price of tea in China", "tea", "the price of tea"]
    together = encoder.sentences(texts)
    alone = np.concatenate([encoder.sentences([text]) for text in texts])
    assert (np.sum(together * alone, axis=1) > 0.99).all()


def test_the_model_cut_after_a_layer_gives_that_layer_to_the_bit():
    model = weights_file().read_bytes()
    # Protobuf messages merge when concatenated: a second output for the whole graph.
    whole = onnxruntime.InferenceSession(
        model + b":\x16b\x14\n\x0clayer_norm_6\x12\x04\n\x02\x08\x01",
        providers=["CPUExecutionProvider"],
    )
    cut = onnxruntime.InferenceSession(
        cut_after(model, "layer_norm_6"), providers=["CPUExecutionProvider"]
    )
    assert [output.name for output in cut.get_outputs()] == ["layer_norm_6"]
    ids = np.array([[101, 2023, 5036, 2003, 102]], np.int64)
    given = {
        "input_ids": ids,
        "attention_mask": np.ones_like(ids),
        "token_type_ids": np.zeros_like(ids),
    }
    (layer,) = cut.run(None, given)
    assert np.array_equal(layer, whole.run(["layer_norm_6"], given)[0])
    with pytest.raises(ValueError, match="no node"):
        cut_after(model, "layer_norm_99")


def test_a_changed_vocabulary_is_refused(tmp_path):
    changed = tmp_path / "vocab.txt"
    changed.write_bytes(VOCABULARY.read_bytes() + b"extra\n")
    with pytest.raises(KnownError, match="install AL Desktop again"):
        Encoder.load(changed)
    with pytest.raises(KnownError, match="can't be read"):
        Encoder.load(tmp_path / "nowhere.txt")
