"""The command line: one module a command, all in the table of `main`. No Qt."""

from al_desktop.cli.command import OpenWindow
from al_desktop.cli.main import main

__all__ = ["OpenWindow", "main"]
