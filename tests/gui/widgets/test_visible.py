from hypothesis import example, given
from hypothesis import strategies as st

from al_desktop.gui.widgets.excerpt import excerpt
from al_desktop.gui.widgets.visible import shown

ANY_TEXT = st.text(st.characters(blacklist_categories=[]))


def utf16_length(text: str) -> int:
    return len(text.encode("utf-16-le", "surrogatepass")) // 2


def test_bidi_overrides_get_a_name() -> None:
    made = shown("pay \u202eevil\u202c")
    assert made.text == "pay ‹RLO›evil‹PDF›"
    assert made.marks == ((4, 9), (13, 18))


def test_controls_and_hidden_tags_get_a_code() -> None:
    assert shown("a\x07b\U000e0041c").text == "a‹07›b‹E0041›c"


def test_emoji_sequences_and_joiners_stay_whole() -> None:
    for text in ("👩‍👩‍👧‍👦", "🇩🇪", "🏴󠁧󠁢󠁥󠁮󠁧󠁿", "می‌خواهم", "e\u0301"):
        assert shown(text).text == text


def test_all_kinds_of_line_ends_are_lines() -> None:
    assert shown("a\r\nb\rc\u2028d\u0085e\tf").text == "a\nb\nc\nd\ne\tf"


@given(ANY_TEXT)
@example("\r\n")
def test_positions_map_there_and_back(text: str) -> None:
    made = shown(text)
    ends = [made.to_display(position) for position in range(len(text) + 1)]
    assert ends == sorted(ends)
    assert ends[-1] == utf16_length(made.text)
    for position, unit in enumerate(ends):
        # "\r\n" is one line end, so the position within it is drawn as the one behind it.
        within = text[max(position - 1, 0) : position + 1] == "\r\n"
        assert made.to_source(unit) == position + within


@given(ANY_TEXT)
def test_nothing_invisible_is_left(text: str) -> None:
    drawn = shown(text).text
    assert not any(0x202A <= ord(each) <= 0x202E for each in drawn)
    assert not any(0xD800 <= ord(each) <= 0xDFFF for each in drawn)


@given(st.text("ab \n", max_size=400), st.data(), st.integers(0, 50))
def test_the_excerpt_holds_what_is_asked_about(text: str, data: st.DataObject, reach: int) -> None:
    start = data.draw(st.integers(0, len(text)))
    end = data.draw(st.integers(start, len(text)))
    first, last = excerpt(text, start, end, reach)
    assert 0 <= first <= start <= end <= last <= len(text)
    assert start - first <= reach
    assert last - end <= reach
