"""Recipes: what kind of question, which candidates, which model, which strategy."""

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from al_desktop.core.configuration import Configuration
from al_desktop.core.gold import Gold
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import Learner, TextPool
from al_desktop.core.questions import Answer, Kind, Question

if TYPE_CHECKING:
    from al_desktop.models.deliverable import Trained


Build = Callable[[Configuration, TextPool, Path], Learner]


def build_learner(configuration: Configuration, pool: TextPool, cache: Path) -> Learner:
    """Loads the recipe's models and prepares to ask about the pool; may take seconds.

    `cache` is a folder for what can be computed again. Raises KnownError for a model that is
    missing or damaged.
    """
    # Each recipe imports its models, which the other does not need.
    if configuration.kind is Kind.SPANS:
        from al_desktop.recipes import spans

        return spans.build(configuration, pool, cache)
    from al_desktop.recipes import texts

    return texts.build(configuration, pool, cache)


def train_model(
    configuration: Configuration,
    pool: TextPool,
    answers: Sequence[tuple[Question, Answer]],
    destination: Path,
    cache: Path,
    keep_base: bool = False,
    gold: Sequence[tuple[str, Gold]] = (),
) -> "Iterator[Progress | Trained]":
    """Trains what is delivered in the end: a folder that `spacy.load` opens without this program.

    Of `gold`, by text key, what is marked is among the answers; it tells what is not there.
    Yields progress, at the end what came of it; closing it early leaves nothing behind. Raises
    KnownError when there is nothing to learn from, or `destination` exists.
    """
    if configuration.kind is Kind.SPANS:
        from al_desktop.recipes import spans

        yield from spans.train(configuration, pool, answers, destination, cache, keep_base, gold)
    else:
        from al_desktop.recipes import texts_training

        yield from texts_training.train(configuration, pool, answers, destination, cache, gold)
