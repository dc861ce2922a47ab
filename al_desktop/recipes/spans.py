"""Questions about spans: is this word or phrase a LABEL?"""

from collections.abc import Iterator, Sequence
from pathlib import Path

from al_desktop.core.configuration import Configuration
from al_desktop.core.gold import Gold
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import TextPool
from al_desktop.core.questions import Answer, Question
from al_desktop.models.deliverable import Trained
from al_desktop.models.encoder import WIDTH, PieceEncoder
from al_desktop.models.span_features import TokenScale
from al_desktop.models.span_learner import SpanLearner
from al_desktop.models.span_reader import SpanReader
from al_desktop.models.span_training import distil
from al_desktop.models.token_cache import TokenCache
from al_desktop.paths import resources
from al_desktop.recipes.approval import check_approved
from al_desktop.recipes.spans_card import card

MOST_TEXTS = 5_000
"""Read to train the deliverable, those with answers and those that promise most first."""


def build(configuration: Configuration, pool: TextPool, cache: Path) -> SpanLearner:
    """A learner about these texts. Raises KnownError as `open_reader` does."""
    return SpanLearner(configuration, pool, open_reader(configuration, cache))


def open_reader(configuration: Configuration, cache: Path) -> SpanReader:
    """Loads the encoder, the tokeniser and the base pipeline, if any. Raises KnownError, also for
    a base that nobody approved here."""
    check_approved(configuration.base)
    folder = resources() / "encoder"
    return SpanReader(
        configuration,
        PieceEncoder.load(folder / "vocab.txt"),
        TokenScale(folder / "token_scale.npy"),
        TokenCache(cache, f"{PieceEncoder.name}-{configuration.language}", WIDTH),
    )


def train(
    configuration: Configuration,
    pool: TextPool,
    answers: Sequence[tuple[Question, Answer]],
    destination: Path,
    cache: Path,
    keep_base: bool = False,
    gold: Sequence[tuple[str, Gold]] = (),
) -> Iterator[Progress | Trained]:
    """Trains the deliverable from the live answers: a folder `destination` that `spacy.load`
    opens without this program. Yields progress, at the end what came of it.

    With `keep_base` the base pipeline's recogniser stays in it and adds its labels around the
    project's. Closing the generator early leaves nothing behind. Raises KnownError when there is
    nothing to learn from, or `destination` exists.
    """
    learner = build(configuration, pool, cache)
    while (progress := learner.step()) is not None and progress.done < MOST_TEXTS:
        yield progress
    learner.learn(answers, gold)
    meta = {
        "name": "entities",
        "version": "0.0.0",
        "description": _description(configuration, answers),
        "trained_with": "AL Desktop",
    }
    yield from distil(
        learner.labelled(),
        learner,
        configuration,
        destination,
        keep_base,
        meta,
        lambda trained: card(configuration, answers, gold, learner, trained),
    )


def _description(configuration: Configuration, answers: Sequence[tuple[Question, Answer]]) -> str:
    counts = {kind: sum(answer is kind for _, answer in answers) for kind in Answer}
    names = ", ".join(label.name for label in configuration.labels)
    return (
        f"Recognises {names}. Distilled from a model that learned from {len(answers)} answers "
        f"({counts[Answer.ACCEPT]} accepted, {counts[Answer.REJECT]} rejected, "
        f"{counts[Answer.IGNORE]} ignored). The figures under performance say how far it agrees "
        "with that model on texts it was not trained on; they are not accuracy."
    )
