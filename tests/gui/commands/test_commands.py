from PySide6.QtGui import QKeySequence

from al_desktop.gui.commands.situation import Situation
from al_desktop.gui.commands.table import BY_NAME, COMMANDS, Keymap
from al_desktop.gui.window import MainWindow

SITUATIONS = [
    Situation("home"),
    Situation("home", True),
    Situation(
        "annotate",
        True,
        shows_text=True,
        can_answer=True,
        has_question=True,
        has_history=True,
        can_flag=True,
        has_flags=True,
        is_touring=True,
        can_undo=True,
        can_redo=True,
    ),
    Situation(
        "annotate",
        True,
        shows_text=True,
        can_answer=True,
        has_question=True,
        has_history=True,
        is_revising=True,
    ),
    Situation("annotate", True, worker_stopped=True),
    Situation(
        "browse",
        True,
        can_answer=True,
        has_question=True,
        can_flag=True,
        has_flags=True,
        can_undo=True,
        can_take_back=True,
        can_go=True,
    ),
    Situation(
        "highlight",
        True,
        shows_text=True,
        can_flag=True,
        has_flags=True,
        has_draft=True,
        marks_spans=True,
        labels=9,
        can_undo_mark=True,
        can_redo_mark=True,
    ),
    Situation("settle", True, shows_text=True, can_answer=True, can_undo=True),
    Situation("reread", True, shows_text=True, can_answer=True, can_undo=True),
    Situation("model", True, is_rolled_back=True),
    Situation("colleagues", True, can_undo_merge=True),
    Situation("browse", True, can_answer=True),
    Situation("highlight", True, has_draft=True, labels=9, can_undo_mark=True, can_redo_mark=True),
    Situation("highlight", True, has_draft=True, marks_spans=True, labels=9),
]


def test_names_are_unique() -> None:
    assert len(BY_NAME) == len(COMMANDS)


def test_keys_are_written_as_qt_names_them() -> None:
    for command in COMMANDS:
        for key in command.keys:
            portable = QKeySequence.SequenceFormat.PortableText
            assert QKeySequence(key).toString(portable) == key, command.name


def test_no_key_means_two_commands_at_once() -> None:
    for now in SITUATIONS:
        possible = [key for each in COMMANDS if each.when(now) for key in each.keys]
        assert len(possible) == len(set(possible)), now


def test_every_command_has_an_effect_somewhere() -> None:
    for command in COMMANDS:
        assert any(command.when(now) for now in SITUATIONS), command.name


def test_every_command_is_handled(window: MainWindow) -> None:
    assert set(window.handlers()) == set(BY_NAME)


def test_own_keys_replace_those_of_the_table() -> None:
    keymap = Keymap({"answer.accept": ["J"], "no.such.command": ["Q"]})
    now = Situation("annotate", True, can_answer=True)
    found = keymap.find(["J"], now)
    assert found is not None
    assert found.name == "answer.accept"
    assert keymap.find(["A"], now) is None
