"""The main window: turns keys, clicks and menus into commands, and shows the screens."""

from collections.abc import Callable
from contextlib import suppress
from dataclasses import replace
from pathlib import Path

from PySide6.QtCore import QByteArray, QEvent, QObject, QSize, Qt
from PySide6.QtGui import QCloseEvent, QDragEnterEvent, QDropEvent, QKeyEvent
from PySide6.QtWidgets import (
    QApplication,
    QDialog,
    QMainWindow,
    QMenu,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.configuration import Label
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Answer, Kind
from al_desktop.gui import file_dialogs, focus, keys, preferences, words
from al_desktop.gui.annotate import BUTTONS, Annotate
from al_desktop.gui.annotating import Annotating
from al_desktop.gui.browse import Browse
from al_desktop.gui.colleagues import Colleagues
from al_desktop.gui.colleagues_settle import Settle
from al_desktop.gui.commands import BY_NAME, COMMANDS, Keymap, Situation, title_of
from al_desktop.gui.header import Header
from al_desktop.gui.highlight import BUTTONS as HIGHLIGHT_BUTTONS
from al_desktop.gui.highlight import Highlight
from al_desktop.gui.highlighting import Highlighting
from al_desktop.gui.home import Home
from al_desktop.gui.importing import ImportDialog, sentence_of
from al_desktop.gui.insights import Insights
from al_desktop.gui.key_sheet import KeySheet
from al_desktop.gui.label_dialog import LabelDialog
from al_desktop.gui.model_screen import CHECKS, ModelScreen
from al_desktop.gui.new_project import NewProject, Wanted, file_for
from al_desktop.gui.palette import CommandPalette
from al_desktop.gui.passage import Passage
from al_desktop.gui.problem import ProblemDialog
from al_desktop.gui.settings_screen import SettingsScreen
from al_desktop.gui.status_line import StatusLine
from al_desktop.gui.theme import Look
from al_desktop.gui.tour import Tour
from al_desktop.gui.tour_steps import sample_steps
from al_desktop.gui.workbench import Workbench
from al_desktop.project import (
    ImportReport,
    create_project,
    default_annotator,
    default_project_folder,
    export_answers,
    open_project,
    sample_project,
)
from al_desktop.settings import Settings
from al_desktop.storage.project_file import SUFFIX

TABS = (
    "screen.annotate",
    "screen.highlight",
    "screen.browse",
    "screen.insights",
    "screen.model",
    "screen.colleagues",
)


class MainWindow(QMainWindow):
    def __init__(self, look: Look, settings: Settings, restyle: Callable[[], None]) -> None:
        """`restyle` puts the settings' theme and text size in force."""
        super().__init__()
        self._look = look
        self._settings = settings
        self._restyle = restyle
        self._keymap = Keymap(settings["keys"])
        self._bench: Workbench | None = None
        self.header = Header(look, self._fill_menu)
        self.header.commanded.connect(self.run)
        self.status = StatusLine(look)
        self.annotate = Annotate(look)
        self.annotate.commanded.connect(self.run)
        self.home = Home(look)
        self.home.commanded.connect(self.run)
        self.home.chosen.connect(lambda path: self._guard(lambda: self.open(path)))
        self.home.forgotten.connect(self._forget)
        self.highlight = Highlight(look)
        self.highlight.commanded.connect(self.run)
        self.browse = Browse(look)
        self.browse.changed.connect(self._refresh)
        self.insights = Insights(look)
        self.model = ModelScreen(look)
        self.model.commanded.connect(self.run)
        self.colleagues = Colleagues(look)
        self.colleagues.commanded.connect(self.run)
        self.colleagues.closing.connect(self.close_project)
        self.colleagues.changed.connect(lambda path: self._guard(lambda: self._open_merged(path)))
        self.settle = Settle(look)
        self.settle.commanded.connect(self.run)
        self._new_project: NewProject | None = None
        self._settings_screen: SettingsScreen | None = None
        self._screens = QStackedWidget()
        for screen in (
            self.home,
            self.annotate,
            self.highlight,
            self.browse,
            self.insights,
            self.model,
            self.colleagues,
            self.settle,
        ):
            self._screens.addWidget(screen)
        self._annotating = Annotating(self.annotate, self.status, self._first_key)
        self._annotating.changed.connect(self._refresh)
        self._highlighting = Highlighting(self.highlight, self.status, self._first_key)
        self._highlighting.changed.connect(self._refresh)
        self._highlighting.left.connect(self._show_annotate)
        self._handlers = self._make_handlers()
        self._body = body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._screens, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(body)
        self.setAcceptDrops(True)
        for command in TABS:
            self.header.add_tab(command, title_of(BY_NAME[command]))
        self._name_buttons()
        self._show_home()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    # Opening and closing

    def open(self, path: Path) -> None:
        """Opens a project and starts its learner. Raises KnownError where it can't be opened."""
        path = path.resolve()
        if self._bench is not None and self._bench.project.file.path == path:
            self._show_annotate()
            return
        annotator = self._settings["annotator"] or default_annotator()
        project = open_project(path, annotator)
        self.attach(Workbench(project, annotator))
        preferences.remember_project(self._settings, path)
        self._opened().start()

    def attach(self, bench: Workbench) -> None:
        """Shows a project in place of the one that is open, which is closed."""
        self.close_project()
        self._bench = bench
        bench.warned.connect(self.status.warn)
        self._annotating.attach(bench)
        self._highlighting.attach(bench)
        self.browse.attach(bench)
        self.insights.attach(bench)
        self.model.attach(bench)
        self.colleagues.attach(bench)
        self.settle.attach(bench)
        self._show_annotate()

    def close_project(self) -> None:
        if self._bench is not None:
            bench, self._bench = self._bench, None
            self._annotating.attach(None)
            self._highlighting.attach(None)
            self.browse.attach(None)
            self.insights.attach(None)
            self.model.attach(None)
            self.colleagues.attach(None)
            self.settle.attach(None)
            self.status.warn("")
            bench.close()
            bench.deleteLater()

    @property
    def bench(self) -> Workbench | None:
        return self._bench

    def restore_place(self) -> None:
        """Where the window was when it was last closed."""
        place = self._settings["window"].get("geometry", "")
        geometry = QByteArray.fromBase64(str(place).encode("ascii", "ignore"))
        if geometry.isEmpty() or not self.restoreGeometry(geometry):
            self.resize(self.sizeHint())

    def closeEvent(self, event: QCloseEvent) -> None:
        geometry = bytes(self.saveGeometry().toBase64().data()).decode("ascii")
        with suppress(KnownError):  # not worth keeping a window open for
            self._settings["window"] = {**self._settings["window"], "geometry": geometry}
        self.close_project()
        super().closeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(1240, 800)

    # Commands

    def situation(self) -> Situation:
        bench = self._bench
        screen = self._screen_name()
        if bench is None:
            return Situation(screen=screen)
        session = bench.project.session
        now = Situation(
            screen=screen,
            has_project=True,
            has_question=bench.current is not None,
            is_revising=self._annotating.is_revising,
            has_history=len(bench.history) > 0,
            can_undo=self.settle.can_undo if screen == "settle" else session.can_undo,
            can_redo=session.can_redo,
            worker_stopped=bench.stopped_for_good,
            has_chosen_answer=screen == "browse" and self._can_revise_chosen(bench),
            has_disagreement=screen == "settle" and self.settle.current is not None,
            can_undo_merge=screen == "colleagues" and self.colleagues.can_undo_merge,
        )
        return self._highlighting.situation(now) if screen == "highlight" else now

    def _can_revise_chosen(self, bench: Workbench) -> bool:
        chosen = self.browse.chosen
        return chosen is not None and chosen.annotator == bench.annotator

    def run(self, name: str) -> None:
        """Runs a command, if it has an effect now; an error is shown, never raised."""
        if BY_NAME[name].when(self.situation()):
            self._guard(self._handlers[name])
            self._refresh()

    def _guard(self, action: Callable[[], None]) -> None:
        try:
            action()
        except KnownError as error:
            self.status.warn(str(error))
        except Exception as error:
            ProblemDialog(self._look, error, self).exec()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key_pressed(watched, event)
        return False

    def _key_pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        """Whether the key was a command of this window, and so is used up."""
        if not isinstance(watched, QWidget) or watched.window() is not self:
            return False
        if QApplication.activePopupWidget() or QApplication.activeModalWidget():
            return False
        if focus.wants(QApplication.focusWidget(), event):
            return False
        if self._settings_screen is not None and self._settings_screen.keys.is_waiting:
            return False
        pressed = keys.names(event)
        command = self._keymap.find(pressed, self.situation())
        if command is None:
            # On the annotate screen a useless key of ours must not wander on to a widget.
            return self.situation().is_annotating and self._keymap.is_bound(pressed)
        if not event.isAutoRepeat() or command.repeats:
            self.run(command.name)
        return True

    def _make_handlers(self) -> dict[str, Callable[[], None]]:
        return {
            **self._annotating.handlers(),
            **self._highlighting.handlers(),
            "screen.highlight": self._show_highlight,
            "highlight.this": self._highlight_this,
            "passage.down": lambda: self._scroll(1),
            "passage.up": lambda: self._scroll(-1),
            "passage.copy": self._copy,
            "answer.undo": self._undo,
            "answer.accept": lambda: self._answer(Answer.ACCEPT),
            "answer.reject": lambda: self._answer(Answer.REJECT),
            "answer.ignore": lambda: self._answer(Answer.IGNORE),
            "screen.browse": self._show_browse,
            "screen.insights": self._show_insights,
            "screen.model": self._show_model,
            "model.check": self._check,
            "model.train": self._train,
            "screen.colleagues": self._show_colleagues,
            "colleagues.send": self.colleagues.send,
            "colleagues.merge": self.colleagues.choose_copies,
            "colleagues.settle": self._show_settle,
            "colleagues.back": self._show_colleagues,
            "colleagues.undo_merge": self.colleagues.undo_merge,
            "screen.home": self._show_home,
            "screen.annotate": self._show_annotate,
            "project.new": self._show_new_project,
            "project.open": self._choose_project,
            "project.sample.spans": lambda: self._open_sample(Kind.SPANS),
            "project.sample.texts": lambda: self._open_sample(Kind.TEXTS),
            "project.labels": self._edit_labels,
            "project.import": self._choose_import,
            "project.export": self._export,
            "learner.restart": self._restart_learner,
            "window.close": self._quit,
            "view.larger": lambda: self._change_size(1),
            "view.smaller": lambda: self._change_size(-1),
            "view.normal": lambda: self._set_size(100),
            "view.theme": self._next_theme,
            "screen.settings": self._show_settings,
            "help.tour": self._show_tour,
            "help.palette": self._show_palette,
            "help.keys": lambda: self._show(KeySheet(self._look, self._keymap, self)),
        }

    def _answer(self, answer: Answer) -> None:
        if self._screen_name() == "browse":
            self.browse.revise(answer)
        elif self._screen_name() == "settle":
            self.settle.settle(answer)
        else:
            self._annotating.answer(answer)

    def _undo(self) -> None:
        if self._screen_name() == "settle":
            self.settle.undo()
        else:
            self._annotating.undo()

    # Screens

    def _screen_name(self) -> str:
        current = self._screens.currentWidget()
        names = {
            id(self.home): "home",
            id(self.annotate): "annotate",
            id(self.highlight): "highlight",
            id(self.browse): "browse",
            id(self.insights): "insights",
            id(self.model): "model",
            id(self.colleagues): "colleagues",
            id(self.settle): "settle",
            id(self._settings_screen): "settings",
        }
        return names.get(id(current), "new project")

    def _show_home(self) -> None:
        self.home.show_recent(self._settings["recent_projects"])
        self._show_screen(self.home)
        self.home.take_focus()

    def _show_annotate(self) -> None:
        self._show_screen(self.annotate)
        self.annotate.setFocus()
        self._annotating.show_current()

    def _show_highlight(self) -> None:
        self._show_screen(self.highlight)
        self.highlight.setFocus()
        self._highlighting.show()

    def _highlight_this(self) -> None:
        current = self._opened().current
        if current is not None:
            self._show_screen(self.highlight)
            self.highlight.setFocus()
            self._highlighting.show_text(current.question.text_key)

    def _passage(self) -> Passage:
        match self._screen_name():
            case "highlight":
                return self.highlight.passage
            case "settle":
                return self.settle.passage
        return self.annotate.passage

    def _scroll(self, pages: float) -> None:
        self._passage().scroll_by_page(pages)

    def _copy(self) -> None:
        if self._passage().copy_selection():
            self.status.notice(self.tr("Copied."))

    def _show_browse(self) -> None:
        self._show_screen(self.browse)
        self.browse.show_rows()
        self.browse.take_focus()

    def _show_insights(self) -> None:
        self._show_screen(self.insights)
        self.insights.setFocus()
        self.insights.show_figures()

    def _show_model(self) -> None:
        self._show_screen(self.model)
        self.model.setFocus()
        self.model.show_quality()

    def _show_colleagues(self) -> None:
        self._show_screen(self.colleagues)
        self.colleagues.setFocus()
        self.colleagues.refresh()
        self._refresh()

    def _show_settle(self) -> None:
        self._show_screen(self.settle)
        self.settle.setFocus()
        self.settle.begin()
        self._refresh()

    def _open_merged(self, path: Path) -> None:
        """Back where the merge began, on what there is now."""
        try:
            self.open(path)
        except KnownError:
            self._show_home()
            raise
        self._show_colleagues()

    def _check(self) -> None:
        self._opened().learner.check(CHECKS)
        self._show_annotate()
        self.status.notice(self.tr("The next {0} questions are random checks.").format(CHECKS))

    def _train(self) -> None:
        self._show_model()
        self.model.train()

    def _show_settings(self) -> None:
        if self._settings_screen is None:
            self._settings_screen = SettingsScreen(self._look, self._settings)
            self._settings_screen.changed.connect(self._setting_changed)
            self._screens.addWidget(self._settings_screen)
        self._show_screen(self._settings_screen)

    def _setting_changed(self, name: str) -> None:
        if name == "keys":
            self._keymap = Keymap(self._settings["keys"])
            self._name_buttons()
        self._restyle()
        self._refresh()

    def _open_sample(self, kind: Kind) -> None:
        self.open(sample_project(kind))
        if not self._settings["window"].get("toured"):
            self._show_tour()

    def _show_tour(self) -> None:
        if self.findChild(Tour) is not None:
            return
        self._show_annotate()
        self._settings["window"] = {**self._settings["window"], "toured": True}
        steps = sample_steps(self.annotate, self.status, self._first_key)
        Tour(self._look, steps, self._body)

    def _show_palette(self) -> None:
        now = self.situation()
        possible = [each for each in COMMANDS if each.when(now) and each.name != "help.palette"]
        palette = CommandPalette(
            self._look, [(each, self._first_key(each.name)) for each in possible], self
        )
        palette.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        palette.chosen.connect(self.run)
        palette.open_over(self)

    def _show_screen(self, screen: QWidget) -> None:
        self._screens.setCurrentWidget(screen)
        for passing in (self._new_project, self._settings_screen):
            if passing is not None and passing is not screen:
                self._screens.removeWidget(passing)
                passing.deleteLater()
        if screen is not self._new_project:
            self._new_project = None
        if screen is not self._settings_screen:
            self._settings_screen = None
        self._refresh()

    def _refresh(self) -> None:
        """Brings counts, buttons and titles up to date."""
        now = self.situation()
        for buttons in (self.annotate.buttons, self.highlight.buttons, self.settle.buttons):
            for name, button in buttons.items():
                button.setEnabled(BY_NAME[name].when(now))
        tab = "colleagues" if now.screen == "settle" else now.screen
        self.header.show_tab(f"screen.{tab}", usable=now.has_project)
        if self._bench is None:
            self.header.show_project("AL Desktop", "")
            self.setWindowTitle("AL Desktop")
            self.status.rest(self.tr("Everything stays on this computer"), self._hint())
            return
        session, statistics = self._bench.statistics()
        self.annotate.panel.show_statistics(session, statistics)
        file = self._bench.project.file
        kind = words.kind(file.configuration.kind)
        self.header.show_project(file.name, f"{kind} · {words.texts(statistics.texts)}")
        self.setWindowTitle(f"{file.name} – AL Desktop")
        self.status.rest(
            self.tr("Saved · every answer is on disk before the next question shows"),
            self._hint(),
        )

    def _hint(self) -> str:
        return self.tr("Press {0} for all keys").format(self._first_key("help.keys"))

    def _name_buttons(self) -> None:
        for screen, buttons in (
            (self.annotate, BUTTONS),
            (self.settle, BUTTONS),
            (self.highlight, HIGHLIGHT_BUTTONS),
        ):
            screen.name_buttons(
                {
                    name: (title_of(BY_NAME[name]), self._first_key(name), self._tip(name))
                    for name, _, _ in buttons
                }
            )

    def _first_key(self, name: str) -> str:
        bound = self._keymap.keys(name)
        return keys.shown(bound[0]) if bound else ""

    def _tip(self, name: str) -> str:
        shown = (keys.shown(key) for key in self._keymap.keys(name))
        return f"{title_of(BY_NAME[name])} ({', '.join(shown)})"

    def _fill_menu(self, menu: QMenu) -> None:
        now = self.situation()
        group = ""
        for command in COMMANDS:
            if not command.in_menu:
                continue
            if group and command.group != group:
                menu.addSeparator()
            group = command.group
            action = menu.addAction(f"{title_of(command)}\t{self._first_key(command.name)}")
            action.setEnabled(command.when(now))
            action.triggered.connect(lambda _=False, name=command.name: self.run(name))

    # Projects

    def _show_new_project(self) -> None:
        screen = NewProject(self._look)
        screen.wanted.connect(lambda wanted: self._guard(lambda: self._make_project(wanted)))
        screen.cancelled.connect(self._show_home)
        self._screens.addWidget(screen)
        self._new_project = screen
        self._show_screen(screen)
        screen.take_focus()

    def _make_project(self, wanted: Wanted) -> None:
        path = file_for(wanted.name, default_project_folder())
        share = self._settings["audit_share"]
        configuration = replace(wanted.configuration, audit_share=share)
        create_project(path, wanted.name, configuration).close()
        self.open(path)
        if wanted.highlights:
            self._show_highlight()
        if wanted.source is not None:
            self._import(wanted.source, wanted.choices)

    def _choose_project(self) -> None:
        chosen = file_dialogs.choose_project(self, default_project_folder())
        if chosen is not None:
            self.open(chosen)

    def _edit_labels(self) -> None:
        labels = self._opened().project.file.configuration.labels
        dialog = LabelDialog(self._look, labels, self)
        dialog.accepted_labels.connect(lambda found: self._guard(lambda: self._set_labels(found)))
        self._show(dialog)

    def _set_labels(self, labels: tuple[Label, ...]) -> None:
        """Stores them and opens the project anew: the learner asks about what there is now."""
        file = self._opened().project.file
        path = file.path
        file.configure(replace(file.configuration, labels=labels))
        self.close_project()
        self.open(path)

    def _choose_import(self) -> None:
        chosen = file_dialogs.choose_texts(self)
        if chosen is not None:
            self._import(chosen, {})

    def _import(self, source: Path, choices: dict[str, str]) -> None:
        dialog = ImportDialog(self._look, self._opened().project.file, source, choices, self)
        dialog.imported.connect(self._imported)
        self._show(dialog)

    def _imported(self, report: ImportReport) -> None:
        bench = self._opened()
        bench.texts_changed()
        self._annotating.show_current()
        if self._screen_name() == "highlight":
            self._highlighting.show()
        self.status.notice(sentence_of(report))

    def _export(self) -> None:
        project = self._opened().project
        kind = project.file.configuration.kind
        chosen = file_dialogs.choose_export(self, project.file.path, kind)
        if chosen is not None:
            path, form = chosen
            rows = export_answers(project, path, form)
            self.status.notice(self.tr("Wrote {0} to {1}.").format(words.rows(rows), path.name))

    def _forget(self, path: Path) -> None:
        preferences.forget_project(self._settings, path)
        self._show_home()

    def dragEnterEvent(self, event: QDragEnterEvent) -> None:
        if event.mimeData().hasUrls():
            event.acceptProposedAction()

    def dropEvent(self, event: QDropEvent) -> None:
        files = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
        if files:
            self._guard(lambda: self._take_dropped(files))

    def _take_dropped(self, files: list[Path]) -> None:
        """Project files are merged with the project that is open, if there is one."""
        if self._bench is not None and all(path.suffix == SUFFIX for path in files):
            self._show_colleagues()
            self.colleagues.offer(files)
        else:
            self.take_file(files[0])

    def take_file(self, path: Path) -> None:
        """Opens a project; takes any other file as texts, for this project or a new one."""
        if path.suffix == SUFFIX:
            self.open(path)
        elif self._bench is not None and self._new_project is None:
            self._import(path, {})
        else:
            if self._new_project is None:
                self._show_new_project()
            if self._new_project is not None:
                self._new_project.take_source(path)

    # The rest

    def _restart_learner(self) -> None:
        self._opened().restart_learner()
        self._annotating.show_current()

    def _quit(self) -> None:
        self.close()

    def _change_size(self, step: int) -> None:
        self._set_size(preferences.next_size(self._settings, step))

    def _set_size(self, percent: int) -> None:
        self._settings["text_size"] = percent
        self._restyle()
        self.status.notice(self.tr("Text size {0} %").format(percent))

    def _next_theme(self) -> None:
        self._settings["theme"] = chosen = preferences.next_theme(self._settings)
        self._restyle()
        name = words.translate("settings", chosen)
        self.status.notice(self.tr("Theme: {0}").format(name))

    def _show(self, dialog: QDialog) -> None:
        dialog.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        dialog.open()

    def _opened(self) -> Workbench:
        if self._bench is None:
            raise RuntimeError("this command needs an open project")
        return self._bench
