"""How good the open project's model is, as far as is known, and the texts to mark to know more."""

from collections.abc import Collection
from typing import TYPE_CHECKING

from PySide6.QtCore import QObject, Signal

from al_desktop.core.quality import QUALITY, Estimate, estimate_to_json
from al_desktop.core.questions import Asked, Selection, Text
from al_desktop.gui.language import words
from al_desktop.learner.messages import Estimated, LabelQuality

if TYPE_CHECKING:
    from al_desktop.gui.work.workbench import Workbench

CHECK_EVERY = 5


class Judging(QObject):
    """changed     the Estimate of the model's quality over all labels, or None

    labels      what is known of each label
    estimates   over all labels, each with the number of answers then; the latest last
    evaluation  how many texts there are of an evaluation set
    to_mark     how many reserved texts are to be marked next, one after the other
    """

    changed = Signal(object)

    def __init__(self, bench: "Workbench") -> None:
        super().__init__(bench)
        self._bench = bench
        self.labels: tuple[LabelQuality, ...] = ()
        self.estimates: list[tuple[int, Estimate]] = []
        self.evaluation = 0
        self.to_mark = 0
        self._reserved: tuple[Asked, ...] = ()
        self._kept_on = 0

    def take(self, found: Estimated) -> None:
        """Takes in how good the model is now."""
        self._reserved = found.to_highlight
        self.evaluation = found.evaluation
        self.labels = found.labels
        answers = sum(each.estimate.answers for each in found.labels)
        if answers != self._kept_on:
            self._kept_on = answers
            self._keep()
        if found.overall is not None:
            self.estimates.append((self._bench.project.statistics().answers, found.overall))
        self.changed.emit(found.overall)

    def advice(self) -> list[str]:
        """Sentences on going on, for each label that there is something to say of."""
        bench = self._bench
        several = len(bench.project.file.configuration.labels) > 1
        return [
            words.advice(each, bench.label_name(each.label) if several else "")
            for each in self.labels
            if each.advice
        ]

    def curve(self, label: str) -> tuple[float, float] | None:
        """What corrects the scores of a label, once there are random checks enough."""
        return next((each.curve for each in self.labels if each.label == label), None)

    def text_to_check(self, passed_over: Collection[str]) -> tuple[Text, Selection] | None:
        """One text in CHECK_EVERY to highlight is a reserved one, and all while there are some
        `to_mark`: what the model doesn't even propose is found in no other way. None when none is
        due."""
        log = self._bench.project.log
        due = sum(1 for _ in log.highlighted()) % CHECK_EVERY == CHECK_EVERY - 1
        if not due and not self.to_mark:
            return None
        for asked in self._reserved:
            key = asked.question.text_key
            if key not in passed_over and log.highlight(key) is None:
                return self._bench.text(key), asked.selection
        return None

    def text_marked(self, selection: Selection | None) -> None:
        """Takes in that a text was marked in full, and how it was drawn."""
        if selection is not None and selection.audit:
            self.to_mark = max(0, self.to_mark - 1)

    def _keep(self) -> None:
        """For `stats`, which has no model to ask."""
        record = {
            self._bench.label_name(each.label): estimate_to_json(each.estimate, each.complete)
            for each in self.labels
        }
        self._bench.project.file.set_state(QUALITY, record)
