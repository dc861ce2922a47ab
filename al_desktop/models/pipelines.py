"""Tokenisers for each language, and pretrained spaCy pipelines that propose spans."""

from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import numpy as np

from al_desktop.core.configuration import BUNDLED_BASE
from al_desktop.core.errors import KnownError
from al_desktop.models.pipeline_meta import BUNDLED_PACKAGE

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

# Wide enough for second and third readings; without a density the beam fills with relabellings
# of one span and loses entities.
BEAM_WIDTH = 16
BEAM_DENSITY = 0.01

# Components that only cost time when a pipeline merely proposes entities. A shared `tok2vec` or
# `transformer` stays: the entity recogniser may listen to it.
_UNNEEDED = ("tagger", "parser", "senter", "morphologizer", "attribute_ruler", "lemmatizer")

# Languages whose own segmenter is an extra package, and the same language without it.
_WITHOUT_EXTRA_PACKAGES: dict[str, dict[str, Any]] = {
    "ko": {"nlp": {"tokenizer": {"@tokenizers": "spacy.Tokenizer.v1"}}},
    "vi": {
        "nlp": {"tokenizer": {"@tokenizers": "spacy.vi.VietnameseTokenizer", "use_pyvi": False}}
    },
}
# No spaces between words, and no segmenter: spaCy's Chinese default, a token a character.
_BY_CHARACTER = frozenset({"ja", "th", "lo", "my", "km", "bo"})


def blank_pipeline(language: str) -> "Language":
    """An empty spaCy pipeline: the tokeniser of a language, by its code such as "en".

    Raises KnownError for a code spaCy doesn't know.
    """
    import spacy

    code = "zh" if language in _BY_CHARACTER else language
    try:
        return spacy.blank(code, config=_WITHOUT_EXTRA_PACKAGES.get(code, {}))
    except ImportError as error:
        raise KnownError(
            f'There is no tokeniser for the language "{language}": choose another code, '
            'or "xx" for any language written with spaces.'
        ) from error


def load_pipeline(base: str) -> "Language":
    """A pretrained pipeline with an entity recogniser: BUNDLED_BASE, a package or a folder.

    Raises KnownError when it is missing, can't be loaded or recognises no entities.
    """
    import spacy

    name = BUNDLED_PACKAGE if base == BUNDLED_BASE else base
    if Path(name).is_dir() and not (Path(name) / "config.cfg").is_file():
        raise KnownError(f'The folder "{name}" is no spaCy pipeline: it has no config.cfg.')
    try:
        nlp = spacy.load(name, exclude=list(_UNNEEDED))
    except OSError as error:
        raise KnownError(
            f'The pipeline "{name}" was not found: choose an installed package or a folder '
            "that spaCy saved."
        ) from error
    except (AttributeError, ImportError, ValueError) as error:
        reason = str(error).splitlines()[0]
        raise KnownError(f'The pipeline "{name}" can\'t be loaded: {reason}') from error
    if "ner" not in nlp.pipe_names:
        raise KnownError(
            f'The pipeline "{name}" has no entity recogniser ("ner"): choose another, or none.'
        )
    return nlp


@dataclass(frozen=True, slots=True)
class Proposal:
    """Tokens `start` to `end` (exclusive) that a base pipeline reads as `label`."""

    start: int
    end: int
    label: str
    probability: float


class BaseProposer:
    """What a pretrained pipeline's entity recogniser proposes, with probabilities."""

    def __init__(self, nlp: "Language") -> None:
        self.nlp = nlp
        names = nlp.pipe_names
        recogniser: Any = nlp.get_pipe("ner")
        self._ner = recogniser
        self._before: list[Any] = [nlp.get_pipe(name) for name in names[: names.index("ner")]]
        self.labels: tuple[str, ...] = recogniser.labels

    def propose(self, docs: Sequence["Doc"]) -> list[list[Proposal]]:
        """For each document the spans of the beam. Source: `EntityRecognizer.beam_parse`, which
        works on a recogniser that was trained greedily. Sets nothing on the documents' ents."""
        docs = list(docs)
        if not any(len(doc) for doc in docs):
            return [[] for _ in docs]
        for component in self._before:
            docs = [component(doc) for doc in docs]
        beams = self._ner.beam_parse(docs, beam_width=BEAM_WIDTH, beam_density=BEAM_DENSITY)
        return [
            [
                Proposal(start, end, label, float(np.clip(probability, 0.0, 1.0)))
                for (start, end, label), probability in scored.items()
                if end > start
            ]
            for scored in self._ner.scored_ents(beams)
        ]
