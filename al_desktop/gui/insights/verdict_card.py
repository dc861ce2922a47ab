"""In a few sentences: how good the model is, whether to go on, and what to read again."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QFrame, QPushButton, QVBoxLayout

from al_desktop.core.quality import ENOUGH_ANSWERS, Estimate
from al_desktop.gui.insights.pictures import in_tens
from al_desktop.gui.insights.studying import Studying
from al_desktop.gui.language import words
from al_desktop.gui.widgets.layouts import buttons
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.work.workbench import Workbench


class VerdictCard(QFrame):
    """`commanded` is the name of a command."""

    commanded = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("card")
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 16, 14)
        column.setSpacing(6)
        self.headline = text_label("", "subtitle", wrap=True)
        self.sentence = text_label("", wrap=True)
        self.doubts = text_label("", wrap=True)
        for label in (self.headline, self.sentence, self.doubts):
            column.addWidget(label)
        self._check = QPushButton(self.tr("Ask random checks now"))
        self._check.clicked.connect(lambda: self.commanded.emit("model.check"))
        self._reread = QPushButton(self.tr("Read doubtful answers again"))
        self._reread.clicked.connect(lambda: self.commanded.emit("answers.reread"))
        column.addLayout(buttons(self._check, self._reread))

    def show_verdict(self, bench: Workbench, studying: Studying) -> None:
        overall = bench.judging.estimates[-1][1] if bench.judging.estimates else None
        known = overall is not None and overall.means_something
        self._check.setVisible(not bench.judging.evaluation)
        self.headline.setText(self._headline(bench, overall))
        advice = bench.judging.advice()
        said = [in_tens(overall)] if overall is not None and known else []
        self.sentence.setText(" ".join([*said, *advice]))
        self.sentence.setVisible(bool(self.sentence.text()))
        self.doubts.setText(self._doubts(studying))
        self.doubts.setVisible(bool(self.doubts.text()))
        self._reread.setVisible(studying.has_enough)

    def _is_checked(self, bench: Workbench) -> bool:
        return bool(bench.project.statistics().audit or bench.judging.evaluation)

    def _headline(self, bench: Workbench, overall: Estimate | None) -> str:
        if overall is None and self._is_checked(bench):
            return self.tr("How good the model is shows when it has read the texts")
        if overall is None:
            return self.tr("How good the model is isn't known yet")
        if overall.means_something:
            f1 = overall.f1
            said = self.tr("Quality (F1, 1 is perfect) is between {0} and {1}, most likely {2}")
            return said.format(f"{f1.low:.2f}", f"{f1.high:.2f}", f"{f1.value:.2f}")
        left = ENOUGH_ANSWERS - overall.answers
        if left > 0:
            return self.tr("How good the model is shows after {0} more random checks").format(
                words.number(left)
            )
        return self.tr("Too few random checks to say how good the model is: the range is too wide")

    def _doubts(self, studying: Studying) -> str:
        if studying.doubts is None:
            return ""
        checks = sum(each.is_check for each in studying.doubts)
        if checks:
            return self.tr(
                "Doubtful answers: {0}, random checks among them: {1}. Read the checks again "
                "before you believe the figures."
            ).format(words.number(len(studying.doubts)), words.number(checks))
        if studying.doubts:
            return self.tr("Doubtful answers: {0}.").format(words.number(len(studying.doubts)))
        return self.tr("No answer looks doubtful.")
