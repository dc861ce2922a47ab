"""Bringing texts into an open project: which, how they are read, which labels are which."""

from pathlib import Path

from PySide6.QtCore import Signal
from PySide6.QtGui import QDragEnterEvent, QDropEvent, QKeyEvent, QKeySequence
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from al_desktop.core.configuration import Configuration
from al_desktop.gui.importing.annotation_choice import AnnotationChoice
from al_desktop.gui.importing.source_picker import SourcePicker
from al_desktop.gui.widgets.layouts import scrolling
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.project.importing import Order


class ImportDialog(QDialog):
    """`wanted` is the Order of the import, for a project that is open."""

    wanted = Signal(object)

    def __init__(
        self, look: Look, project: Path, configuration: Configuration, parent: QWidget
    ) -> None:
        super().__init__(parent)
        px = look.theme.px
        self._project = project
        self.setWindowTitle(self.tr("Import texts"))
        self.setAcceptDrops(True)
        self.resize(px(780), px(720))
        self.annotations = AnnotationChoice(look, configuration.labels)
        self.picker = SourcePicker(look, self.annotations)
        self.picker.set_kind(configuration.kind)
        self._import = QPushButton(self.tr("Import"))
        self.picker.changed.connect(self._refresh)
        self.picker.looked_at.connect(self._import.setFocus)
        self._import.setProperty("role", "primary")
        self._import.clicked.connect(self._order)
        cancel = QPushButton(self.tr("Cancel"), autoDefault=False)
        cancel.clicked.connect(self.reject)
        inside = QWidget()
        column = QVBoxLayout(inside)
        column.setContentsMargins(0, 0, px(8), 0)
        column.addWidget(self.picker)
        column.addStretch(1)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(28), px(24), px(28), px(20))
        layout.setSpacing(px(14))
        layout.addWidget(text_label(self.tr("Import texts"), "title"))
        layout.addWidget(scrolling(inside, self.tr("Import texts")), 1)
        row = QHBoxLayout()
        row.addWidget(cancel)
        row.addStretch(1)
        row.addWidget(self._import)
        layout.addLayout(row)
        self._refresh()
        self.picker.first.setFocus()

    def choose(self, source: Path) -> None:
        self.picker.choose(source)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.matches(QKeySequence.StandardKey.Paste):
            self.picker.paste()
        else:
            super().keyPressEvent(event)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.choose(files[0])

    def _refresh(self) -> None:
        self._import.setEnabled(self.picker.is_ready)
        (self._import if self.picker.path else self.picker.first).setDefault(True)

    def _order(self) -> None:
        source = self.picker.path
        if source is None or not self.picker.is_ready:
            return
        labels, new = self.annotations.mapping()
        order = Order(
            self._project, source, self.picker.choices(), self.annotations.chosen, labels, new
        )
        self.picker.files.close()
        self.accept()
        self.wanted.emit(order)
