import pytest

from al_desktop.gui.widgets.theme import (
    CONTRAST,
    DARK,
    LABEL_COLOURS,
    LIGHT,
    Colours,
    contrast,
    label_colours,
)

READABLE = 4.5  # WCAG 2.2, level AA


@pytest.mark.parametrize("colours", [LIGHT, DARK, CONTRAST])
def test_all_text_can_be_read(colours: Colours) -> None:
    for front, ground in colours.readable_pairs():
        assert contrast(front, ground) >= READABLE, (front, ground)


@pytest.mark.parametrize("is_dark", [False, True])
@pytest.mark.parametrize("colour", [*LABEL_COLOURS, "#ffff00", "#0000ff", "#000000", "#ffffff"])
def test_a_label_of_any_colour_can_be_read(colour: str, is_dark: bool) -> None:
    ground, front = label_colours(colour, 0, is_dark)
    assert contrast(front, ground) >= READABLE
