"""What is delivered in the end: a folder that is written whole or not at all."""

import shutil
import tempfile
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from al_desktop.core.errors import KnownError


@dataclass(frozen=True, slots=True)
class Trained:
    """What came of it: agreement with the model in the loop on texts not trained on, 0 to 1.

    base_kept   of the entities that the base finds alone in those texts, the share that is still
                found; None where the base isn't kept or finds none
    """

    folder: Path
    texts: int
    held_out: int
    precision: float
    recall: float
    f1: float
    base_kept: float | None = None


def check_free(destination: Path) -> None:
    """Raises KnownError when there is something already."""
    if destination.exists():
        raise KnownError(f'"{destination}" exists already: choose another name.')


def save_whole(destination: Path, write: Callable[[Path], None]) -> None:
    """Has `write` fill a new folder beside the destination, and moves it into place.

    Raises KnownError when that fails; then nothing is left behind.
    """
    try:
        destination.parent.mkdir(parents=True, exist_ok=True)
        beside = Path(tempfile.mkdtemp(prefix=".training-", dir=destination.parent))
        try:
            write(beside / "model")
            (beside / "model").rename(destination)
        finally:
            shutil.rmtree(beside, ignore_errors=True)
    except OSError as error:
        raise KnownError(
            f'The model can\'t be saved as "{destination}": {error.strerror}.'
        ) from error


def labels_of(folder: Path, content: str) -> list[str]:
    """Loads what was delivered as anybody would, and reads a text with it: the labels it knows.

    Raises what spaCy raises where the folder can't be loaded.
    """
    import spacy

    nlp = spacy.load(folder)
    doc = nlp(content)
    entities = nlp.get_pipe("ner").labels if "ner" in nlp.pipe_names else ()  # type: ignore[attr-defined]
    return [*doc.cats, *entities]
