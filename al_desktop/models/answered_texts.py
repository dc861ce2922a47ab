"""What was answered, by text, and which of these texts can be learned from already.

Where thousands of answers come at once and their texts have no features yet (a copied project, a
merge, a lost cache), some are prepared at once and the others little by little.
"""

from collections import deque
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain, zip_longest

from al_desktop.core.gold import Gold
from al_desktop.core.questions import Answer, Question
from al_desktop.models.text_pool import PoolFeatures

Answers = dict[int, Answer]
"""By position of the text, the latest last."""

RESTORED_FIRST = 500
"""Texts of new answers that are looked for in the cache at once ..."""
ENCODED_FIRST = 128
"""... and encoded where the cache has fewer of them: a second or so in all."""
_RESTORED_AT_ONCE = 400
_ENCODED_AT_ONCE = 16


class AnsweredTexts:
    """Texts are known by position. Those of a few new answers are prepared at once."""

    def __init__(self, texts: PoolFeatures, labels: Iterable[str]) -> None:
        self._texts = texts
        self._by_label: dict[str, Answers] = {label: {} for label in labels}
        self._answered = 0
        self._to_restore: deque[int] = deque()
        self._to_encode: deque[int] = deque()
        self._fit_again_at = 0

    def take(self, by_label: Mapping[str, Answers]) -> None:
        """Replaces all answers, and prepares the texts of new ones as far as that is done in a
        moment, the latest accepts and rejects of each label first."""
        waited = {*self._to_restore, *self._to_encode}
        self._by_label.update(by_label)
        useful = list(dict.fromkeys(_most_useful_first(list(by_label.values()))))
        self._answered = len(useful)
        new = [p for p in self._without_features(useful) if p not in waited][:RESTORED_FIRST]
        self._texts.restore(new)
        restored = len(new) - len(self._without_features(new))
        if restored < ENCODED_FIRST:
            self._texts.prepare(self._without_features(new)[: ENCODED_FIRST - restored])
        self._to_restore = deque(self._without_features(useful))
        self._to_encode.clear()
        self._fit_again_at = 2 * self._prepared

    @property
    def is_waiting(self) -> bool:
        """Whether there are answers that can't be learned from yet."""
        return bool(self._to_restore or self._to_encode)

    def prepare_some(self) -> bool:
        """Prepares a few of the texts that wait, about 100 ms of work. Whether it is time to
        learn again: when twice as many are prepared as the last time, and when all are."""
        if self._to_restore:
            taken = _first(self._to_restore, _RESTORED_AT_ONCE)
            self._texts.restore(taken)
            self._to_encode.extend(self._without_features(taken))
        else:
            self._texts.prepare(_first(self._to_encode, _ENCODED_AT_ONCE))
        if self.is_waiting and self._prepared < self._fit_again_at:
            return False
        self._fit_again_at = 2 * self._prepared
        return True

    def by_slot(self, label: str) -> dict[int, Answer]:
        """The answers that can be learned from by now, in their order."""
        answers = self._by_label[label]
        slots = self._texts.slots[list(answers)].tolist()
        return {s: answer for s, answer in zip(slots, answers.values(), strict=True) if s >= 0}

    def accepted_elsewhere(self, label: str, most: int) -> list[int]:
        """Slots of up to `most` texts that have another label and no answer to this one: the
        latest of each other label, the one before, and so on."""
        own = self._by_label[label]
        others = [
            [p for p, answer in reversed(answers.items()) if answer is Answer.ACCEPT]
            for other, answers in self._by_label.items()
            if other != label
        ]
        in_turn = dict.fromkeys(chain.from_iterable(zip_longest(*others)))
        new = [p for p in in_turn if p is not None and p not in own]
        slots: list[int] = self._texts.slots[new].tolist()
        return [slot for slot in slots if slot >= 0][:most]

    def count(self, label: str) -> int:
        """Answers about a label, learned from or not."""
        return len(self._by_label[label])

    def closed(self, label: str, exclusive: bool) -> list[int]:
        """The texts not to ask about: those answered, and where labels exclude each other those
        that have another label."""
        closed = dict.fromkeys(self._by_label[label])
        if exclusive:
            for answers in self._by_label.values():
                has_it = (p for p, answer in answers.items() if answer is Answer.ACCEPT)
                closed.update(dict.fromkeys(has_it))
        return list(closed)

    @property
    def _prepared(self) -> int:
        return self._answered - len(self._to_restore) - len(self._to_encode)

    def _without_features(self, positions: Sequence[int]) -> list[int]:
        return [position for position in positions if self._texts.slots[position] < 0]


def told(gold: Sequence[tuple[str, Gold]]) -> Iterator[tuple[Question, Answer]]:
    """What gold answers, label by label."""
    for key, found in gold:
        for label in found.labels:
            question = Question(key, label)
            answer = found.answer(question)
            if answer is not None:
                yield question, answer


def _most_useful_first(by_label: Sequence[Answers]) -> Iterable[int]:
    """The latest accept of each label, the latest reject of each, and so on; at last what was
    ignored. A text with answers to several labels comes several times."""
    decided = [
        [p for p, answer in reversed(answers.items()) if answer is wanted]
        for wanted in (Answer.ACCEPT, Answer.REJECT)
        for answers in by_label
    ]
    in_turn = chain.from_iterable(zip_longest(*decided))
    return chain((p for p in in_turn if p is not None), *by_label)


def _first(waiting: deque[int], count: int) -> list[int]:
    return [waiting.popleft() for _ in range(min(count, len(waiting)))]
