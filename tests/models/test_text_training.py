import numpy as np
import spacy

from al_desktop.models.logistic import log_odds
from al_desktop.models.text_training import distil, probabilities
from al_desktop.models.word_vectors import WordVectors

CONTENTS = [
    f"{start} {word} {end}"
    for start in ("where is my", "I want a", "no", "a good")
    for word in ("refund", "payment", "cheque", "cake", "song", "dog")
    for end in ("now", "please", "", "for Anna")
]
MONEY = ("refund", "payment", "cheque")


def vectors(words):
    found = np.zeros((len(words), 3), np.float32)
    for row, word in enumerate(words):
        found[row, 0 if word in (*MONEY, "money") else 1 + len(word) % 2] = 1
    return found


def distilled():
    money = np.array([any(word in content for word in MONEY) for content in CONTENTS])
    anna = np.array(["Anna" in content for content in CONTENTS])
    targets = np.where(np.stack([money, anna], axis=1), 3.0, -3.0).astype(np.float32)
    steps = distil("en", ["MONEY", "ANNA"], CONTENTS, targets, WordVectors(vectors))
    while True:
        try:
            next(steps)
        except StopIteration as stop:
            return stop.value, targets


def test_the_pipeline_says_what_was_fitted_and_says_it_again_from_disk(tmp_path):
    made, targets = distilled()
    assert (made.accepted == (targets > 0)).all()
    found = probabilities(made.nlp, ["MONEY", "ANNA"], CONTENTS)
    assert ((found > 0.5) == (targets > 0)).all()
    made.nlp.to_disk(tmp_path / "model")
    again = probabilities(spacy.load(tmp_path / "model"), ["MONEY", "ANNA"], CONTENTS)
    assert np.allclose(found, again, atol=1e-6)


def test_case_does_not_matter_and_more_of_it_says_more():
    made, _ = distilled()
    one, same, none = log_odds(
        probabilities(made.nlp, ["MONEY"], ["my refund", "My REFUND", "my dog"])[:, 0]
    )
    assert one == same > none
