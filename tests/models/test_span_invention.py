import numpy as np
import spacy

from al_desktop.models.span_invention import MOST_TOKENS, invent
from al_desktop.models.span_training import LabelledText

NLP = spacy.blank("en")
FOODS, PLACES = (
    [first + vowel + end for vowel in "aeiou" for end in ("rket", "lmon", "ntle", "spar", "ckle")]
    for first in "fp"
)
TEXTS = [
    LabelledText(
        f"We had {food} today. {food.upper()} WAS IT? She lives in {place.title()}", (), ()
    )
    for food, place in zip(FOODS, PLACES, strict=True)
]
MARKED = [LabelledText(each.content, ((7, 12, "FOOD"),), ()) for each in TEXTS]


def made(seed: int, texts: list[LabelledText]) -> list[str]:
    vectors = np.repeat(np.eye(2, dtype=np.float32), len(FOODS), axis=0)
    docs = [NLP.make_doc(text.content) for text in texts]
    return invent(texts, docs, [*FOODS, *PLACES], vectors, np.random.default_rng(seed))


def test_sentences_differ_from_those_of_the_texts_and_from_each_other() -> None:
    found = made(0, MARKED)
    assert len(found) == len(set(found)) > 20
    assert not [each for each in found if any(each in text.content for text in TEXTS)]
    assert sum(len(NLP.make_doc(each)) for each in found) < MOST_TOKENS
    assert found == made(0, MARKED) != made(1, MARKED)


def test_words_are_exchanged_for_like_ones_and_keep_their_case() -> None:
    for each in made(0, TEXTS):
        words = each.split()
        if words[0] == "We":
            assert words[2][0] == "f" and words[2].islower()
        elif words[0] == "She":
            assert words[3][0] == "P" and words[3].istitle()
        else:
            assert words[0][0] == "F" and words[0].isupper()


def test_sentences_with_spans_are_used_most_and_exchanged_most() -> None:
    food = [each for each in made(0, MARKED) if each.startswith("We had")]
    other = [each for each in made(0, MARKED) if not each.startswith("We had")]
    assert len(food) > 5 * len(other)


def test_texts_without_words_that_are_like_others_give_none() -> None:
    assert made(0, [LabelledText("17 - 4 = 13", (), ())]) == []
    assert made(0, [LabelledText("", (), ())]) == []
