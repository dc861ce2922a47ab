from PySide6.QtCore import Qt
from PySide6.QtGui import QFontDatabase
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QSpinBox

from al_desktop.gui import app
from al_desktop.gui.commands.palette import CommandPalette
from al_desktop.gui.commands.table import BY_NAME
from al_desktop.gui.settings.screen import SettingsScreen
from al_desktop.gui.widgets.controls import Choice
from al_desktop.gui.widgets.passage import Passage
from al_desktop.gui.widgets.theme import READING_FAMILIES
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.workbench import Workbench


def screen(window: MainWindow) -> SettingsScreen:
    window.run("screen.settings")
    found = window.findChild(SettingsScreen)
    assert found is not None
    return found


def test_a_changed_setting_is_in_force_and_stored(
    application: app.Application, window: MainWindow
) -> None:
    shown = screen(window)
    theme = next(box for box in shown.findChildren(Choice) if box.findData("dark") >= 0)
    theme.setCurrentIndex(theme.findData("dark"))
    assert application.look.colours.is_dark
    size = next(box for box in shown.findChildren(QSpinBox) if box.maximum() == 300)
    size.setValue(150)
    assert application.look.theme.scale == 1.5
    assert application.settings["theme"] == "dark"


def test_texts_are_set_in_the_chosen_font_and_width(
    application: app.Application, window: MainWindow, bench: Workbench
) -> None:
    passage = window.annotate.passage
    window.resize(2000, 800)
    widths = []
    for font, width in (("sans serif", "full width"), ("OpenDyslexic", "narrow")):
        application.settings["reading_font"] = font
        application.settings["line_width"] = width
        application.restyle()
        widths.append(passage.viewport().width())
        assert passage.document().defaultFont().family() == READING_FAMILIES[font]
        assert passage.document().defaultFont().family() in QFontDatabase.families()
    assert widths[1] < widths[0]
    assert widths[1] == application.look.theme.line_px()


def test_texts_keep_their_size_on_every_screen(
    application: app.Application, window: MainWindow, bench: Workbench
) -> None:
    for size in (100, 150):
        application.settings["text_size"] = size
        application.restyle()
        for name in ("annotate", "highlight", "browse"):
            window.run(f"screen.{name}")
            QApplication.processEvents()
            for passage in getattr(window, name).findChildren(Passage):
                drawn = passage.document().defaultFont().pixelSize()
                assert drawn == application.look.theme.reading_font().pixelSize(), name


def test_another_key_is_used_at_once(window: MainWindow, bench: Workbench) -> None:
    editor = screen(window).keys
    button = editor._buttons["answer.accept"]
    window.activateWindow()
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    QTest.keyClick(button, Qt.Key.Key_J)
    assert button.text().startswith("J")
    window.run("screen.annotate")
    QTest.keyClick(window, Qt.Key.Key_A)
    assert bench.statistics()[0].answers == 0
    QTest.keyClick(window, Qt.Key.Key_J)
    assert bench.statistics()[0].accept == 1


def test_a_key_that_is_taken_is_refused(window: MainWindow) -> None:
    editor = screen(window).keys
    editor.assign(BY_NAME["answer.accept"], "X")
    assert "Reject" in editor._problem.text()
    assert editor._settings["keys"] == {}
    editor.assign(BY_NAME["answer.accept"], "J")
    editor._reset()
    assert editor._settings["keys"] == {}


def test_the_palette_runs_what_was_typed(window: MainWindow, bench: Workbench) -> None:
    QTest.keyClick(window, Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.findChild(CommandPalette)
    assert palette is not None
    QTest.keyClicks(palette.line, "brow")
    QTest.keyClick(palette.line, Qt.Key.Key_Return)
    assert window.situation().screen == "browse"
