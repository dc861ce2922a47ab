"""A plot on a card: what it means in a line below, how it is worked out one click away."""

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QFrame, QHBoxLayout, QToolButton, QVBoxLayout

from al_desktop.gui.insights.pictures import Insight
from al_desktop.gui.insights.plot import Plot
from al_desktop.gui.widgets import file_dialogs
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look


class InsightCard(QFrame):
    def __init__(self, name: str, look: Look) -> None:
        """`name` is that of the files it is saved as."""
        super().__init__()
        self.setObjectName("card")
        self._name = name
        self.plot = Plot(look)
        self.meaning = text_label("", wrap=True)
        self._method = text_label("", "small", wrap=True)
        self._method.hide()
        self._how = QToolButton()
        self._how.setText(self.tr("Method"))
        self._how.setCheckable(True)
        self._how.setToolTip(self.tr("How this is worked out, and by whose method"))
        self._how.toggled.connect(self._method.setVisible)
        self._saving = QToolButton()
        self._saving.setText(self.tr("Save…"))
        self._saving.setAccessibleName(self.tr("Save this picture"))
        self._saving.clicked.connect(self._save)
        column = QVBoxLayout(self)
        column.setContentsMargins(20, 16, 16, 12)
        column.setSpacing(8)
        column.addWidget(self.plot, 1)
        below = QHBoxLayout()
        below.addWidget(self.meaning, 1)
        for button in (self._how, self._saving):
            below.addWidget(button, 0, Qt.AlignmentFlag.AlignBottom)
        column.addLayout(below)
        column.addWidget(self._method)

    def show_insight(self, insight: Insight) -> None:
        self.plot.show_picture(insight.picture)
        self.meaning.setText("" if insight.picture.is_empty else insight.meaning)
        self._method.setText(insight.method)
        self._saving.setVisible(not insight.picture.is_empty)
        said = self.tr("Method: {0}").format(insight.picture.title)
        self._how.setAccessibleName(said)

    def _save(self) -> None:
        kinds, title = "SVG (*.svg);;PNG (*.png)", self.tr("Save this picture")
        chosen = file_dialogs.choose_page(self, f"{self._name}.svg", title, kinds)
        if chosen is not None:
            self.plot.save(chosen)
