"""A project from somebody else: who made it and from what, and which model it asks for."""

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QDialog, QHBoxLayout, QPushButton, QWidget

from al_desktop.gui.language.origins import model_words, origin_words
from al_desktop.gui.widgets.layouts import titled
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.project.carrying import to_approve
from al_desktop.storage import ProjectFile

_GREETED, _DECLINED = "greeted", "model declined"


class ReceivedDialog(QDialog):
    """`approved` is the model that may be loaded here from now on."""

    approved = Signal(str)

    def __init__(self, look: Look, file: ProjectFile, parent: QWidget) -> None:
        """Remembers in the file that its origin was shown, and at once that the model was
        declined: closing the dialog in whatever way never approves."""
        super().__init__(parent)
        px = look.theme.px
        self.setMinimumWidth(px(520))
        layout = titled(self, look, file.name)
        none = self.tr("This project is no copy of another one.")
        self.origin = text_label(origin_words(file) or none, wrap=True)
        layout.addWidget(self.origin)
        row = QHBoxLayout()
        row.addStretch(1)
        greeted = file.state(_GREETED) == _made(file)
        self.decline = QPushButton(self.tr("Close") if greeted else self.tr("Begin"), default=True)
        self.decline.clicked.connect(self.accept)
        row.addWidget(self.decline)
        model = to_approve(file)
        if model:
            self.decline.setText(self.tr("Go on without it"))
            self.question = text_label(model_words(file, model), wrap=True)
            layout.addWidget(self.question)
            use = QPushButton(self.tr("Load the model"), autoDefault=False)
            use.clicked.connect(lambda: self._approve(model))
            row.insertWidget(0, use)
        else:
            self.decline.setProperty("role", "primary")
        layout.addLayout(row)
        file.set_state(_GREETED, _made(file))
        file.set_state(_DECLINED, model)

    def _approve(self, model: str) -> None:
        self.accept()
        self.approved.emit(model)


def is_news(file: ProjectFile) -> bool:
    """Whether it is a copy that was not opened before, or asks for a model and nobody said no."""
    model = to_approve(file)
    is_new_copy = bool(file.origin) and file.state(_GREETED) != _made(file)
    return is_new_copy or (bool(model) and file.state(_DECLINED) != model)


def _made(file: ProjectFile) -> object:
    return file.origin.get("copied_ms")
