"""Trains the deliverable of text labels: a spaCy text classifier that does without this program.

It is distilled (Hinton et al. 2015): the model in the loop scores texts of the pool, and a linear
model over words and pairs of words learns those probabilities. A classifier trained on the few
answers alone would know only their words; and a neural one did no better on the same texts, in
ten times the time.
"""

from collections.abc import Generator, Sequence
from typing import TYPE_CHECKING, Any

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.progress import Progress
from al_desktop.models.logistic import best_cut, log_odds
from al_desktop.models.pipelines import blank_pipeline
from al_desktop.models.text_features import Floats

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc

COMPONENT = "textcat_multilabel"
ARCHITECTURE = {
    "@architectures": "spacy.TextCatBOW.v3",
    "exclusive_classes": False,
    "ngram_size": 2,
    "no_output_layer": False,
    "length": 262144,
}
MOST_EPOCHS = 40
PATIENCE = 3
"""Epochs without a gain on the texts apart, after which the best weights so far are taken."""
BATCH = 64
LEARNING_RATE = 0.001
POSITIVE = 0.3
"""Texts with a label of this probability are shown more often, until they make up ..."""
POSITIVE_SHARE = 0.25


def distil(
    language: str,
    labels: Sequence[str],
    contents: Sequence[str],
    targets: Floats,
    apart: NDArray[np.bool_],
    seed: int,
) -> Generator[Progress, None, "Language"]:
    """Yields progress, returns a pipeline that fills `doc.cats` with these labels.

    targets   float32[texts, labels], the probability that each text has each label
    apart     bool[texts], of which texts not to train on; where to accept from is set by them
    """
    from thinc.api import Adam

    nlp = blank_pipeline(language)
    component: Any = nlp.add_pipe(COMPONENT, config={"model": ARCHITECTURE, "threshold": 0.5})
    for label in labels:
        component.add_label(label)
    used = np.flatnonzero(~apart)
    docs = [nlp.make_doc(contents[i]) for i in used.tolist()]
    wanted = targets[used]
    component.initialize(lambda: [_example(doc, labels) for doc in docs[:10]], nlp=nlp)
    random = np.random.default_rng(seed)
    optimizer = Adam(LEARNING_RATE)
    others = [nlp.make_doc(contents[i]) for i in np.flatnonzero(apart).tolist()]
    best, weights, since = np.inf, component.model.to_bytes(), 0
    for epoch in range(MOST_EPOCHS):
        order = _balanced(wanted, random)
        for start in range(0, len(order), BATCH):
            rows = order[start : start + BATCH]
            _update(component.model, [docs[row] for row in rows], wanted[rows], optimizer)
            done = epoch * len(docs) + start * len(docs) // len(order)
            yield Progress("training texts", done, MOST_EPOCHS * len(docs))
        loss = _cross_entropy(component.model.predict(others), targets[apart])
        since += 1
        if loss < best:
            best, weights, since = loss, component.model.to_bytes(), 0
        if since == PATIENCE:
            break
    component.model.from_bytes(weights)
    _shift(component.model, component.model.predict(others), targets[apart] >= 0.5)
    return nlp


def probabilities(nlp: "Language", labels: Sequence[str], contents: Sequence[str]) -> Floats:
    """float32[texts, labels] by a pipeline."""
    rows = [[doc.cats[label] for label in labels] for doc in nlp.pipe(contents)]
    return np.array(rows, np.float32).reshape(len(contents), len(labels))


def _balanced(targets: Floats, random: np.random.Generator) -> NDArray[np.int64]:
    """Rows in the order of training: each once, those with a label as often as it takes."""
    positive = (targets > POSITIVE).any(axis=1)
    with_label, without = np.flatnonzero(positive), np.flatnonzero(~positive)
    wanted = int(len(without) * POSITIVE_SHARE / (1 - POSITIVE_SHARE))
    more = max(0, wanted - len(with_label)) if len(with_label) else 0
    drawn = random.choice(with_label, more) if more else with_label[:0]
    return random.permutation(np.concatenate((without, with_label, drawn)))


def _update(model: Any, docs: "list[Doc]", targets: Floats, optimizer: Any) -> None:
    """One step on cross-entropy. spaCy's own `update` takes no probabilities as targets, and
    learns from squared errors, which is slow for rare labels."""
    scores, backpropagate = model.begin_update(docs)
    # The output layer multiplies by the slope of the logistic function, which is taken out here.
    slope = np.maximum(scores * (1 - scores), 0.02)
    backpropagate((scores - targets) / slope / len(docs))
    model.finish_update(optimizer)


def _cross_entropy(scores: Floats, targets: Floats) -> float:
    """A text; 0 without texts."""
    clipped = np.clip(scores, 1e-6, 1 - 1e-6)
    losses = -(targets * np.log(clipped) + (1 - targets) * np.log(1 - clipped))
    return float(losses.sum() / max(len(losses), 1))


def _shift(model: Any, scores: Floats, accepted: NDArray[np.bool_]) -> None:
    """Moves the biases so that what was accepted is found from 0.5 on: half the way to the best
    cut, since there may be few of them. On texts not seen the linear model is less sure."""
    cuts = np.zeros(scores.shape[1], np.float32)
    for label, truth in enumerate(accepted.T):
        if truth.any() and not truth.all():
            cuts[label] = best_cut(log_odds(scores[:, label]), truth) / 2
    linear = next(node for node in model.walk() if node.name == "sparse_linear")
    linear.set_param("b", linear.get_param("b") - cuts)


def _example(doc: "Doc", labels: Sequence[str]) -> Any:
    from spacy.training import Example

    return Example.from_dict(doc, {"cats": dict.fromkeys(labels, 0.0)})
