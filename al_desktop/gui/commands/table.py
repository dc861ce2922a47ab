"""The one table of what a user can do. Menus, buttons, tool tips, the key sheet, the palette and
the key editor are made from it."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from al_desktop.gui.commands.situation import (
    Situation,
    always,
    can_answer,
    can_flag,
    can_go,
    can_look_back,
    can_redo,
    can_redo_mark,
    can_take_back,
    can_undo,
    can_undo_mark,
    can_undo_merge,
    has_flags,
    has_label,
    has_project,
    has_question,
    is_highlighting,
    is_rereading,
    is_revising,
    is_rolled_back,
    is_settling,
    is_touring,
    marks_spans,
    not_home,
    shows_text,
    worker_stopped,
)

CONTEXT = "commands"


@dataclass(frozen=True, slots=True)
class Command:
    """name     stable, in settings and code: "answer.accept"
    title    what menus and buttons say, in English; `title_of` translates it
    keys     Qt's portable key names; the first is the one shown
    when     whether it has an effect now; a command without one is greyed and does nothing
    group    heading in the menu and on the key sheet
    repeats  whether holding the key down repeats it
    in_menu  whether the menu shows it too
    """

    name: str
    title: str
    keys: tuple[str, ...]
    when: Callable[[Situation], bool]
    group: str
    repeats: bool = False
    in_menu: bool = True


_ANSWERING = "Answering"
_HIGHLIGHTING = "Highlighting"
_HISTORY = "Looking back"
_MARKING = "Marking"
_PROJECT = "Project"
_SCREENS = "Screens"
_TEXT = "Text"
_VIEW = "View"
_HELP = "Help"

LABEL_KEYS = range(1, 10)

COMMANDS: tuple[Command, ...] = (
    Command("screen.home", "Home", ("Ctrl+H",), not_home, _SCREENS),
    Command("screen.annotate", "Annotate", ("Ctrl+1",), has_project, _SCREENS),
    Command("screen.highlight", "Highlight", ("Ctrl+2",), has_project, _SCREENS),
    Command("screen.browse", "Browse", ("Ctrl+3", "Ctrl+F"), has_project, _SCREENS),
    Command("screen.insights", "Insights", ("Ctrl+4",), has_project, _SCREENS),
    Command("screen.model", "Model", ("Ctrl+5",), has_project, _SCREENS),
    Command("screen.colleagues", "Colleagues", ("Ctrl+6",), has_project, _SCREENS),
    Command("answer.accept", "Accept", ("A", "Right"), can_answer, _ANSWERING),
    Command("answer.reject", "Reject", ("X", "Left"), can_answer, _ANSWERING),
    Command("answer.ignore", "Ignore", ("Space",), can_answer, _ANSWERING),
    Command("answer.undo", "Undo", ("Backspace", "Ctrl+Z"), can_undo, _ANSWERING),
    Command("answer.redo", "Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), can_redo, _ANSWERING),
    Command("highlight.this", "Highlight this text", ("H",), has_question, _HIGHLIGHTING),
    Command(
        "highlight.done", "Done, next text", ("Return", "Enter"), is_highlighting, _HIGHLIGHTING
    ),
    Command("highlight.skip", "Another text", ("N",), is_highlighting, _HIGHLIGHTING),
    Command("highlight.undo", "Undo", ("Ctrl+Z",), can_undo_mark, _HIGHLIGHTING, True),
    Command(
        "highlight.redo", "Redo", ("Ctrl+Y", "Ctrl+Shift+Z"), can_redo_mark, _HIGHLIGHTING, True
    ),
    Command("highlight.right", "Next word", ("Right",), marks_spans, _MARKING, True, False),
    Command("highlight.left", "Previous word", ("Left",), marks_spans, _MARKING, True, False),
    Command("highlight.down", "Line below", ("Down",), marks_spans, _MARKING, True, False),
    Command("highlight.up", "Line above", ("Up",), marks_spans, _MARKING, True, False),
    Command(
        "highlight.extend_right", "Select on", ("Shift+Right",), marks_spans, _MARKING, True, False
    ),
    Command(
        "highlight.extend_left", "Select back", ("Shift+Left",), marks_spans, _MARKING, True, False
    ),
    Command(
        "highlight.extend_down", "Select down", ("Shift+Down",), marks_spans, _MARKING, True, False
    ),
    Command("highlight.extend_up", "Select up", ("Shift+Up",), marks_spans, _MARKING, True, False),
    Command("highlight.mark", "Mark, same label", ("Space",), marks_spans, _MARKING, False, False),
    *(
        Command(
            f"highlight.label.{n}", f"Label {n}", (str(n),), has_label(n), _MARKING, False, False
        )
        for n in LABEL_KEYS
    ),
    Command(
        "highlight.remove",
        "Remove mark",
        ("Del", "Backspace"),
        marks_spans,
        _MARKING,
        False,
        False,
    ),
    Command("highlight.next", "Next mark", ("Ctrl+Right",), marks_spans, _MARKING, True, False),
    Command(
        "highlight.previous", "Mark before", ("Ctrl+Left",), marks_spans, _MARKING, True, False
    ),
    Command("highlight.words", "Whole words or characters", ("W",), marks_spans, _HIGHLIGHTING),
    Command("highlight.terms", "Mark terms beforehand", ("T",), marks_spans, _HIGHLIGHTING),
    Command("highlight.leave", "Let go", ("Esc",), is_highlighting, _MARKING, False, False),
    Command("history.back", "The answer before", ("Up",), can_look_back, _HISTORY, True, False),
    Command("history.forward", "The answer after", ("Down",), is_revising, _HISTORY, True, False),
    Command("flag.toggle", "Flag", ("F",), can_flag, _HISTORY),
    Command("flag.next", "The next flagged one", ("Shift+F",), has_flags, _HISTORY),
    Command("history.leave", "Back to the question", ("Esc",), is_revising, _HISTORY, False, False),
    Command("browse.take_back", "Take back", ("Del",), can_take_back, _HISTORY, False, False),
    Command("browse.go", "Go there", ("Return", "Enter"), can_go, _HISTORY, False, False),
    Command("project.new", "New project…", ("Ctrl+N",), always, _PROJECT),
    Command("project.open", "Open a project…", ("Ctrl+O",), always, _PROJECT),
    Command("project.merge", "Merge copies of a project…", (), always, _PROJECT, False, False),
    Command("project.sample.spans", "Sample project: names", (), always, _PROJECT),
    Command("project.sample.texts", "Sample project: topics", (), always, _PROJECT),
    Command("project.import", "Import texts…", ("Ctrl+I",), has_project, _PROJECT),
    Command("project.export", "Export answers…", ("Ctrl+E",), has_project, _PROJECT),
    Command("project.origin", "Where this project comes from…", (), has_project, _PROJECT),
    Command("project.labels", "Labels…", ("Ctrl+L",), has_project, _PROJECT),
    Command("model.check", "Ask random checks now", ("Ctrl+J",), has_project, _PROJECT),
    Command("model.mark", "Mark texts in full to check", (), has_project, _PROJECT),
    Command("model.keep", "Keep this model", (), has_project, _PROJECT),
    Command("model.restore", "Use all answers again", (), is_rolled_back, _PROJECT),
    Command(
        "answers.reread", "Read doubtful answers again", ("Ctrl+Shift+D",), has_project, _PROJECT
    ),
    Command("model.train", "Train the model to deliver…", (), has_project, _PROJECT),
    Command("colleagues.send", "Save a copy to send…", (), has_project, _PROJECT),
    Command("colleagues.merge", "Merge copies…", ("Ctrl+M",), has_project, _PROJECT),
    Command("colleagues.undo_merge", "Undo the last merge", (), can_undo_merge, _PROJECT),
    Command("colleagues.settle", "Settle disagreements", ("Ctrl+D",), has_project, _PROJECT),
    Command("learner.restart", "Start the model again", ("Ctrl+R",), worker_stopped, _PROJECT),
    Command("colleagues.back", "Back to colleagues", ("Esc",), is_settling, _PROJECT, False, False),
    Command("answers.back", "Back to insights", ("Esc",), is_rereading, _PROJECT, False, False),
    Command("passage.down", "Scroll down", ("PgDown",), shows_text, _TEXT, True, False),
    Command("passage.up", "Scroll up", ("PgUp",), shows_text, _TEXT, True, False),
    Command("passage.copy", "Copy", ("Ctrl+C",), shows_text, _TEXT, False, False),
    Command("view.larger", "Larger text", ("Ctrl++", "Ctrl+="), always, _VIEW, True),
    Command("view.smaller", "Smaller text", ("Ctrl+-",), always, _VIEW, True),
    Command("view.normal", "Normal text size", ("Ctrl+0",), always, _VIEW),
    Command("view.theme", "Next theme", ("Ctrl+T",), always, _VIEW),
    Command("screen.settings", "Settings", ("Ctrl+,",), always, _VIEW),
    Command("help.tour", "A tour in five steps", (), has_project, _HELP),
    Command("tour.next", "Tour: go on", ("Return", "Enter"), is_touring, _HELP, False, False),
    Command("tour.skip", "Tour: skip", ("Esc",), is_touring, _HELP, False, False),
    Command("help.palette", "All commands…", ("Ctrl+K",), always, _HELP),
    Command("help.keys", "All keys", ("?", "F1"), always, _HELP),
    Command("help.news", "What's new", (), always, _HELP),
    Command("help.about", "About AL Desktop", (), always, _HELP),
    Command("window.close", "Quit", ("Ctrl+Q",), always, _HELP),
)


def title_of(command: Command) -> str:
    return QCoreApplication.translate(CONTEXT, command.title)


def group_of(command: Command) -> str:
    return QCoreApplication.translate(CONTEXT, command.group)


class Keymap:
    """Which key means which command, with the user's own keys in place of the table's."""

    def __init__(self, changed: Mapping[str, Iterable[str]] | None = None) -> None:
        """`changed` maps command names to keys; names that are not in the table are left out."""
        own = {name: tuple(keys) for name, keys in (changed or {}).items()}
        self._keys = {each.name: own.get(each.name, each.keys) for each in COMMANDS}
        self._commands: dict[str, list[Command]] = {}
        for command in COMMANDS:
            for key in self._keys[command.name]:
                self._commands.setdefault(key, []).append(command)

    def keys(self, name: str) -> tuple[str, ...]:
        return self._keys[name]

    def find(self, keys: Iterable[str], now: Situation) -> Command | None:
        """The command that the first fitting of these key names has in this situation."""
        for key in keys:
            for command in self._commands.get(key, ()):
                if command.when(now):
                    return command
        return None

    def taken_by(self, key: str) -> str | None:
        """The name of the first command that has this key."""
        found = self._commands.get(key)
        return found[0].name if found else None

    def is_bound(self, keys: Iterable[str]) -> bool:
        return any(key in self._commands for key in keys)


BY_NAME: Mapping[str, Command] = {command.name: command for command in COMMANDS}
