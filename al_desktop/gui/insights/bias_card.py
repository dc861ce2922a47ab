"""How what was labelled differs from all texts: on Insights, and as a page to keep or to send."""

import re
from collections.abc import Iterable
from pathlib import Path

from PySide6.QtCore import QLocale
from PySide6.QtWidgets import QFrame, QGridLayout, QToolButton, QVBoxLayout, QWidget

from al_desktop.core.bias import Share
from al_desktop.gui.insights.share_rows import Pair, ShareRows
from al_desktop.gui.language import words
from al_desktop.gui.language.sentences import PAGE
from al_desktop.gui.widgets import file_dialogs
from al_desktop.gui.widgets.layouts import buttons
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.project.report import LabelBias, ProjectBias, bias_page

_SOURCES = 6
_WORDS = 8
_SURPRISING = 3.0


class BiasCard(QFrame):
    def __init__(self, look: Look) -> None:
        super().__init__()
        self.setObjectName("card")
        self._bias: ProjectBias | None = None
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(text_label(self.tr("What you labelled, against all texts"), "subtitle"))
        self._meaning = text_label("", wrap=True)
        column.addWidget(self._meaning)
        table = QWidget()
        self._labels = QGridLayout(table)
        self._labels.setContentsMargins(0, 0, 0, 0)
        self._labels.setHorizontalSpacing(24)
        self._labels.setColumnStretch(3, 1)
        column.addWidget(table)
        self._key = text_label("", "small")
        column.addWidget(self._key)
        self._heads = {name: text_label("", "strong") for name in ("length", "source", "word")}
        self._rows = {name: ShareRows(look) for name in self._heads}
        for name, head in self._heads.items():
            column.addWidget(head)
            column.addWidget(self._rows[name])
        self._never = text_label("", wrap=True)
        column.addWidget(self._never)
        self._method = text_label(
            self.tr(
                "Of the answers that teach the model; random checks are left out. Of large "
                "projects a random part is compared. Words by the log-likelihood ratio (Dunning "
                "1993), those beyond chance only. How frequent a label is in all texts is "
                "estimated from the random checks."
            ),
            "small",
            wrap=True,
        )
        self._method.hide()
        how = QToolButton()
        how.setText(self.tr("Method"))
        how.setCheckable(True)
        how.toggled.connect(self._method.setVisible)
        self._save = QToolButton()
        self._save.setText(self.tr("Save as a page…"))
        self._save.clicked.connect(self._choose)
        row = buttons()
        row.addWidget(how)
        row.addWidget(self._save)
        column.addLayout(row)
        column.addWidget(self._method)
        self.show_bias(None)

    def show_bias(self, bias: ProjectBias | None) -> None:
        self._bias = bias
        self._save.setVisible(bias is not None)
        while (item := self._labels.takeAt(0)) is not None:
            widget = item.widget()
            if widget is not None:
                widget.deleteLater()
        if bias is None:
            self._meaning.setText(
                self.tr(
                    "Shows after about 20 answers: texts are chosen to teach the model, so what "
                    "is labelled does not look like the rest."
                )
            )
            for widget in (*self._heads.values(), *self._rows.values(), self._key, self._never):
                widget.hide()
            return
        self._meaning.setText(
            self.tr(
                "Questions were chosen to teach the model, about {0} of {1}. Don't read off "
                "these answers how frequent anything is."
            ).format(words.number(bias.labelled), words.texts(bias.texts))
        )
        self._show_labels(bias.labels)
        self._key.setText(
            self.tr("Bars: the upper one of what you labelled, the lower one of all texts.")
        )
        self._key.show()
        report = bias.report
        lengths = [
            Pair(length_words(each.group), each.labelled, each.pool) for each in report.lengths
        ]
        self._show_rows("length", self.tr("Length"), lengths)
        sources = sorted(report.sources, key=lambda each: -each.pool)[:_SOURCES]
        self._show_rows("source", self.tr("Source"), _pairs(sources) if len(sources) > 1 else [])
        told = [word for word in report.words if abs(word.surprise) >= _SURPRISING][:_WORDS]
        pairs = [Pair(word.word, word.labelled, word.pool) for word in told]
        self._show_rows("word", self.tr("Words more or less frequent than by chance"), pairs)
        never = "; ".join(length_words(group) for group in report.never_asked)
        said = self.tr("Never asked about: {0}.").format(never)
        self._never.setText(said if never else "")
        self._never.setVisible(bool(never))

    def save(self, path: Path) -> None:
        if self._bias is not None:
            language = QLocale().name().partition("_")[0]
            path.write_text(bias_page(self._bias, page_words, language), encoding="utf-8")

    def _choose(self) -> None:
        title = self.tr("Save as a page")
        chosen = file_dialogs.choose_page(self, "bias.html", title, "HTML (*.html)")
        if chosen is not None:
            self.save(chosen)

    def _show_rows(self, name: str, title: str, pairs: list[Pair]) -> None:
        self._heads[name].setText(title)
        self._heads[name].setVisible(bool(pairs))
        self._rows[name].show_pairs(title, pairs)

    def _show_labels(self, labels: tuple[LabelBias, ...]) -> None:
        heads = (self.tr("Label"), self.tr("You accepted"), self.tr("In all texts (95 %)"))
        for place, head in enumerate(heads):
            self._labels.addWidget(text_label(head, "small"), 0, place)
        for row, each in enumerate(labels, start=1):
            self._labels.addWidget(text_label(each.name, "strong"), row, 0)
            accepted = f"{100 * each.accepted:.0f} %" if each.answers else "–"
            self._labels.addWidget(text_label(accepted), row, 1)
            known = self.tr("not known yet")
            if each.prevalence is not None:
                low, _, high = each.prevalence
                known = f"{100 * low:.1f} – {100 * high:.1f} %"
            self._labels.addWidget(text_label(known), row, 2)


def length_words(group: str) -> str:
    """The name of a group of lengths in the interface's language; other groups as they are."""
    if found := re.fullmatch(r"(\d+) to (\d+) characters", group):
        return words.translate("BiasCard", "{0} to {1} characters").format(*found.groups())
    if found := re.fullmatch(r"(\d+) characters and more", group):
        return words.translate("BiasCard", "{0} characters and more").format(*found.groups())
    return group


def page_words(sentence: str) -> str:
    """A sentence of the page in the interface's language; a name as it is."""
    return words.translate("known", sentence) if sentence in PAGE else length_words(sentence)


def _pairs(shares: Iterable[Share]) -> list[Pair]:
    none = words.translate("BiasCard", "(none)")
    return [Pair(each.group or none, each.labelled, each.pool) for each in shares]
