"""Which language texts are likely in: by their script, and by their most frequent words."""

import re
import unicodedata
from collections import Counter
from collections.abc import Iterable

# Of scripts that mostly one language has; kana decides before the Chinese characters beside it.
_SCRIPTS = {
    "HIRAGANA": "ja",
    "KATAKANA": "ja",
    "HANGUL": "ko",
    "CJK": "zh",
    "THAI": "th",
    "ARABIC": "ar",
    "HEBREW": "he",
    "CYRILLIC": "ru",
    "GREEK": "el",
    "DEVANAGARI": "hi",
    "BENGALI": "bn",
    "TAMIL": "ta",
    "TELUGU": "te",
    "ARMENIAN": "hy",
}
_FREQUENT = {
    "en": "the and of to is in that it for was with you this are have not",
    "de": "der die und das ist nicht ein zu den mit sich auf für ich eine auch",
    "fr": "le la les et des est une que dans pour pas qui sur du au avec",
    "es": "el los las que del una por con para es no se su como más pero",
    "it": "il di che la per un non sono una con del della le si anche gli",
    "pt": "o que não uma os da do em para com por mais as dos foi ao",
    "nl": "de het een van en is dat niet op te zijn voor met die er aan",
    "pl": "i w nie na się z do to jest że jak po o co ale przez",
    "sv": "och att det som en på är av för inte den med har till jag ett",
    "tr": "ve bir bu da için de ile çok ne gibi daha olan ama var en mi",
}
_WORDS = {code: frozenset(words.split()) for code, words in _FREQUENT.items()}
_WORD = re.compile(r"[^\W\d_]+")
_LEAST_HITS = 4
_CHARACTERS = 4000


def likely_language(texts: Iterable[str]) -> str:
    """A code such as "en"; "" where it can't be told."""
    text = " ".join(texts)[:_CHARACTERS]
    scripts: Counter[str] = Counter()
    for character in text:
        if character.isalpha():
            scripts[unicodedata.name(character, "?").split()[0]] += 1
    letters = sum(scripts.values())
    kana = scripts["HIRAGANA"] + scripts["KATAKANA"]
    if kana > 0.1 * letters > 0:
        return "ja"
    for script, code in _SCRIPTS.items():
        if scripts[script] > 0.4 * letters:
            return code
    hits = Counter(
        code
        for word in _WORD.findall(text.lower())
        for code, words in _WORDS.items()
        if word in words
    )
    (first, count), (_, second) = (*hits.most_common(2), ("", 0), ("", 0))[:2]
    return first if count >= _LEAST_HITS and count > 1.3 * second else ""
