"""The labels of an open project: renamed, coloured, added, merged, removed. No answer is lost."""

from PySide6.QtCore import Signal
from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from al_desktop.core.configuration import Label
from al_desktop.gui.projects.label_editor import LabelEditor
from al_desktop.gui.widgets.layouts import titled
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look


class LabelDialog(QDialog):
    """`accepted_labels` are the labels as they are now wanted, and for those that are merged the
    key of the one that stays by that of the one that goes."""

    accepted_labels = Signal(object, object)

    def __init__(self, look: Look, labels: tuple[Label, ...], parent: QWidget) -> None:
        super().__init__(parent)
        px = look.theme.px
        self.setMinimumWidth(px(680))
        self._names = {label.key: label.name for label in labels}
        self.editor = LabelEditor(look, labels, can_merge=True)
        self._merging = text_label("", "banner", wrap=True)
        self._merging.hide()
        layout = titled(self, look, self.tr("Labels"))
        layout.addWidget(
            text_label(
                self.tr(
                    "A renamed label keeps its answers. Give two labels the same name to merge "
                    "them. The answers of a removed label stay in the project and count again if "
                    "a label of that name comes back."
                ),
                "muted",
                wrap=True,
            )
        )
        layout.addWidget(self.editor)
        layout.addWidget(self._merging)
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
        self.editor.changed.connect(self._check)

    def showEvent(self, event: QShowEvent) -> None:
        # Qt gives large text too little room at first: it forgets the lines that wrap.
        layout = self.layout()
        if layout is not None:
            needed = layout.totalHeightForWidth(self.width())
            self.resize(self.width(), max(self.height(), needed))
        super().showEvent(event)

    def _check(self) -> None:
        self._save.setEnabled(not self.editor.problem)
        sentence = self.tr(
            "{0} goes into {1}: what was accepted as either is accepted; what was rejected as {0} "
            "is asked anew."
        )
        merged = self.editor.merged()
        lines = [sentence.format(self._names[old], self._names[new]) for old, new in merged.items()]
        self._merging.setText("\n".join(lines))
        self._merging.setVisible(bool(lines))

    def _finish(self) -> None:
        if not self.editor.problem:
            self.accept()
            self.accepted_labels.emit(self.editor.labels(), self.editor.merged())
