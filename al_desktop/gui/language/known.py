"""Sentences from below, where no language is known but English, in the window's language."""

import re
from collections.abc import Sequence
from functools import cache

from al_desktop.formats import BadLine
from al_desktop.gui.language.sentences import PHRASES, REASONS, SENTENCES
from al_desktop.gui.language.words import translate

PLACE = re.compile(r"\{(\d)\}")


def translated(sentence: str) -> str:
    """The sentence in the window's language, with its own values; as it is where it isn't known."""
    for template, pattern in _patterns() if sentence else ():
        found = pattern.fullmatch(sentence)
        if found:
            return filled(translate("known", template), [_value(each) for each in found.groups()])
    return sentence


def left_out(line: BadLine) -> str:
    """Number of a line that was left out, and why."""
    return f"{line.line}: {translated(line.reason)}"


def filled(template: str, values: Sequence[str]) -> str:
    """The template with these values in its places; it may hold other braces."""
    return PLACE.sub(lambda place: values[int(place[1])], template)


def _value(value: str) -> str:
    return translate("known", value) if value in PHRASES else value


@cache
def _patterns() -> tuple[tuple[str, re.Pattern[str]], ...]:
    """The most telling first: the one with the most words of its own."""
    return tuple(
        (template, re.compile(re.sub(r"\\\{\d\\\}", "(.+?)", re.escape(template)), re.DOTALL))
        for template in sorted((*SENTENCES, *REASONS), key=len, reverse=True)
    )
