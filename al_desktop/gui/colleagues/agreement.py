"""How far annotators agree, as a small table with a sentence on what it means."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtWidgets import QGridLayout, QPushButton, QWidget

from al_desktop.gui.language import words
from al_desktop.gui.widgets.layouts import Card, buttons
from al_desktop.gui.widgets.parts import text_label
from al_desktop.storage import ProjectFile

if TYPE_CHECKING:
    from al_desktop.core.agreement import Agreement, AgreementReport, Figure

# Krippendorff, "Content Analysis" (2004), section 11.4.
_RELIABLE, _TENTATIVE = 0.80, 0.67
_FEW_ROWS = 40


@dataclass(frozen=True, slots=True)
class Found:
    """The figures, and the number of disagreements that have no verdict."""

    report: "AgreementReport"
    to_settle: int


def examine(project: Path) -> Iterator[Found]:
    """In one step; the project may be open."""
    import numpy as np  # takes a while, and the window starts without

    from al_desktop.core.agreement import disagreements, report
    from al_desktop.core.events import AnswerLog

    with ProjectFile.open_for_reading(project) as file:
        log = AnswerLog(event for _, event in file.events())
    to_settle = sum(1 for each in disagreements(log) if each.verdict is None)
    yield Found(report(log, np.random.default_rng(0)), to_settle)


class AgreementTable(Card):
    def __init__(self) -> None:
        super().__init__()
        self.meaning = text_label("", wrap=True)
        self._note = text_label(
            self.tr("In brackets the 95 % interval of each figure."),
            "small",
            wrap=True,
        )
        table = QWidget()
        self._grid = QGridLayout(table)
        self._grid.setContentsMargins(0, 0, 0, 0)
        self._grid.setHorizontalSpacing(24)
        self._grid.setColumnStretch(0, 1)
        self.add_head(self.tr("Agreement"))
        self.column.addWidget(self.meaning)
        self.all = QPushButton()
        self.all.clicked.connect(self._show_all)
        self._rows: list[tuple[str, Agreement]] = []
        self.column.addWidget(table)
        self.column.addLayout(buttons(self.all))
        self.column.addWidget(self._note)
        self.show_waiting()

    def show_waiting(self) -> None:
        self._clear()
        self.meaning.setText(self.tr("Computing…"))

    def show_error(self, sentence: str) -> None:
        self._clear()
        self.meaning.setText(sentence)

    def show_report(self, report: "AgreementReport", label_name: Callable[[str], str]) -> None:
        """`label_name` gives the name of a label by its key."""
        self._clear()
        self.meaning.setText(meaning(report.overall))
        if not report.overall.questions:
            return
        self._note.show()
        heads = (
            "",
            self.tr("Questions"),
            self.tr("Disagreed"),
            self.tr("Raw"),
            self.tr("Cohen's kappa"),
            self.tr("Krippendorff's alpha"),
        )
        for place, head in enumerate(heads):
            self._grid.addWidget(text_label(head, "small"), 0, place)
        rows = [(self.tr("All questions"), report.overall)]
        rows += [(label_name(key), one) for key, one in report.by_label.items()]
        rows += [
            (self.tr("{0} and {1}").format(*pair), one) for pair, one in report.by_pair.items()
        ]
        self._rows = rows
        self._add_rows(0, _FEW_ROWS)
        self.all.setVisible(len(rows) > _FEW_ROWS)
        self.all.setText(self.tr("Show all {0} rows").format(words.number(len(rows))))

    def _show_all(self) -> None:
        self.all.hide()
        self._add_rows(_FEW_ROWS, len(self._rows))

    def _add_rows(self, first: int, last: int) -> None:
        for row, (name, one) in enumerate(self._rows[first:last], start=first + 1):
            self._add_row(row, name, one)

    def _add_row(self, row: int, name: str, one: "Agreement") -> None:
        self._grid.addWidget(text_label(name, "strong", wrap=True), row, 0)
        cells = (
            words.number(one.questions),
            words.number(one.disagreed),
            figure_words(one.raw),
            figure_words(one.kappa) if one.kappa is not None else "–",
            figure_words(one.alpha),
        )
        for place, cell in enumerate(cells, start=1):
            self._grid.addWidget(text_label(cell), row, place)

    def _clear(self) -> None:
        self._note.hide()
        self.all.hide()
        while (item := self._grid.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()


def meaning(overall: "Agreement") -> str:
    """A sentence on what the figures say, and one more where they are too few to say it."""
    translate = words.translate
    if not overall.questions:
        return translate(
            "colleagues",
            "No question has been answered by two people yet. Send copies with texts that all of "
            "them get; once they are merged, agreement shows here.",
        )
    alpha = overall.alpha.value
    if alpha is None:
        return translate(
            "colleagues",
            "Everybody agrees wherever two answered, but always with the same answer, so chance "
            "can't be told apart.",
        )
    if alpha < _TENTATIVE:
        return translate(
            "colleagues",
            "Alpha is below 0.67: talk about what the labels mean before going on.",
        )
    reached, sentence = (
        _TENTATIVE,
        translate(
            "colleagues",
            "Alpha is between 0.67 and 0.80: good enough for tentative conclusions.",
        ),
    )
    if alpha >= _RELIABLE:
        reached, sentence = (
            _RELIABLE,
            translate("colleagues", "Alpha is 0.80 or more: the answers can be relied on."),
        )
    low = overall.alpha.low
    if low is not None and low < reached:
        sentence += " " + translate(
            "colleagues", "With so few questions the true value may be lower."
        )
    return sentence


def figure_words(figure: "Figure") -> str:
    """Such as "0.78  (0.70 – 0.86)"."""
    if figure.value is None:
        return words.translate("colleagues", "not defined")
    if figure.low is None or figure.high is None:
        return f"{figure.value:z.2f}"
    return f"{figure.value:z.2f}  ({figure.low:z.2f} – {figure.high:z.2f})"
