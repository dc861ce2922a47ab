"""al-desktop sample"""

from argparse import ArgumentParser, Namespace

from al_desktop.cli.command import Command, OpenWindow
from al_desktop.core.questions import Kind


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "kind",
        metavar="spans|texts",
        nargs="?",
        type=Kind,
        choices=list(Kind),
        default=Kind.SPANS,
        help="ask about spans (the default) or about whole texts",
    )


def _run(arguments: Namespace) -> OpenWindow:
    return OpenWindow(sample=arguments.kind)


COMMAND = Command(
    "sample",
    "open the sample project; without a display, play it and write down what was seen",
    _add_arguments,
    _run,
)
