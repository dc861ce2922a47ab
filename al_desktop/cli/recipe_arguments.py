"""The arguments that say what to ask about, shared by the commands that need a recipe."""

from argparse import ArgumentParser, Namespace
from collections.abc import Mapping
from pathlib import Path

from al_desktop.cli.starting_points import read_patterns, read_terms
from al_desktop.core.configuration import BUNDLED_BASE, Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind
from al_desktop.recipes.approval import approve

NO_MODEL = "none"


def add_recipe_arguments(parser: ArgumentParser) -> None:
    parser.add_argument(
        "--task",
        required=True,
        type=Kind,
        choices=list(Kind),
        help="ask about spans of texts (named entities) or about whole texts",
    )
    parser.add_argument(
        "--label", required=True, action="append", help="a label to ask about; may be repeated"
    )
    parser.add_argument(
        "--terms",
        metavar="FILE",
        type=Path,
        help="terms to start from: one a line; with several labels, label, tab, term",
    )
    parser.add_argument(
        "--patterns",
        metavar="FILE",
        type=Path,
        help="patterns to start from, as in Prodigy's patterns.jsonl",
    )
    parser.add_argument(
        "--model",
        metavar="NAME|DIR|none",
        help="spaCy pipeline that proposes spans: an installed package, a folder, none, or "
        "bundled (the default for English)",
    )
    parser.add_argument(
        "--language", default="en", metavar="CODE", help="of the texts, such as en, de, zh"
    )


def recipe(arguments: Namespace) -> Configuration:
    """Raises KnownError for labels given twice and for files that can't be read."""
    labels = [label.strip() for label in arguments.label]
    if len(set(labels)) < len(labels) or not all(labels):
        raise KnownError("Each --label must be given once and have a name.")
    nothing: Mapping[str, tuple[str, ...]] = {}
    terms = read_terms(arguments.terms, labels) if arguments.terms else nothing
    patterns = read_patterns(arguments.patterns, labels) if arguments.patterns else nothing
    return Configuration(
        kind=arguments.task,
        labels=tuple(
            Label(label, label, terms=terms.get(label, ()), patterns=patterns.get(label, ()))
            for label in labels
        ),
        language=arguments.language,
        base=_base(arguments.model, arguments.task, arguments.language),
    )


def _base(model: str | None, task: Kind, language: str) -> str:
    """Who names a model on the command line approves it."""
    if model is None:
        return BUNDLED_BASE if task is Kind.SPANS and language == "en" else ""
    if model == NO_MODEL:
        return ""
    folder = Path(model).expanduser()
    base = str(folder.resolve()) if folder.is_dir() else model
    approve(base)
    return base
