"""al-desktop self-test"""

from argparse import ArgumentParser, Namespace

from al_desktop import selftest
from al_desktop.cli.command import Command


def _add_arguments(parser: ArgumentParser) -> None:
    pass


def _run(arguments: Namespace) -> int:
    code = 0
    for step in selftest.run():
        print(f"{step.seconds:8.2f} s  {step.name:40} {step.failure or 'ok'}", flush=True)
        code |= step.failure is not None
    return int(code)


COMMAND = Command(
    "self-test", "try the whole journey without a display, with times", _add_arguments, _run
)
