"""The bottom line: what just happened, or what is wrong and what to do."""

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QFrame, QHBoxLayout, QSizePolicy, QWidget

from al_desktop.gui.language.known import translated
from al_desktop.gui.widgets.parts import text_label
from al_desktop.gui.widgets.theme import Look

NOTICE_MS = 6000


class StatusLine(QFrame):
    """A warning stays until it is cleared; a notice passes; otherwise the resting words show."""

    def __init__(self, look: Look, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("status")
        self._look = look
        self._resting, self._warning, self._passing = "", "", ""
        self._words = text_label()
        # A long sentence is cut off rather than making the window wider.
        self._words.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        self._right = text_label()
        self._row = QHBoxLayout(self)
        self._row.addWidget(self._words, 1)
        self._row.addWidget(self._right)
        self._timer = QTimer(self, singleShot=True, interval=NOTICE_MS)
        self._timer.timeout.connect(self._forget_notice)
        look.changed.connect(self._resize)
        self._resize()

    @property
    def shown(self) -> str:
        return self._words.text()

    def rest(self, sentence: str, right: str) -> None:
        self._resting = sentence
        self._right.setText(right)
        self._refresh()

    def notice(self, sentence: str) -> None:
        self._passing = sentence
        self._timer.start()
        self._refresh()

    def warn(self, sentence: str) -> None:
        """Shows a warning until it is replaced; "" clears it. Sentences from below the window are
        put into its language."""
        self._warning = translated(sentence)
        self._passing = ""
        self._refresh()

    def _forget_notice(self) -> None:
        self._passing = ""
        self._refresh()

    def _refresh(self) -> None:
        sentence = self._passing or self._warning or self._resting
        if sentence != self._words.text():
            self._words.setText(sentence)
            self._words.setToolTip(sentence if self._warning else "")
        mood = "warning" if self._warning and not self._passing else ""
        if self.property("mood") != mood:
            self.setProperty("mood", mood)
            for widget in (self, self._words, self._right):
                widget.style().unpolish(widget)
                widget.style().polish(widget)

    def _resize(self) -> None:
        px = self._look.theme.px
        self._row.setContentsMargins(px(18), px(7), px(18), px(7))
