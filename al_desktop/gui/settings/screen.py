"""The settings, made from their table, and the keys."""

from collections.abc import Callable

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import (
    QAbstractSpinBox,
    QDoubleSpinBox,
    QFrame,
    QGridLayout,
    QLineEdit,
    QSpinBox,
    QVBoxLayout,
    QWidget,
)

from al_desktop.gui.commands.key_editor import KeyEditor
from al_desktop.gui.language import words
from al_desktop.gui.widgets.controls import Choice, Tick
from al_desktop.gui.widgets.layouts import ScreenGround, page
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look
from al_desktop.settings import TABLE, Setting, Settings

# Each in itself, so that whoever needs it can read it.
LANGUAGES = {"en": "English", "de": "Deutsch"}


class SettingsScreen(ScreenGround):
    """Every change is stored at once. `changed` is the name of the setting."""

    changed = Signal(str)

    def __init__(self, look: Look, settings: Settings) -> None:
        super().__init__()
        self._look = look
        self._settings = settings
        column = page(self, self.tr("Settings"))
        column.addWidget(self._build_table())
        column.addSpacing(12)
        self.keys = KeyEditor(look, settings)
        self.keys.changed.connect(lambda: self.changed.emit("keys"))
        column.addWidget(self.keys)
        column.addStretch(1)

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
            self._indent(share)
            share.valueChanged.connect(lambda percent: store(percent / 100))
            return share
        if isinstance(value, int):
            number = QSpinBox()
            number.setRange(int(setting.minimum or 0), int(setting.maximum or 1_000_000))
            number.setSingleStep(10 if number.maximum() > 100 else 1)
            number.setSuffix(f" {setting.unit}" if setting.unit else "")
            if number.minimum() == 0:
                number.setSpecialValueText(self.tr("off"))
            number.setValue(value)
            number.setKeyboardTracking(False)
            self._indent(number)
            number.valueChanged.connect(store)
            return number
        line = QLineEdit(str(value))
        line.editingFinished.connect(lambda: store(line.text().strip()))
        return line

    def _indent(self, box: QAbstractSpinBox) -> None:
        """As far as other fields are: a number's field inside its box takes no padding."""
        box.lineEdit().setTextMargins(self._look.theme.px(9), 0, 0, 0)

    def _storer(self, setting: Setting) -> Callable[[object], None]:
        def store(value: object) -> None:
            if value != self._settings[setting.name] and setting.accepts(value):
                self._settings[setting.name] = value  # type: ignore[assignment]
                self.changed.emit(setting.name)

        return store


def _title(choice: str) -> str:
    return LANGUAGES.get(choice) or words.translate("settings", choice)


def _is_shown(setting: Setting) -> bool:
    return not isinstance(setting.default, dict)
