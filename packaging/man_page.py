"""Prints the manual page: packaging/linux/al-desktop.1 with the commands of the command line."""

from pathlib import Path

from al_desktop.cli.main import COMMANDS

TEMPLATE = Path(__file__).resolve().parent / "linux" / "al-desktop.1"


def page() -> str:
    commands = "\n".join(
        f".TP\n.B {_escaped(command.name)}\n{_escaped(command.summary)}" for command in COMMANDS
    )
    return TEMPLATE.read_text("utf-8").replace("@COMMANDS@", commands)


def _escaped(text: str) -> str:
    return text.replace("\\", "\\e").replace("-", "\\-").replace("'", "\\(aq")


if __name__ == "__main__":
    print(page(), end="")
