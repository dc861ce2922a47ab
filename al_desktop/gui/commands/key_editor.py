"""The key editor, made from the table of commands."""

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import QFrame, QGridLayout, QHBoxLayout, QPushButton, QVBoxLayout, QWidget

from al_desktop.gui.commands import keys
from al_desktop.gui.commands.table import BY_NAME, COMMANDS, Command, Keymap, group_of, title_of
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.settings import Settings


class KeyButton(QPushButton):
    """Shows a command's keys; pressed, it waits for another key. `chosen` says which."""

    chosen = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._waiting = False
        self._words = ""
        self.clicked.connect(self._wait)

    def show_keys(self, shown: str) -> None:
        self._words = shown
        self._waiting = False
        self.setText(shown or "–")

    @property
    def is_waiting(self) -> bool:
        """Whether the next key press is for this button, and not a command."""
        return self._waiting

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if not self._waiting:
            super().keyPressEvent(event)
            return
        modifiers_alone = (
            Qt.Key.Key_Shift,
            Qt.Key.Key_Control,
            Qt.Key.Key_Alt,
            Qt.Key.Key_Meta,
            Qt.Key.Key_AltGr,
        )
        if event.key() in modifiers_alone:
            return
        pressed = keys.names(event)
        self.show_keys(self._words)
        if event.key() != Qt.Key.Key_Escape and pressed:
            self.chosen.emit(pressed[0])

    def focusOutEvent(self, event: QFocusEvent) -> None:
        self.show_keys(self._words)
        super().focusOutEvent(event)

    def _wait(self) -> None:
        self._waiting = True
        self.setText(self.tr("Press a key…"))
        self.setFocus()


class KeyEditor(QWidget):
    """One row a command. A key that is taken is refused, with the command that has it."""

    changed = Signal()

    def __init__(self, look: Look, settings: Settings) -> None:
        super().__init__()
        self._settings = settings
        self._buttons: dict[str, KeyButton] = {}
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 0, 0, 0)
        column.setSpacing(12)
        top = QHBoxLayout()
        top.addWidget(text_label(self.tr("Keys"), "subtitle"))
        top.addStretch(1)
        reset = QPushButton(self.tr("Usual keys again"))
        reset.clicked.connect(self._reset)
        top.addWidget(reset)
        column.addLayout(top)
        self._problem = text_label("", "error", wrap=True)
        self._problem.hide()
        column.addWidget(self._problem)
        card = QFrame()
        card.setObjectName("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(22, 16, 22, 16)
        grid.setHorizontalSpacing(28)
        group = ""
        row = 0
        for command in COMMANDS:
            if command.group != group:
                group = command.group
                grid.addWidget(text_label(group_of(command).upper(), "heading"), row, 0, 1, 2)
                row += 1
            grid.addWidget(text_label(title_of(command)), row, 0)
            button = KeyButton()
            button.setAccessibleName(self.tr("Keys of {0}").format(title_of(command)))
            button.setMinimumWidth(look.theme.px(170))
            button.chosen.connect(lambda key, command=command: self.assign(command, key))
            grid.addWidget(button, row, 1)
            self._buttons[command.name] = button
            row += 1
        grid.setColumnStretch(0, 1)
        column.addWidget(card)
        self._show()

    def assign(self, command: Command, key: str) -> None:
        """Gives a command another first key, unless a command has it."""
        keymap = Keymap(self._settings["keys"])
        taken = keymap.taken_by(key)
        if taken is not None and taken != command.name:
            self._say(
                self.tr("{0} is the key of “{1}” already.").format(
                    keys.shown(key), title_of(BY_NAME[taken])
                )
            )
            return
        kept = [each for each in keymap.keys(command.name)[1:] if each != key]
        self._settings["keys"] = {**self._settings["keys"], command.name: [key, *kept]}
        self._say("")
        self._show()
        self.changed.emit()

    def _reset(self) -> None:
        self._settings["keys"] = {}
        self._say("")
        self._show()
        self.changed.emit()

    def _say(self, problem: str) -> None:
        self._problem.setText(problem)
        self._problem.setVisible(bool(problem))

    def _show(self) -> None:
        keymap = Keymap(self._settings["keys"])
        for name, button in self._buttons.items():
            button.show_keys("   ".join(keys.shown(key) for key in keymap.keys(name)))
