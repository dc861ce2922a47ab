"""The settings, made from their table, and the key editor, made from the table of commands."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent
from PySide6.QtWidgets import (
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QHBoxLayout,
    QLineEdit,
    QPushButton,
    QScrollArea,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from al_desktop.gui import keys, words
from al_desktop.gui.commands import BY_NAME, COMMANDS, Command, Keymap, group_of, title_of
from al_desktop.gui.controls import Choice, Tick
from al_desktop.gui.parts import text_label
from al_desktop.gui.theme import Look
from al_desktop.settings import TABLE, Setting, Settings

# Each in itself, so that whoever needs it can read it.
LANGUAGES = {"en": "English", "de": "Deutsch"}


class SettingsScreen(QWidget):
    """Every change is stored at once. `changed` is the name of the setting."""

    changed = Signal(str)

    def __init__(self, look: Look, settings: Settings) -> None:
        super().__init__()
        self.setObjectName("screen")
        self.setAttribute(Qt.WidgetAttribute.WA_StyledBackground)
        self._look = look
        self._settings = settings
        column = QVBoxLayout()
        column.setContentsMargins(32, 36, 32, 24)
        column.setSpacing(14)
        column.addWidget(text_label(self.tr("Settings"), "title"))
        column.addWidget(self._build_table())
        column.addSpacing(12)
        self.keys = KeyEditor(look, settings)
        self.keys.changed.connect(lambda: self.changed.emit("keys"))
        column.addWidget(self.keys)
        column.addStretch(1)
        page = QWidget()
        page.setLayout(column)
        page.setMaximumWidth(900)
        middle = QWidget()
        row = QHBoxLayout(middle)
        row.setContentsMargins(0, 0, 0, 0)
        row.addStretch(1)
        row.addWidget(page, 100)
        row.addStretch(1)
        area = QScrollArea()
        area.setWidgetResizable(True)
        area.setAccessibleName(self.tr("Settings"))
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidget(middle)
        area.viewport().setAutoFillBackground(False)
        middle.setAutoFillBackground(False)
        outer = QVBoxLayout(self)
        outer.setContentsMargins(0, 0, 0, 0)
        outer.addWidget(area)

    def _build_table(self) -> QWidget:
        card = QFrame()
        card.setObjectName("card")
        grid = QGridLayout(card)
        grid.setContentsMargins(22, 18, 22, 18)
        grid.setHorizontalSpacing(28)
        grid.setVerticalSpacing(16)
        for row, setting in enumerate(each for each in TABLE if _is_shown(each)):
            name = words.translate("settings", setting.name.replace("_", " ").capitalize())
            names = QVBoxLayout()
            names.setSpacing(2)
            names.addWidget(text_label(name, "strong"))
            names.addWidget(text_label(words.translate("settings", setting.help), "small", True))
            grid.addLayout(names, row, 0)
            control = self._control(setting)
            control.setAccessibleName(name)
            control.setAccessibleDescription(words.translate("settings", setting.help))
            control.setMinimumWidth(self._look.theme.px(200))
            grid.addWidget(control, row, 1, Qt.AlignmentFlag.AlignVCenter)
        grid.setColumnStretch(0, 1)
        return card

    def _control(self, setting: Setting) -> QWidget:
        value = self._settings[setting.name]
        store = self._storer(setting)
        if setting.choices:
            choice = Choice(self._look, setting.name)
            titles = [(_title(each), each) for each in setting.choices]
            choice.fill(titles, value)
            choice.currentIndexChanged.connect(lambda: store(choice.value))
            return choice
        if isinstance(value, bool):
            tick = Tick(self._look, "")
            tick.setChecked(value)
            tick.toggled.connect(store)
            return tick
        if isinstance(value, float):
            share = QDoubleSpinBox()
            share.setRange(100 * (setting.minimum or 0), 100 * (setting.maximum or 1))
            share.setDecimals(0)
            share.setSuffix(" %")
            share.setValue(100 * value)
            share.valueChanged.connect(lambda percent: store(percent / 100))
            return share
        if isinstance(value, int):
            number = QSpinBox()
            number.setRange(int(setting.minimum or 0), int(setting.maximum or 1_000_000))
            number.setSingleStep(10 if number.maximum() > 100 else 1)
            number.setSuffix(f" {setting.unit}" if setting.unit else "")
            number.setValue(value)
            number.setKeyboardTracking(False)
            number.valueChanged.connect(store)
            return number
        line = QLineEdit(str(value))
        line.editingFinished.connect(lambda: store(line.text().strip()))
        return line

    def _storer(self, setting: Setting) -> Callable[[object], None]:
        def store(value: object) -> None:
            if value != self._settings[setting.name] and setting.accepts(value):
                self._settings[setting.name] = value  # type: ignore[assignment]
                self.changed.emit(setting.name)

        return store


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

    @property
    def is_waiting(self) -> bool:
        """Whether the next key press is for a row, and not a command."""
        return any(button.is_waiting for button in self._buttons.values())

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


def _title(choice: str) -> str:
    return LANGUAGES.get(choice) or words.translate("settings", choice)


def _is_shown(setting: Setting) -> bool:
    return not isinstance(setting.default, dict)
