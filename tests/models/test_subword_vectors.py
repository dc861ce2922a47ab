import numpy as np
import spacy
from spacy.tokens import Doc

from al_desktop.core.progress import Progress
from al_desktop.models.subword_vectors import DIMENSIONS, fit_vectors, looked_up, main_directions


def alike(left: "np.typing.NDArray[np.float32]", right: "np.typing.NDArray[np.float32]") -> float:
    return float(left @ right / np.linalg.norm(left) / np.linalg.norm(right))


def test_words_get_their_vectors_and_unknown_ones_those_of_their_pieces() -> None:
    random = np.random.default_rng(0)
    stems = [f"{a}{b}" for a in ("marz", "polt", "kend", "grub") for b in ("ina", "oko", "uth")]
    words = [stem + end for stem in stems for end in ("", "s", "ing", "er")]
    vectors = np.repeat(random.normal(size=(len(stems), 384)), 4, axis=0).astype(np.float32)
    nlp = spacy.blank("en")
    once = np.ones(len(words), np.float32)
    wanted = main_directions(vectors, once)
    steps = fit_vectors(nlp.vocab.strings, words, once, wanted)
    try:
        while True:
            assert isinstance(next(steps), Progress)
    except StopIteration as end:
        table = end.value
    nlp.vocab.vectors = table
    doc = Doc(nlp.vocab, ["Marzinaings", "marzina", "MARZINA", "gruboko"])
    unknown, known, loud, other = table.get_batch([token.lower for token in doc])
    assert known.shape == (DIMENSIONS,)
    np.testing.assert_array_equal(known, loud)
    assert alike(unknown, known) > 0.7 > 0.4 > alike(known, other)
    agreement = known @ wanted[words.index("marzina")]
    assert agreement > 0.9 * float(known @ known)
    plain = looked_up(table, [doc])
    np.testing.assert_array_equal(
        plain.get_batch([token.orth for token in doc]), [unknown, known, loud, other]
    )
