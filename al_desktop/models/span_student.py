"""The recogniser to be trained: spaCy's own layers, started from a pretrained token encoder.

Besides its affixes and shape, a word comes with what the encoder in the loop makes of it alone
(`subword_vectors`). Without that, a recogniser of few texts finds next to no words but theirs.
"""

from collections.abc import Callable, Generator, Sequence
from copy import deepcopy
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.configuration import BUNDLED_BASE, Configuration
from al_desktop.core.progress import Progress
from al_desktop.models.pipelines import blank_pipeline, load_pipeline
from al_desktop.models.subword_vectors import fit_vectors, main_directions

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.vectors import Vectors

COMPONENT = "ner"
COMPONENT_BESIDE_BASE = "project_ner"
MOST_GENERAL, LONGEST_GENERAL = 12_000, 20
"""Words besides the pool's, and their characters; four times as many taught no more."""
_WORDS_AT_ONCE = 512

WIDTH = 96
_HASHED = {"NORM": 5000, "PREFIX": 1000, "SUFFIX": 2500, "SHAPE": 2500}
_MODEL: dict[str, Any] = {
    "@architectures": "spacy.TransitionBasedParser.v2",
    "state_type": "ner",
    "extra_state_tokens": False,
    "hidden_width": 64,
    "maxout_pieces": 2,
    "use_upper": True,
    "nO": None,
    "tok2vec": {
        "@architectures": "spacy.Tok2Vec.v2",
        "embed": {
            "@architectures": "spacy.MultiHashEmbed.v2",
            "width": WIDTH,
            "attrs": list(_HASHED),
            "rows": list(_HASHED.values()),
            "include_static_vectors": True,
        },
        "encode": {
            "@architectures": "spacy.MaxoutWindowEncoder.v2",
            "width": WIDTH,
            "depth": 4,
            "window_size": 1,
            "maxout_pieces": 3,
        },
    },
}
"""As in spaCy's own English pipelines, and with vectors of words."""

Encode = Callable[[Sequence[str]], NDArray[np.float32]]


@dataclass(frozen=True, slots=True)
class Student:
    """A pipeline with an untrained recogniser.

    component   what the recogniser is called in it
    source      the pretrained pipeline it starts from, if any
    """

    nlp: "Language"
    component: str
    source: "Language | None"

    @property
    def recogniser(self) -> Any:
        return self.nlp.get_pipe(self.component)

    def start(self) -> bool:
        """Takes over the token encoder of the source's recogniser; whether that has the same
        layers, so that it could."""
        layers = _layers(self.recogniser)
        others = [] if self.source is None else _layers(self.source.get_pipe("ner"))
        if [layer.name for layer in layers] != [layer.name for layer in others]:
            return False
        fresh = [{name: layer.get_param(name) for name in layer.param_names} for layer in layers]
        known = [{name: other.get_param(name) for name in other.param_names} for other in others]
        merged = [
            {name: _merged(known[name], value) for name, value in fresh.items()}
            for fresh, known in zip(fresh, known, strict=True)
        ]
        if any(value is None for each in merged for value in each.values()):
            return False
        for layer, values in zip(layers, merged, strict=True):
            for name, value in values.items():
                layer.set_param(name, value)
        return True


def untrained(configuration: Configuration, keep_base: bool, labels: Sequence[str]) -> Student:
    """With `keep_base` the recogniser stands before the base's own."""
    from thinc.api import use_ops

    base = configuration.base or (BUNDLED_BASE if configuration.language == "en" else "")
    source = load_pipeline(base) if base else None
    if keep_base and configuration.base:
        nlp, component, before = load_pipeline(base), COMPONENT_BESIDE_BASE, "ner"
    else:
        language = (source.lang if source is not None else None) or configuration.language
        nlp, component, before = blank_pipeline(language), COMPONENT, None
    # numpy's matrix products take a third of the time of those that spaCy would choose.
    with use_ops("numpy", use_blis=False):
        config = {"model": deepcopy(_MODEL)}
        recogniser: Any = nlp.add_pipe("ner", name=component, config=config, before=before)
    for label in labels:
        recogniser.add_label(label)
    return Student(nlp, component, source)


@dataclass(frozen=True, slots=True)
class Words:
    """words    in lower case, each once
    vectors  float32[n, d], what the encoder makes of each
    table    what a pipeline knows of these and by their pieces of all others
    """

    words: list[str]
    vectors: NDArray[np.float32]
    table: "Vectors"


def learn_words(
    student: Student, docs: "Sequence[Doc]", encode: Encode
) -> Generator[Progress, None, Words]:
    """Yields progress, then returns the words of these texts and some of the source's vocabulary.

    encode   gives float32[n, width] vectors of words
    """
    counts: dict[str, float] = {}
    if student.source is not None:
        known = (word.lower() for word in student.source.vocab.strings)
        general = {word for word in known if word.isalpha() and len(word) <= LONGEST_GENERAL}
        step = -(-len(general) // MOST_GENERAL) or 1
        counts.update(dict.fromkeys(sorted(general)[::step], 0.0))
    for doc in docs:
        for token in doc:
            if not token.is_space:
                counts[token.lower_] = counts.get(token.lower_, 0.0) + 1.0
    words = list(counts)
    vectors = []
    for start in range(0, len(words), _WORDS_AT_ONCE):
        vectors.append(encode(words[start : start + _WORDS_AT_ONCE]))
        yield Progress("encoding words", start, len(words))
    frequency = np.array(list(counts.values()), np.float32)
    wanted = main_directions(np.concatenate(vectors), frequency)
    table = yield from fit_vectors(student.nlp.vocab.strings, words, frequency, wanted)
    return Words(words, wanted, table)


def _layers(recogniser: Any) -> list[Any]:
    """Those of the token encoder that any recogniser like ours has, in order."""
    encoder = recogniser.model.get_ref("tok2vec")
    names = {"hashembed", "maxout", "layernorm", "linear"}
    return [layer for layer in encoder.walk(order="dfs_pre") if layer.name in names]


def _merged(known: Any, fresh: Any) -> Any:
    """The known values, and fresh ones for what else the layer sees now, namely vectors of
    words; None where the shapes don't agree."""
    if known.shape == fresh.shape:
        return known
    hashed = len(_HASHED) * WIDTH
    if known.shape[:-1] != fresh.shape[:-1] or known.shape[-1] != hashed:
        return None
    return np.concatenate([known, fresh[..., hashed:]], axis=-1)
