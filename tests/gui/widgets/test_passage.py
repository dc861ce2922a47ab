from collections.abc import Callable

import pytest
from PySide6.QtCore import QRectF
from pytestqt.qtbot import QtBot

from al_desktop.gui.widgets.passage import Passage
from al_desktop.gui.widgets.theme import LIGHT, Look, Theme

Show = Callable[[str, str], Passage]


@pytest.fixture
def show(qtbot: QtBot) -> Show:
    def make(text: str, span: str) -> Passage:
        passage = Passage(Look(Theme(LIGHT)))
        qtbot.addWidget(passage)
        passage.resize(700, 400)
        passage.show()
        start = text.index(span)
        passage.show_text(text, (start, start + len(span)), ("#ffdd88", "#000000"))
        return passage

    return make


def covered(passage: Passage) -> QRectF:
    whole = QRectF()
    for rect in passage.highlight_rects():
        whole = whole.united(rect)
    return whole


def test_html_is_shown_as_it_is(show: Show) -> None:
    text = "<b>bold</b> &amp; <img src='file:///etc/passwd'>"
    assert show(text, "&amp;").toPlainText() == text


def test_a_latin_name_in_arabic_text_is_one_rectangle(show: Show) -> None:
    passage = show("قال أن Microsoft Corp وقعت اتفاقا", "Microsoft Corp")
    assert len(passage.highlight_rects()) == 1


def test_a_span_across_directions_is_covered_on_both_sides(show: Show) -> None:
    wide = covered(show("قال أن Microsoft Corp وقعت اتفاقا", "Microsoft Corp وقعت")).width()
    assert wide > covered(show("قال أن Microsoft Corp وقعت اتفاقا", "Microsoft Corp")).width()


def test_a_span_over_several_lines_has_a_rectangle_on_each(show: Show) -> None:
    passage = show("word " * 60, ("word " * 40).strip())
    tops = {rect.top() for rect in passage.highlight_rects()}
    assert len(tops) > 1


def test_what_is_copied_is_the_source_and_not_the_tags(show: Show) -> None:
    passage = show("zero\u200bwidth 👩‍👩‍👧‍👦 and \u202emore", "and")
    passage.selectAll()
    assert passage.selected_source() == "zero\u200bwidth 👩‍👩‍👧‍👦 and \u202emore"


def test_the_span_of_a_long_text_is_on_screen_and_stays_there(show: Show, qtbot: QtBot) -> None:
    text = " ".join(f"sentence {number} goes on." for number in range(40_000))
    passage = show(text, "sentence 20000 goes")
    assert len(passage.toPlainText()) < 5_000, "only the passage is laid out at first"

    def on_screen() -> float:
        top = covered(passage).top() - passage.verticalScrollBar().value()
        assert 0 <= top <= passage.viewport().height()
        return top

    first = on_screen()
    qtbot.waitUntil(lambda: len(passage.toPlainText()) > 20_000)
    assert on_screen() == pytest.approx(first, abs=2)


def test_a_span_beyond_the_text_is_cut(show: Show) -> None:
    passage = show("short", "short")
    passage.show_text("short", (3, 900), ("#ffdd88", "#000000"))
    assert passage.copy_selection()
