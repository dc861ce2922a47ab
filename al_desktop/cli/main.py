"""The table of commands, and what happens to the words after `al-desktop`."""

import sys
from argparse import ArgumentParser
from collections.abc import Sequence
from importlib.metadata import version
from pathlib import Path

from al_desktop.cli import (
    agreement,
    exporting,
    importing,
    merging,
    new,
    self_test,
    sending,
    simulation,
    snapshots,
    stats,
    training,
    trust,
    window,
)
from al_desktop.cli.command import Command, OpenWindow, existing_project
from al_desktop.core.errors import KnownError

COMMANDS: tuple[Command, ...] = (
    new.COMMAND,
    importing.COMMAND,
    exporting.COMMAND,
    stats.COMMAND,
    trust.BIAS,
    trust.DOUBTS,
    snapshots.COMMAND,
    sending.SEND,
    sending.TAKE_MODEL,
    merging.MERGE,
    merging.UNDO_MERGE,
    agreement.COMMAND,
    training.COMMAND,
    simulation.COMMAND,
    window.COMMAND,
    self_test.COMMAND,
)

BAD_INPUT = 2
INTERRUPTED = 130


def main(words: Sequence[str]) -> int | OpenWindow:
    """Runs a command: its exit code, or that the window is to be opened."""
    try:
        return _run(words)
    except KnownError as error:
        print(error, file=sys.stderr)
        return BAD_INPUT
    except KeyboardInterrupt:
        print("Cancelled.", file=sys.stderr)
        return INTERRUPTED


def _run(words: Sequence[str]) -> int | OpenWindow:
    if not words:
        return OpenWindow()
    commands = {command.name: command for command in COMMANDS}
    if words[0] in commands or words[0].startswith("-"):
        arguments = build_parser().parse_args(words)
        return commands[arguments.command].run(arguments)
    return OpenWindow(existing_project(_project(words)))


def _project(words: Sequence[str]) -> Path:
    path = Path(words[0])
    if len(words) > 1:
        raise KnownError(f"{path} is no command, and only one project opens: al-desktop --help")
    return path


def build_parser() -> ArgumentParser:
    parser = ArgumentParser(
        prog="al-desktop",
        usage="al-desktop [PROJECT]\n       al-desktop COMMAND ...",
        description="Label text fast, offline, with active learning. Opens the window, on PROJECT "
        "if one is named; or does one of the commands below without a window.",
        epilog="al-desktop COMMAND --help tells more. docs/command-line.md has examples.",
    )
    parser.add_argument(
        "--version", action="version", version=f"AL Desktop {version('al-desktop')}"
    )
    parsers = parser.add_subparsers(dest="command", metavar="COMMAND", required=True)
    for command in COMMANDS:
        description = f"{command.summary[0].upper()}{command.summary[1:]}."
        one = parsers.add_parser(command.name, help=command.summary, description=description)
        command.add_arguments(one)
    return parser
