import spacy

from al_desktop.models.span_names import reliable_names
from al_desktop.models.span_training import LabelledText


def text(content: str, *names: str) -> LabelledText:
    places = [(content.index(name), content.index(name) + len(name)) for name in names]
    return LabelledText(content, tuple((s, e, "FOOD") for s, e in sorted(places)), ())


def test_names_found_nearly_everywhere_are_reliable() -> None:
    texts = [
        text("Some Brown Sugar, please.", "Brown Sugar"),
        text("brown sugar melts", "brown sugar"),
        text("Sugar melts.", "Sugar"),
        text("a date with dates", "dates"),
        text("What date is it? No dates!"),
        text("😀 salt", "salt"),
    ]
    # "sugar" within the longer name is no evidence against it; "dates" were missed once.
    assert reliable_names(spacy.blank("en"), texts) == [
        {"label": "FOOD", "pattern": "brown sugar"},
        {"label": "FOOD", "pattern": "salt"},
        {"label": "FOOD", "pattern": "sugar"},
    ]


def test_nothing_found_gives_no_names() -> None:
    assert reliable_names(spacy.blank("en"), [text("Nothing here.")]) == []
