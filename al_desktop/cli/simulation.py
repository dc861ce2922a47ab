"""al-desktop simulate"""

from argparse import ArgumentParser, ArgumentTypeError, Namespace
from pathlib import Path

from al_desktop.cli.command import Command
from al_desktop.cli.recipe_arguments import add_recipe_arguments
from al_desktop.core.configuration_json import STRATEGIES


def _add_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--data",
        required=True,
        metavar="TRAIN.jsonl",
        type=Path,
        help='texts to ask about, with their true labels: {"text", "spans": [{"start", "end", '
        '"label"}]} or {"text", "label" or "labels"} on each line',
    )
    parser.add_argument(
        "--test", required=True, metavar="TEST.jsonl", type=Path, help="texts to measure on"
    )
    add_recipe_arguments(parser)
    parser.add_argument(
        "--answers", type=_positive, default=200, metavar="N", help="answers a run (default 200)"
    )
    parser.add_argument(
        "--seeds", type=_positive, default=1, metavar="K", help="runs, with seeds 0 to K-1"
    )
    parser.add_argument(
        "--strategy", choices=STRATEGIES, default="default", help="what to ask next"
    )
    parser.add_argument("--json", action="store_true", help="print JSON")


def _positive(text: str) -> int:
    number = int(text)
    if number < 1:
        raise ArgumentTypeError("must be at least 1")
    return number


def _run(arguments: Namespace) -> int:
    # It brings in numpy, which the window, opened from this command line, does without.
    from al_desktop.cli.simulated_runs import run

    return run(arguments)


COMMAND = Command(
    "simulate", "answer from known labels, and measure what is learned", _add_arguments, _run
)
