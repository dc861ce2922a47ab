"""The main window: turns keys, clicks and menus into commands, and shows what they changed."""

from collections.abc import Callable
from pathlib import Path

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QCloseEvent, QKeyEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QFileDialog,
    QLineEdit,
    QMainWindow,
    QMenu,
    QPlainTextEdit,
    QStackedWidget,
    QVBoxLayout,
    QWidget,
)

from al_desktop.core.errors import KnownError
from al_desktop.core.events import Event
from al_desktop.core.questions import Answer
from al_desktop.gui import keys, words
from al_desktop.gui.annotate import BUTTONS, Annotate
from al_desktop.gui.commands import BY_NAME, COMMANDS, Keymap, Situation, group_of, title_of
from al_desktop.gui.header import Header
from al_desktop.gui.key_sheet import KeySheet
from al_desktop.gui.problem import ProblemDialog
from al_desktop.gui.status_line import StatusLine
from al_desktop.gui.theme import Appearance, Look
from al_desktop.gui.workbench import Workbench
from al_desktop.project import default_annotator, export_answers, open_project
from al_desktop.settings import Settings

TEXT_SIZES = (75, 90, 100, 110, 125, 150, 175, 200)


class MainWindow(QMainWindow):
    def __init__(self, look: Look, settings: Settings, restyle: Callable[[], None]) -> None:
        """`restyle` puts the settings' theme and text size in force."""
        super().__init__()
        self._look = look
        self._settings = settings
        self._restyle = restyle
        self._keymap = Keymap(settings["keys"])
        self._bench: Workbench | None = None
        self._revising: int | None = None
        self._handlers = self._make_handlers()
        self.annotate = Annotate(look)
        self.annotate.commanded.connect(self.run)
        self.header = Header(look, self._fill_menu)
        self.header.commanded.connect(self.run)
        self.status = StatusLine(look)
        self._screens = QStackedWidget()
        self._screens.addWidget(self.annotate)
        body = QWidget()
        layout = QVBoxLayout(body)
        layout.setContentsMargins(0, 0, 0, 0)
        layout.setSpacing(0)
        layout.addWidget(self.header)
        layout.addWidget(self._screens, 1)
        layout.addWidget(self.status)
        self.setCentralWidget(body)
        self.annotate.panel.history.chosen.connect(self._look_at)
        self._name_buttons()
        self._rest()
        self._refresh()
        self.annotate.setFocus()
        QApplication.instance().installEventFilter(self)  # type: ignore[union-attr]

    # Opening and closing

    def open(self, path: Path) -> None:
        """Opens a project and starts its learner. Raises KnownError where it can't be opened."""
        annotator = self._settings["annotator"] or default_annotator()
        project = open_project(path, annotator)
        self.attach(Workbench(project, annotator))
        self._opened().start()

    def attach(self, bench: Workbench) -> None:
        """Shows a project in place of the one that is open, which is closed."""
        self.close_project()
        self._bench = bench
        project = bench.project
        bench.asked.connect(self._show_current)
        bench.model_changed.connect(self.annotate.panel.show_model)
        bench.worked.connect(self.annotate.panel.show_work)
        bench.warned.connect(self.status.warn)
        self.annotate.set_configuration(project.file.configuration)
        self.annotate.panel.history.setModel(bench.history)
        self.setWindowTitle(f"{project.file.name} – AL Desktop")
        statistics = project.statistics()
        self.header.show_project(
            project.file.name,
            f"{words.kind(project.file.configuration.kind)} · {words.texts(statistics.texts)}",
        )
        self._show_current()

    def close_project(self) -> None:
        if self._bench is not None:
            bench, self._bench = self._bench, None
            self.annotate.panel.history.setModel(None)
            bench.close()
            bench.deleteLater()

    @property
    def bench(self) -> Workbench | None:
        return self._bench

    def closeEvent(self, event: QCloseEvent) -> None:
        self.close_project()
        super().closeEvent(event)

    def sizeHint(self) -> QSize:
        return QSize(1240, 800)

    # Commands

    def situation(self) -> Situation:
        bench = self._bench
        if bench is None:
            return Situation()
        session = bench.project.session
        return Situation(
            screen="annotate",
            has_project=True,
            has_question=bench.current is not None,
            is_revising=self._revising is not None,
            has_history=len(bench.history) > 0,
            can_undo=session.can_undo,
            can_redo=session.can_redo,
            worker_stopped=bench.stopped_for_good,
        )

    def run(self, name: str) -> None:
        """Runs a command, if it has an effect now; an error is shown, never raised."""
        if not BY_NAME[name].when(self.situation()):
            return
        try:
            self._handlers[name]()
        except KnownError as error:
            self.status.warn(str(error))
        except Exception as error:
            ProblemDialog(self._look, error, self).exec()
        self._refresh()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            return self._key_pressed(watched, event)
        return False

    def _key_pressed(self, watched: QObject, event: QKeyEvent) -> bool:
        """Whether the key was a command of this window, and so is used up."""
        application = QApplication
        if not isinstance(watched, QWidget) or watched.window() is not self:
            return False
        if application.activePopupWidget() or application.activeModalWidget():
            return False
        if _belongs_to(application.focusWidget(), event):
            return False
        pressed = keys.names(event)
        command = self._keymap.find(pressed, self.situation())
        if command is None:
            # A held or useless key of ours must not wander on to a widget.
            return self._keymap.is_bound(pressed)
        if not event.isAutoRepeat() or command.repeats:
            self.run(command.name)
        return True

    def _make_handlers(self) -> dict[str, Callable[[], None]]:
        return {
            "answer.accept": lambda: self._answer(Answer.ACCEPT),
            "answer.reject": lambda: self._answer(Answer.REJECT),
            "answer.ignore": lambda: self._answer(Answer.IGNORE),
            "answer.undo": self._undo,
            "answer.redo": self._redo,
            "history.back": lambda: self._look_at(
                0 if self._revising is None else self._revising + 1
            ),
            "history.forward": self._look_forward,
            "history.leave": self._leave_history,
            "project.export": self._export,
            "learner.restart": self._restart_learner,
            "window.close": self._quit,
            "passage.down": lambda: self.annotate.passage.scroll_by_page(1),
            "passage.up": lambda: self.annotate.passage.scroll_by_page(-1),
            "passage.copy": self._copy,
            "view.larger": lambda: self._change_size(1),
            "view.smaller": lambda: self._change_size(-1),
            "view.normal": lambda: self._set_size(100),
            "view.theme": self._next_theme,
            "help.keys": lambda: self._show(KeySheet(self._look, self._keymap, self)),
        }

    # Answering

    def _answer(self, answer: Answer) -> None:
        bench = self._opened()
        if self._revising is not None:
            self._revise(bench, bench.history.event_at(self._revising), answer)
            return
        bench.answer(answer)
        self.annotate.flash(answer)
        self._show_current()

    def _revise(self, bench: Workbench, event: Event, answer: Answer) -> None:
        if event.answer is not answer:
            bench.revise(event, answer)
            self.status.notice(self.tr("Changed to {0}.").format(words.answer(answer)))
        self.annotate.flash(answer)
        self._leave_history()

    def _undo(self) -> None:
        if self._opened().undo() is not None:
            self.annotate.buttons["answer.undo"].flash()
            self._show_current()
            self.status.notice(self.tr("Took back the last answer."))

    def _redo(self) -> None:
        if self._opened().redo() is not None:
            self._show_current()
            self.status.notice(self.tr("Gave the answer again."))

    # Looking back

    def _look_at(self, row: int) -> None:
        bench = self._opened()
        if not 0 <= row < len(bench.history):
            return
        self._revising = row
        event = bench.history.event_at(row)
        hint = self.tr("You {0} this. Press a key to change it, {1} to go back.").format(
            words.answer(event.answer), self._first_key("history.leave")
        )
        self.annotate.show_earlier(event, bench.text(event.question.text_key), hint)
        self.annotate.panel.history.show_chosen(row)
        self._refresh()

    def _look_forward(self) -> None:
        if self._revising:
            self._look_at(self._revising - 1)
        else:
            self._leave_history()

    def _leave_history(self) -> None:
        self._revising = None
        self.annotate.panel.history.show_chosen(None)
        self._show_current()

    # Showing

    def _show_current(self) -> None:
        """Shows the current question, or why there is none; an earlier answer stays on screen."""
        bench = self._bench
        if bench is None or self._revising is not None:
            return
        asked = bench.current
        if asked is not None:
            self.annotate.show_question(asked, bench.text(asked.question.text_key))
            bench.question_shown()
        else:
            self.annotate.show_nothing(*self._why_nothing(bench))
        self._refresh()

    def _why_nothing(self, bench: Workbench) -> tuple[str, str]:
        if not bench.project.statistics().texts:
            return self.tr("No texts yet"), self.tr("Import texts to start.")
        if bench.stopped_for_good:
            return (
                self.tr("The model can't start"),
                self.tr("What is wrong and what to do is in the line below."),
            )
        if bench.loading:
            return bench.loading, self.tr("The first question comes in a moment.")
        if bench.finished:
            return (
                self.tr("All done"),
                self.tr(
                    "There is nothing left to ask about these texts. Export your answers, "
                    "or import more texts."
                ),
            )
        return self.tr("Looking for the next question…"), ""

    def _refresh(self) -> None:
        """Brings counts and buttons up to date."""
        now = self.situation()
        for name, _, _ in BUTTONS:
            self.annotate.buttons[name].setEnabled(BY_NAME[name].when(now))
        if self._bench is not None:
            self.annotate.panel.show_statistics(*self._bench.statistics())

    def _rest(self) -> None:
        self.status.rest(
            self.tr("Saved · every answer is on disk before the next question shows"),
            self.tr("Press {0} for all keys").format(self._first_key("help.keys")),
        )

    def _name_buttons(self) -> None:
        self.annotate.name_buttons(
            {
                name: (title_of(BY_NAME[name]), self._first_key(name), self._tip(name))
                for name, _, _ in BUTTONS
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
            if group and command.group != group:
                menu.addSeparator()
            group = command.group
            action = menu.addAction(title_of(command))
            action.setStatusTip(group_of(command))
            if self._keymap.keys(command.name):
                action.setText(f"{title_of(command)}\t{self._first_key(command.name)}")
            action.setEnabled(command.when(now))
            action.triggered.connect(lambda _=False, name=command.name: self.run(name))

    # The rest

    def _export(self) -> None:
        bench = self._opened()
        suggestion = bench.project.file.path.with_suffix(".jsonl")
        chosen, _ = QFileDialog.getSaveFileName(
            self, self.tr("Export answers"), str(suggestion), self.tr("Prodigy JSONL (*.jsonl)")
        )
        if chosen:
            count = export_answers(bench.project, Path(chosen))
            self.status.notice(
                self.tr("Wrote {0} to {1}.").format(words.answers(count), Path(chosen).name)
            )

    def _restart_learner(self) -> None:
        self._opened().restart_learner()
        self._show_current()

    def _quit(self) -> None:
        self.close()

    def _copy(self) -> None:
        if self.annotate.passage.copy_selection():
            self.status.notice(self.tr("Copied."))

    def _change_size(self, step: int) -> None:
        now = self._settings["text_size"]
        nearest = min(range(len(TEXT_SIZES)), key=lambda each: abs(TEXT_SIZES[each] - now))
        self._set_size(TEXT_SIZES[min(max(0, nearest + step), len(TEXT_SIZES) - 1)])

    def _set_size(self, percent: int) -> None:
        self._settings["text_size"] = percent
        self._restyle()
        self.status.notice(self.tr("Text size {0} %").format(percent))

    def _next_theme(self) -> None:
        choices = list(Appearance)
        chosen = choices[(choices.index(Appearance(self._settings["theme"])) + 1) % len(choices)]
        self._settings["theme"] = chosen.value
        self._restyle()
        self.status.notice(self.tr("Theme: {0}").format(chosen.value))

    def _show(self, sheet: KeySheet) -> None:
        sheet.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        sheet.open()

    def _opened(self) -> Workbench:
        if self._bench is None:
            raise RuntimeError("this command needs an open project")
        return self._bench


def _belongs_to(focus: QWidget | None, event: QKeyEvent) -> bool:
    """Whether the widget with the focus wants this key itself: typing, or pressing a button."""
    modifiers = event.modifiers() & ~Qt.KeyboardModifier.ShiftModifier
    plain = modifiers in (Qt.KeyboardModifier.NoModifier, Qt.KeyboardModifier.KeypadModifier)
    if isinstance(focus, QLineEdit | QPlainTextEdit):
        return plain or event.key() in (Qt.Key.Key_C, Qt.Key.Key_V, Qt.Key.Key_X, Qt.Key.Key_Z)
    if isinstance(focus, QAbstractButton):
        return plain and event.key() in (Qt.Key.Key_Space, Qt.Key.Key_Return, Qt.Key.Key_Enter)
    return False
