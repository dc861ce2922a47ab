"""The labels of an open project: renamed, coloured, added, removed. Answers keep their labels."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from al_desktop.core.configuration import Label
from al_desktop.gui.label_editor import LabelEditor
from al_desktop.gui.parts import text_label
from al_desktop.gui.theme import Look


class LabelDialog(QDialog):
    """`accepted_labels` are the labels as they are now wanted."""

    accepted_labels = Signal(object)

    def __init__(self, look: Look, labels: tuple[Label, ...], parent: QWidget) -> None:
        super().__init__(parent)
        px = look.theme.px
        self.setWindowTitle(self.tr("Labels"))
        self.setMinimumWidth(px(680))
        self.editor = LabelEditor(look, labels)
        layout = QVBoxLayout(self)
        layout.setContentsMargins(px(28), px(24), px(28), px(20))
        layout.setSpacing(px(14))
        layout.addWidget(text_label(self.tr("Labels"), "title"))
        layout.addWidget(
            text_label(
                self.tr(
                    "A renamed label keeps its answers. The answers of a removed label stay in "
                    "the project and count again if a label of that name comes back."
                ),
                "muted",
                wrap=True,
            )
        )
        layout.addWidget(self.editor)
        layout.addStretch(1)
        self._save = QPushButton(self.tr("Save"))
        self._save.setProperty("role", "primary")
        self._save.setDefault(True)
        self._save.clicked.connect(self._finish)
        cancel = QPushButton(self.tr("Cancel"))
        cancel.clicked.connect(self.reject)
        row = QHBoxLayout()
        row.addWidget(cancel)
        row.addStretch(1)
        row.addWidget(self._save)
        layout.addLayout(row)
        self.editor.changed.connect(lambda: self._save.setEnabled(not self.editor.problem))

    def _finish(self) -> None:
        if not self.editor.problem:
            self.accept()
            self.accepted_labels.emit(self.editor.labels())
