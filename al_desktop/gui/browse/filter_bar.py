"""What Browse is to show: words to search for, and the kind, label and annotator of answers."""

from collections.abc import Iterable

from PySide6.QtCore import QTimer, Signal
from PySide6.QtWidgets import QHBoxLayout, QLineEdit, QVBoxLayout

from al_desktop.core.configuration import Label
from al_desktop.core.questions import Answer
from al_desktop.gui.browse.listing import Filter
from al_desktop.gui.widgets.controls import Choice
from al_desktop.gui.widgets.theme import Look

_TYPING_MS = 120


class FilterBar(QVBoxLayout):
    """`changed` after another choice or, in a pause, other words; `entered` after Return."""

    changed = Signal()
    entered = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._typing = QTimer(self, singleShot=True, interval=_TYPING_MS)
        self._typing.timeout.connect(self.changed)
        self.search = QLineEdit()
        self.search.setPlaceholderText(self.tr("Search all texts"))
        self.search.setAccessibleName(self.tr("Search all texts"))
        self.search.setClearButtonEnabled(True)
        self.search.textChanged.connect(lambda: self._typing.start())
        self.search.returnPressed.connect(self.entered)
        self.what = Choice(look, self.tr("Show"))
        self.what.fill(
            [
                (self.tr("All texts"), ""),
                (self.tr("All answers"), "answers"),
                (self.tr("Accepted"), Answer.ACCEPT.value),
                (self.tr("Rejected"), Answer.REJECT.value),
                (self.tr("Ignored"), Answer.IGNORE.value),
                (self.tr("Marked in full"), "marked"),
                (self.tr("Flagged"), "flags"),
                (self.tr("Random checks"), "audit"),
                (self.tr("Answered differently"), "disputed"),
            ],
            "",
        )
        self.label = Choice(look, self.tr("Label"))
        self.annotator = Choice(look, self.tr("Answered by"))
        row = QHBoxLayout()
        row.setSpacing(8)
        for choice, share in ((self.what, 3), (self.label, 3), (self.annotator, 2)):
            choice.currentIndexChanged.connect(lambda: self.changed.emit())
            choice.setMinimumContentsLength(6)
            row.addWidget(choice, share)
        self.setSpacing(8)
        self.addWidget(self.search)
        self.addLayout(row)

    def begin(self, labels: Iterable[Label]) -> None:
        """For another project."""
        entries = [(self.tr("All labels"), ""), *((label.name, label.key) for label in labels)]
        self.label.fill(entries, "")
        self.what.setCurrentIndex(0)

    def offer_annotators(self, names: list[str]) -> None:
        entries = [(self.tr("Everybody"), ""), *((name, name) for name in names)]
        self.annotator.fill(entries, self.annotator.value)
        self.annotator.setVisible(len(names) > 1)

    def show_state(self, said: str = "") -> None:
        """In place of words to search for, while there are none."""
        self.search.setPlaceholderText(said or self.tr("Search all texts"))

    def take_in(self) -> None:
        """What was typed is known: no `changed` comes for it."""
        self._typing.stop()

    @property
    def words(self) -> str:
        return self.search.text()

    @property
    def wanted(self) -> Filter:
        return Filter(self.what.value, self.label.value, self.annotator.value)
