"""The place that a file is dropped on, with the other ways of choosing texts."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QColor, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QVBoxLayout

from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look


class DropPlace(QFrame):
    """Has a dashed edge. `file_wanted`, `folder_wanted` and `paste_wanted` come from its buttons,
    of which `first` is the first."""

    file_wanted = Signal()
    folder_wanted = Signal()
    paste_wanted = Signal()

    def __init__(self, look: Look) -> None:
        super().__init__()
        self._look = look
        px = look.theme.px
        self.first = QPushButton(self.tr("Choose a file…"))
        self.first.clicked.connect(self.file_wanted)
        folder = QPushButton(self.tr("A folder…"))
        folder.clicked.connect(self.folder_wanted)
        paste = QPushButton(self.tr("Paste"))
        paste.clicked.connect(self.paste_wanted)
        row = QHBoxLayout()
        row.addStretch(1)
        for button in (self.first, folder, paste):
            row.addWidget(button)
        row.addStretch(1)
        column = QVBoxLayout(self)
        column.setContentsMargins(px(24), px(34), px(24), px(30))
        column.setSpacing(px(10))
        title = text_label(self.tr("Drop a file here"), "subtitle")
        known = text_label(
            self.tr(
                "Tables (CSV, TSV, Excel), JSON Lines, JSON, plain text, CoNLL, spaCy, brat, and "
                "what Prodigy, doccano and Label Studio export; also folders, .zip and .gz."
            ),
            "small",
            wrap=True,
        )
        for label in (title, known):
            label.setAlignment(Qt.AlignmentFlag.AlignCenter)
            column.addWidget(label)
        column.addSpacing(px(6))
        column.addLayout(row)

    def paintEvent(self, event: QPaintEvent) -> None:
        px, colours = self._look.theme.px, self._look.colours
        with QPainter(self) as painter:
            painter.setRenderHint(QPainter.RenderHint.Antialiasing)
            painter.setPen(QPen(QColor(colours.muted), 1.2, Qt.PenStyle.DashLine))
            painter.setBrush(QColor(colours.surface))
            painter.drawRoundedRect(self.rect().adjusted(1, 1, -1, -1), px(12), px(12))
