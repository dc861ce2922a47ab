"""al-desktop self-test"""

from argparse import ArgumentParser, Namespace

from al_desktop import selftest
from al_desktop.cli.command import Command


def _add_arguments(parser: ArgumentParser) -> None:
    pass


def _run(arguments: Namespace) -> int:
    failed, seconds = 0, 0.0
    for step in selftest.run():
        print(f"{step.seconds:8.2f} s  {step.name:42} {step.failure or 'ok'}", flush=True)
        failed += step.failure is not None
        seconds += step.seconds
    print(f"{seconds:8.2f} s  {f'{failed} failed' if failed else 'all well'}")
    return 1 if failed else 0


COMMAND = Command(
    "self-test", "try the whole journey without a display, with times", _add_arguments, _run
)
