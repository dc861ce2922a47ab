"""The style sheet of everything Qt's own widgets draw, written from a theme."""

from PySide6.QtGui import QColor

from al_desktop.gui.widgets.theme import FAMILY, Theme

_EDGE = 0.3
"""How far the edge of what can be clicked or typed into is from a line to muted text."""


def stylesheet(theme: Theme) -> str:
    """Qt style sheet; sizes follow the theme's scale."""
    c, px = theme.colours, theme.px
    edge = _between(c.line, c.muted, _EDGE)
    return f"""
* {{ font-family: "{FAMILY}"; font-size: {px(13)}px; color: {c.text}; }}
QMainWindow, QDialog, #screen {{ background: {c.window}; }}
QLabel {{ background: transparent; }}
QLabel[role="muted"] {{ color: {c.muted}; }}
QLabel[role="small"] {{ color: {c.muted}; font-size: {px(12)}px; }}
QLabel[role="heading"] {{
    color: {c.muted}; font-size: {px(11)}px; font-weight: 600; letter-spacing: {px(1)}px;
}}
QLabel[role="strong"] {{ font-weight: 600; }}
QLabel[role="title"] {{ font-size: {px(24)}px; font-weight: 600; }}
QLabel[role="display"] {{ font-size: {px(34)}px; font-weight: 600; }}
QLabel[role="lead"] {{ font-size: {px(16)}px; color: {c.muted}; }}
QLabel[role="subtitle"] {{ font-size: {px(16)}px; font-weight: 600; }}
QLabel[role="number"] {{ font-size: {px(24)}px; font-weight: 600; }}
QLabel[role="accept"] {{ color: {c.accept}; font-size: {px(12)}px; }}
QLabel[role="reject"] {{ color: {c.reject}; font-size: {px(12)}px; }}
QLabel[role="error"] {{ color: {c.reject}; }}
QLabel[role="banner"] {{
    background: {c.accent_soft}; color: {c.accent}; border-radius: {px(8)}px;
    padding: {px(8)}px {px(12)}px; font-weight: 500;
}}
QLabel[role="question"] {{ font-size: {px(17)}px; color: {c.muted}; }}
#card {{ background: {c.surface}; border: 1px solid {c.line}; border-radius: {px(12)}px; }}
#tour {{
    background: {c.surface}; border: {px(2)}px solid {c.accent}; border-radius: {px(12)}px;
}}
#palette {{ background: {c.surface}; border: 1px solid {c.line}; }}
QListWidget::item {{ border-radius: {px(6)}px; }}
QListWidget::item:selected {{ background: {c.accent_soft}; }}
#header {{ background: {c.panel}; border: none; border-bottom: 1px solid {c.line}; }}
#panel {{ background: {c.panel}; border: none; border-left: 1px solid {c.line}; }}
#status {{ background: {c.panel}; border: none; border-top: 1px solid {c.line}; }}
#status[mood="warning"] {{ background: {c.warning_soft}; }}
#status[mood="warning"] QLabel {{ color: {c.warning}; }}
#status QLabel {{ font-size: {px(12)}px; color: {c.muted}; }}
#status QLabel[mood="notice"] {{ color: {c.text}; }}
QToolTip {{
    background: {c.surface}; color: {c.text}; border: 1px solid {c.line};
    padding: {px(4)}px {px(8)}px; font-size: {px(12)}px;
}}
QMenu {{
    background: {c.surface}; border: 1px solid {c.line}; border-radius: {px(8)}px;
    padding: {px(6)}px;
}}
QMenu::item {{ padding: {px(6)}px {px(28)}px {px(6)}px {px(12)}px; border-radius: {px(6)}px; }}
QMenu::item:selected {{ background: {c.accent_soft}; color: {c.text}; }}
QMenu::item:disabled {{ color: {c.muted}; }}
QMenu::separator {{ height: 1px; background: {c.line}; margin: {px(6)}px {px(8)}px; }}
QPushButton {{
    background: {c.surface}; border: 1px solid {edge}; border-radius: {px(8)}px;
    padding: {px(8)}px {px(16)}px; font-weight: 500;
}}
QPushButton:hover {{ background: {c.hover}; }}
QPushButton:pressed {{ background: {c.line}; }}
QPushButton:focus {{ border: {px(2)}px solid {c.focus}; padding: {px(7)}px {px(15)}px; }}
QPushButton:disabled {{
    color: {c.muted}; background: {c.window}; border: 1px dashed {c.line};
}}
QPushButton[role="primary"] {{
    background: {c.accent}; color: {c.on_accent}; border: 1px solid {c.accent}; font-weight: 600;
}}
QPushButton[role="primary"]:hover {{ background: {c.accent}; border: 1px solid {c.text}; }}
QPushButton[role="primary"]:focus {{ border: {px(2)}px solid {c.text}; }}
QPushButton[role="primary"]:disabled {{
    background: {c.neutral_soft}; color: {c.muted}; border: 1px solid {c.line};
}}
QPushButton[role="quiet"] {{ background: transparent; border: 1px solid transparent; }}
QPushButton[role="quiet"]:hover {{ background: {c.hover}; }}
QPushButton[role="quiet"]:focus {{ border: {px(2)}px solid {c.focus}; }}
QToolButton {{
    background: transparent; border: 1px solid transparent; border-radius: {px(8)}px;
    padding: {px(5)}px {px(8)}px;
}}
QToolButton:hover {{ background: {c.hover}; }}
QToolButton:focus {{ border: 1px solid {c.focus}; }}
QToolButton::menu-indicator {{ image: none; }}
QLineEdit, QPlainTextEdit, QSpinBox, QDoubleSpinBox, QComboBox {{
    background: {c.surface}; border: 1px solid {edge}; border-radius: {px(8)}px;
    padding: {px(7)}px {px(10)}px; selection-background-color: {c.accent};
    selection-color: {c.on_accent};
}}
QLineEdit:focus, QPlainTextEdit:focus, QSpinBox:focus, QDoubleSpinBox:focus, QComboBox:focus {{
    border: {px(2)}px solid {c.focus}; padding: {px(6)}px {px(9)}px;
}}
QSpinBox::up-button, QSpinBox::down-button,
QDoubleSpinBox::up-button, QDoubleSpinBox::down-button {{ width: 0; border: none; }}
QSpinBox QLineEdit, QDoubleSpinBox QLineEdit {{
    background: transparent; border: none; padding: 0 {px(10)}px;
}}
QLineEdit[state="wrong"] {{ border: {px(2)}px solid {c.reject}; }}
QComboBox::drop-down {{ border: none; width: {px(24)}px; }}
QComboBox QAbstractItemView {{
    background: {c.surface}; border: 1px solid {c.line}; selection-color: {c.text};
    selection-background-color: {c.accent_soft}; outline: none; padding: {px(4)}px;
}}
QCheckBox, QRadioButton {{ spacing: {px(8)}px; background: transparent; }}
QListView, QTableView, QTreeView {{
    background: transparent; border: none; outline: none;
    selection-background-color: {c.accent_soft}; selection-color: {c.text};
}}
QHeaderView::section {{
    background: {c.window}; color: {c.muted}; border: none; border-bottom: 1px solid {c.line};
    padding: {px(6)}px {px(8)}px; font-size: {px(11)}px; font-weight: 600;
}}
QTextEdit#passage {{
    background: transparent; border: none;
    font-family: "{theme.reading_family}"; font-size: {px(21)}px;
}}
QProgressBar {{
    background: {c.neutral_soft}; border: none; border-radius: {px(3)}px;
    max-height: {px(6)}px; min-height: {px(6)}px;
}}
QProgressBar::chunk {{ background: {c.accent}; border-radius: {px(3)}px; }}
QScrollArea {{ background: transparent; border: none; }}
QScrollBar:vertical {{ background: transparent; width: {px(12)}px; margin: 0; }}
QScrollBar::handle:vertical {{
    background: {c.line}; border-radius: {px(4)}px; margin: {px(2)}px; min-height: {px(32)}px;
}}
QScrollBar::handle:vertical:hover {{ background: {c.muted}; }}
QScrollBar:horizontal {{ background: transparent; height: {px(12)}px; margin: 0; }}
QScrollBar::handle:horizontal {{
    background: {c.line}; border-radius: {px(4)}px; margin: {px(2)}px; min-width: {px(32)}px;
}}
QScrollBar::add-line, QScrollBar::sub-line {{ width: 0; height: 0; }}
QScrollBar::add-page, QScrollBar::sub-page {{ background: transparent; }}
"""


def _between(one: str, other: str, share: float) -> str:
    first, second = QColor(one), QColor(other)
    pairs = (
        (first.redF(), second.redF()),
        (first.greenF(), second.greenF()),
        (first.blueF(), second.blueF()),
    )
    return QColor.fromRgbF(*(a + share * (b - a) for a, b in pairs)).name()
