"""The user's settings: one table, which feeds the dialog, the file and the documentation.

Stored as JSON. A setting this version doesn't know, from a newer one, is kept as it is.
"""

import json
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import Any

FILE_NAME = "settings.json"
Value = str | int | float | bool | dict[str, Any]


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting. Its type is that of its default; a number lies in minimum..maximum.

    choices   all values it can take; empty where any of its type will do
    """

    name: str
    default: Value
    help: str
    unit: str = ""
    choices: tuple[str, ...] = ()
    minimum: float | None = None
    maximum: float | None = None

    def accepts(self, value: object) -> bool:
        """Whether this can be the setting's value."""
        if isinstance(self.default, float) and isinstance(value, int):
            value = value if isinstance(value, bool) else float(value)
        if type(value) is not type(self.default):
            return False
        if self.choices and value not in self.choices:
            return False
        if isinstance(value, int | float):
            low = self.minimum is None or value >= self.minimum
            return low and (self.maximum is None or value <= self.maximum)
        return True


TABLE = (
    Setting("annotator", "", "Your name, stored with each answer; empty for the account's"),
    Setting(
        "theme",
        "system",
        "Colours of the window",
        choices=("system", "light", "dark", "high contrast"),
    ),
    Setting(
        "language",
        "system",
        "Language of the window, from its next start on",
        choices=("system", "en", "de"),
    ),
    Setting("text_size", 100, "Size of all text", unit="%", minimum=50, maximum=300),
    Setting(
        "reading_font",
        "sans serif",
        "Font of the texts; OpenDyslexic is easier for some readers with dyslexia",
        choices=("sans serif", "serif", "OpenDyslexic"),
    ),
    Setting(
        "line_width",
        "medium",
        "How long a line of a text may be",
        choices=("narrow", "medium", "full width"),
    ),
    Setting(
        "pause_hint",
        30,
        "A word in the bottom line after so long without a pause",
        unit="min",
        minimum=0,
        maximum=240,
    ),
    Setting(
        "audit_share",
        0.1,
        "Share of questions drawn at random, from which quality is estimated",
        minimum=0.0,
        maximum=0.5,
    ),
    Setting("recent_projects", {}, "When each project was last opened, in Unix milliseconds"),
    Setting("window", {}, "Where the window was, and what need not be shown again"),
    Setting("keys", {}, "Keys that differ from the usual ones, by command"),
)
BY_NAME = {setting.name: setting for setting in TABLE}


class Settings:
    """The settings in one file. A value that can't be stored holds until the program ends."""

    def __init__(self, path: Path) -> None:
        """Reads the file. A missing one, or one that can't be used, means the defaults."""
        self._path = path
        self._notice = ""
        self._unstored = False
        self._values: dict[str, Any] = {}
        try:
            values = json.loads(path.read_text(encoding="utf-8"))
            if not isinstance(values, dict):
                raise ValueError
            self._values = values
        except FileNotFoundError:
            pass
        except (OSError, ValueError, RecursionError):
            self._set_aside()

    def __getitem__(self, name: str) -> Any:
        """The value; the default where the file has none that fits. KeyError: no such setting."""
        setting = BY_NAME[name]
        value = self._values.get(name, setting.default)
        return value if setting.accepts(value) else setting.default

    def __setitem__(self, name: str, value: Value) -> None:
        """Takes a value, and stores it at once where the disk lets it. Raises ValueError where it
        isn't a possible one."""
        if not BY_NAME[name].accepts(value):
            raise ValueError(f"{name} can't be {value!r}")
        self._values[name] = value
        self._write()

    @property
    def is_fresh(self) -> bool:
        """Whether nothing was ever stored here."""
        return not self._values

    def take_notice(self) -> str:
        """A sentence for the user, once, where the file couldn't be read or written; else ""."""
        notice, self._notice = self._notice, ""
        return notice

    def _write(self) -> None:
        fresh = self._path.with_name(f".{self._path.name}.new")
        try:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            fresh.write_text(json.dumps(self._values, indent=2), encoding="utf-8")
            fresh.replace(self._path)
            self._unstored = False
        except OSError as error:
            with suppress(OSError):
                fresh.unlink()
            if not self._unstored:
                self._notice = (
                    f"Settings and recent projects can't be kept in {self._path.parent}: "
                    f"{error.strerror or error}. They hold until you quit."
                )
            self._unstored = True

    def _set_aside(self) -> None:
        kept = self._path.with_name(f"{self._path.name}.unreadable")
        with suppress(OSError):
            self._path.replace(kept)
        self._notice = f"Your settings can't be read, so the usual ones apply. They are in {kept}."
