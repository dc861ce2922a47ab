"""The main window: puts the parts together, and turns keys, clicks and menus into commands."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QByteArray, QSize
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QMainWindow, QMenu, QVBoxLayout, QWidget

from al_desktop.gui.commands.situation import Situation
from al_desktop.gui.commands.table import BY_NAME, COMMANDS, Keymap, title_of
from al_desktop.gui.frame.header import Header
from al_desktop.gui.frame.key_filter import KeyFilter
from al_desktop.gui.frame.pausing import Pausing
from al_desktop.gui.frame.screens import Screens
from al_desktop.gui.frame.shell import Shell
from al_desktop.gui.help.helping import Helping
from al_desktop.gui.language import words
from al_desktop.gui.language.known import translated
from al_desktop.gui.projects.projects import Projects
from al_desktop.gui.settings.viewing import Viewing
from al_desktop.gui.views import Views
from al_desktop.gui.widgets.theme import Look
from al_desktop.gui.work.workbench import Workbench
from al_desktop.settings import Settings

ANSWERS = ("answer.accept", "answer.reject", "answer.ignore", "highlight.done")


class MainWindow(QMainWindow):
    def __init__(self, look: Look, settings: Settings, restyle: Callable[[], None]) -> None:
        """`restyle` puts the settings' theme and text size in force."""
        super().__init__()
        self._settings = settings
        self._restyle = restyle
        self.shell = Shell(self, look, settings)
        self.status = self.shell.status
        self.screens = Screens()
        self.projects = Projects(self.shell, self.screens)
        self.views = views = Views(self.shell, self.screens, self.projects)
        self.home, self.annotate, self.highlight = views.home, views.annotate, views.highlight
        self.browse, self.insights, self.model = views.browse, views.insights, views.model
        self.colleagues, self.settle = views.colleagues, views.settle
        self.screens.fill(tuple(views.table()))
        self.header = Header(look, self._fill_menu)
        body = self._build_body()
        self._pausing = Pausing(lambda: int(settings["pause_hint"]))
        self._viewing = Viewing(self.shell, restyle)
        self.helping = Helping(self.shell, views.annotate, body, self.situation)
        self._connect()
        self.setAcceptDrops(True)
        self.screens.show_screen("home")
        self._refresh()
        self._key_filter = KeyFilter(self.shell, self.situation)
        QApplication.instance().installEventFilter(self._key_filter)  # type: ignore[union-attr]

    def open(self, path: Path) -> None:
        """Opens a project and starts its learner. Raises KnownError where it can't be opened."""
        self.projects.open(path)

    def attach(self, bench: Workbench) -> None:
        """Shows a project in place of the one that is open, which is closed."""
        self.projects.attach(bench)

    def take_file(self, path: Path) -> None:
        """Opens a project; takes any other file as texts, for this project or a new one. Says in
        the window why it can't."""
        self.shell.guard(lambda: self.projects.take_file(path))

    @property
    def bench(self) -> Workbench | None:
        return self.shell.bench

    # Commands

    def situation(self) -> Situation:
        screen, bench = self.screens.current, self.bench
        if bench is None:
            return Situation(screen=screen.name)
        return screen.situation(
            Situation(
                screen=screen.name,
                has_project=True,
                worker_stopped=bench.stopped_for_good,
                has_flags=bench.project.log.has_flags,
                is_touring=self.helping.is_touring and screen.name == "annotate",
                is_rolled_back=bench.keeping.rolled_back is not None,
            )
        )

    def run(self, name: str) -> None:
        """Runs a command, if it has an effect now; an error is shown, never raised."""
        if BY_NAME[name].when(self.situation()):
            self.shell.guard(self.handlers()[name])
            if name in ANSWERS:
                self._pausing.answered()
            self._refresh()

    def handlers(self) -> dict[str, Callable[[], None]]:
        """What every command does now."""
        return {
            **self.projects.handlers(),
            **self._viewing.handlers(),
            **self.helping.handlers(),
            "window.close": self._quit,
            **self.screens.handlers(),
        }

    def _connect(self) -> None:
        shell = self.shell
        shell.commanded.connect(self.run)
        shell.changed.connect(self._refresh)
        shell.setting_changed.connect(self._setting_changed)
        self.header.commanded.connect(self.run)
        self.screens.currentChanged.connect(self._refresh)
        self.projects.sample_opened.connect(self.helping.show_tour_once)
        for screen in self.screens.table:
            commanded = getattr(screen.widget, "commanded", None)
            if commanded is not None:
                commanded.connect(self.run)
            if screen.tab == screen.command:
                self.header.add_tab(screen.command, title_of(BY_NAME[screen.command]))
        self._name_buttons()

    def _setting_changed(self, name: str) -> None:
        if name == "keys":
            self.shell.keymap = Keymap(self._settings["keys"])
            self._name_buttons()
        self._restyle()
        self._refresh()

    # Showing

    def _build_body(self) -> QWidget:
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self.screens, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(body)
        return body

    def _refresh(self) -> None:
        """Brings counts, buttons and titles up to date."""
        if notice := self._settings.take_notice():
            self.status.notice(translated(notice))
        now, bench = self.situation(), self.bench
        for screen in self.screens.table:
            if screen.row is not None:
                screen.row.enable(lambda name: BY_NAME[name].when(now))
        self.header.show_tab(self.screens.current.tab, usable=now.has_project)
        if bench is None:
            self.header.show_project("AL Desktop", "")
            self.setWindowTitle("AL Desktop")
            self.status.rest(self.tr("Everything stays on this computer"), self._hint())
            return
        session, statistics = bench.statistics()
        self.annotate.panel.show_statistics(session, statistics)
        file = bench.project.file
        kind = words.kind(file.configuration.kind)
        self.header.show_project(file.name, f"{kind} · {words.texts(statistics.texts)}")
        self.setWindowTitle(f"{file.name} – AL Desktop")
        self.status.rest(self._resting(), self._hint())

    def _resting(self) -> str:
        minutes = self._pausing.due
        if minutes:
            said = self.tr("{0} minutes without a pause: a short one does eyes and answers good.")
            return said.format(words.number(minutes))
        return self.tr("Saved · every answer is on disk before the next question shows")

    def _hint(self) -> str:
        return self.tr("Press {0} for all keys").format(self.shell.first_key("help.keys"))

    def _name_buttons(self) -> None:
        for screen in self.screens.table:
            if screen.row is not None:
                screen.row.show_names(self.shell.name_of)

    def _fill_menu(self, menu: QMenu) -> None:
        now = self.situation()
        group = ""
        for command in COMMANDS:
            if not command.in_menu:
                continue
            if group and command.group != group:
                menu.addSeparator()
            group = command.group
            key = self.shell.first_key(command.name)
            action = menu.addAction(f"{title_of(command)}\t{key}")
            action.setEnabled(command.when(now))
            action.triggered.connect(lambda _=False, name=command.name: self.run(name))

    # The window itself

    def restore_place(self) -> None:
        """Where the window was when it was last closed."""
        place = self._settings["window"].get("geometry", "")
        geometry = QByteArray.fromBase64(str(place).encode("ascii", "ignore"))
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(self.sizeHint())

    @property
    def last_project(self) -> Path | None:
        """What was open when the window was last closed, if it is still there."""
        last = self._settings["window"].get("project")
        return Path(last) if isinstance(last, str) and last and Path(last).is_file() else None

    def restore_screen(self) -> None:
        """The screen that was shown when the window was last closed."""
        last = self._settings["window"].get("screen")
        for screen in self.screens.table:
            if screen.name == last and screen.tab == screen.command:
                self.screens.show_screen(screen.name)

    def closeEvent(self, event: QCloseEvent) -> None:
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        self._settings["window"] = {
            **self._settings["window"],
            "geometry": geometry,
            "screen": self.screens.current.name,
            "project": str(self.bench.project.file.path) if self.bench else "",
        }
        self.projects.close()
        super().closeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(1240, 800)

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self.shell.guard(lambda: self.projects.take_files(files))

    def _quit(self) -> None:
        self.close()
