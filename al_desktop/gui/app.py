"""Builds the window once and runs it."""

import gc
import logging
import sys
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from PySide6.QtCore import QLocale, QLoggingCategory, QTimer, QTranslator
from PySide6.QtWidgets import QApplication

from al_desktop import paths
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind
from al_desktop.gui.application import DesktopApplication, make_application
from al_desktop.gui.frame import preferences
from al_desktop.gui.frame.problem import ProblemDialog
from al_desktop.gui.help.news import news_since_last_time
from al_desktop.gui.language import translation
from al_desktop.gui.widgets.stylesheet import stylesheet
from al_desktop.gui.widgets.theme import Look, load_fonts, qt_palette
from al_desktop.gui.window import MainWindow
from al_desktop.gui.work.doorbell import ring
from al_desktop.project import sample_path, sample_project
from al_desktop.settings import FILE_NAME, Settings


@dataclass(frozen=True, slots=True)
class Application:
    """What `build` puts together; the parts live as long as this does. `restyle` puts the
    settings' theme and text size in force."""

    qt: QApplication
    look: Look
    settings: Settings
    window: MainWindow
    restyle: Callable[[], None]
    translators: tuple[QTranslator, ...] = ()


def run(project: Path | None = None, sample: Kind | None = None) -> int:
    """Opens the window, on a project or a sample if one is named, and returns when it is closed.

    A project that is open in another window is brought to the front there instead.
    """
    if _comes_forward(project, sample):
        return 0
    application = build()
    _catch_errors(application)
    take_files(application)
    application.window.restore_place()
    application.window.show()
    # After the first paint: the window is there while the file opens.
    QTimer.singleShot(0, lambda: begin(application, project, sample))
    gc.freeze()  # what is built stays; full collections need not look at it again
    gc.enable()
    return application.qt.exec()


def _comes_forward(project: Path | None, sample: Kind | None) -> bool:
    with suppress(KnownError):
        path = project if sample is None else sample_path(sample)
        return path is not None and ring(path)
    return False


def take_files(application: Application) -> None:
    """From now on files that the system hands over are opened in the window."""
    if isinstance(application.qt, DesktopApplication):
        application.qt.file_opened.connect(application.window.take_file)


def begin(application: Application, project: Path | None, sample: Kind | None = None) -> None:
    """What comes once the window is there: the project it was started on, and what's new."""
    news = news_since_last_time(application.settings)
    if notice := application.settings.take_notice():
        application.window.status.warn(notice)
    if sample is not None:
        open_or_say(application, lambda: sample_project(sample))
        if application.window.bench is not None:
            application.window.projects.sample_opened.emit()
    elif project is not None:
        open_or_say(application, lambda: project)
    elif application.window.last_project is not None:
        with suppress(KnownError):  # it may be open in another window: then there is Home
            application.window.open(application.window.last_project)
            application.window.restore_screen()
    if news:
        application.window.helping.show_news(news)


def build(settings: Settings | None = None) -> Application:
    """The application, styled, with its window not shown yet."""
    qt = make_application()
    qt.setApplicationName("al-desktop")
    qt.setApplicationDisplayName("AL Desktop")
    qt.setDesktopFileName("al-desktop")
    qt.setStyle("Fusion")
    if QLocale().language() is QLocale.Language.C:  # no thousands separator, no names
        QLocale.setDefault(QLocale(QLocale.Language.English))
    # Scripts the interface font lacks come from other fonts; Qt would print a line for each.
    QLoggingCategory.setFilterRules("qt.text.font.db=false")
    load_fonts(paths.resources() / "fonts")
    settings = settings or Settings(paths.config_folder() / FILE_NAME)
    translators = translation.install(qt, settings["language"], paths.resources() / "translations")
    look = Look(preferences.theme_of(settings))

    def restyle() -> None:
        theme = preferences.theme_of(settings)
        qt.setPalette(qt_palette(theme.colours))
        qt.setStyleSheet(stylesheet(theme))
        look.set_theme(theme)

    window = MainWindow(look, settings, restyle)
    # After the widgets were made: each of them is styled anew whenever it is put into another.
    restyle()
    qt.styleHints().colorSchemeChanged.connect(restyle)
    if notice := settings.take_notice():
        window.status.warn(notice)
    return Application(qt, look, settings, window, restyle, tuple(translators))


def open_or_say(application: Application, project: Callable[[], Path]) -> None:
    """Opens a project, or says in the window why it can't be opened."""
    try:
        application.window.open(project())
    except KnownError as error:
        application.window.status.warn(str(error))


def _catch_errors(application: Application) -> None:
    """An error nobody expected is shown once, calmly; the window stays."""
    logging.basicConfig(level=logging.WARNING)
    shown = False

    def show(kind: type[BaseException], error: BaseException, trace: TracebackType | None) -> None:
        nonlocal shown
        if issubclass(kind, KeyboardInterrupt):
            application.window.close()
            return
        if not shown:
            shown = True
            ProblemDialog(application.look, error, application.window).exec()
            shown = False

    sys.excepthook = show
