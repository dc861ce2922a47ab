"""Which text is highlighted next: drawn by lot from those that are not highlighted yet."""

import math
from collections.abc import Collection

from al_desktop.core.configuration import Configuration
from al_desktop.core.events import AnswerLog
from al_desktop.core.questions import Selection, Text
from al_desktop.storage import ProjectFile
from al_desktop.storage.browse import text_id_range, text_keys, texts_by_id

_TRIES = 40
_FEWEST_TEXTS = 100
_SPARE_DEVIATIONS = 5.0


class TextDraw:
    """Draws texts without order: each that is left is as likely as any other.

    Texts that are reserved to check the model with are passed over: nothing would be learned from
    them.
    """

    def __init__(self, file: ProjectFile, log: AnswerLog) -> None:
        self._file = file
        self._log = log

    def draw(self, passed_over: Collection[str] = ()) -> tuple[Text, Selection] | None:
        """A text whose gold doesn't cover all labels, with its probability of being the one
        drawn; None when there is none. `passed_over` are keys of texts not to draw.

        The same history gives the same text.
        """
        # Not at the window's start, of which numpy would take a tenth of a second.
        import numpy as np

        from al_desktop.core.sampling import RANDOM

        drawn = sum(1 for _ in self._log.highlighted())
        seed = [self._file.configuration.seed, drawn, len(passed_over)]
        random = np.random.default_rng(seed)
        first, last = text_id_range(self._file)
        tries = random.integers(first, last + 1, _TRIES).tolist() if last else []
        found = texts_by_id(self._file, tries)
        texts = self._file.text_count()
        evaluation = self._log.evaluation_texts()
        # An evaluation set takes the place of the texts that are reserved by lot.
        bound = 0.0 if evaluation else _reserved_below(self._file.configuration, texts)
        passed_over = {*passed_over, *evaluation}
        for number in tries:
            text = found.get(number)
            if text is not None and self._is_open(text.key, bound, passed_over):
                left = round(texts * (1.0 - bound)) - drawn - len(passed_over)
                return text, Selection(RANDOM, 1.0 / max(1, left))
        open_ = [key for key in text_keys(self._file) if self._is_open(key, bound, passed_over)]
        if not open_:
            return None
        key = open_[int(random.integers(len(open_)))]
        return self._file.text(key), Selection(RANDOM, 1.0 / len(open_))

    def _is_open(self, key: str, bound: float, passed_over: Collection[str]) -> bool:
        from al_desktop.core.reserve import reserved

        if key in passed_over or reserved([key], bound, 1).any():
            return False
        event = self._log.highlight(key)
        labels = {label.key for label in self._file.configuration.labels}
        return event is None or event.gold is None or not labels <= set(event.gold.labels)


def _reserved_below(configuration: Configuration, texts: int) -> float:
    """The rank below which every reserved text is, and hardly any other."""
    if texts < _FEWEST_TEXTS:
        return 0.0
    most = configuration.reserved_most
    return min(configuration.reserved_share, (most + _SPARE_DEVIATIONS * math.sqrt(most)) / texts)
