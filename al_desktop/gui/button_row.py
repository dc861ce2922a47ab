"""The row of big buttons below a text."""

from collections.abc import Callable, Sequence

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QHBoxLayout, QWidget

from al_desktop.gui.parts import AnswerButton
from al_desktop.gui.theme import Look

ANSWERS = (
    ("answer.accept", "accept", 3),
    ("answer.reject", "reject", 3),
    ("answer.ignore", "neutral", 2),
    ("answer.undo", "plain", 2),
)


class ButtonRow(QWidget):
    """`commanded` is the name of the command whose button was clicked."""

    commanded = Signal(str)

    def __init__(self, look: Look, row: Sequence[tuple[str, str, int]] = ANSWERS) -> None:
        """Of each button the command, the tone and the share of the width."""
        super().__init__()
        self.buttons: dict[str, AnswerButton] = {}
        layout = QHBoxLayout(self)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(10)
        for name, tone, stretch in row:
            button = AnswerButton(look, tone)
            button.clicked.connect(lambda _=False, name=name: self.commanded.emit(name))
            self.buttons[name] = button
            layout.addWidget(button, stretch)

    def show_names(self, name_of: Callable[[str], tuple[str, str, str]]) -> None:
        """`name_of` gives title, shown key and tool tip of a command."""
        for name, button in self.buttons.items():
            title, key, tip = name_of(name)
            button.setText(title)
            button.set_key(key)
            button.setToolTip(tip)
            button.setAccessibleName(title)
            button.setAccessibleDescription(tip)

    def enable(self, is_possible: Callable[[str], bool]) -> None:
        """`is_possible` says whether a command has an effect now."""
        for name, button in self.buttons.items():
            button.setEnabled(is_possible(name))
