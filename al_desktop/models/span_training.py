"""Trains the deliverable: a spaCy entity recogniser that does without this program.

It is distilled: the heads label the whole pool, the answers override them, and spans the heads
are unsure of are left missing. Trained on the answers alone it would learn from a few known spans
that everything else may be an entity, too. Names that mean the same everywhere go into an entity
ruler before it where that brings it closer to the heads: a recogniser of few texts forgets many.
Made-up sentences that the heads label, too, teach it what they make of words no text had.
"""

from collections.abc import Callable, Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.configuration import Configuration
from al_desktop.core.errors import KnownError
from al_desktop.core.progress import Progress
from al_desktop.models.deliverable import Trained, check_free, save_whole
from al_desktop.models.span_invention import invent
from al_desktop.models.span_names import reliable_names
from al_desktop.models.span_student import Words, learn_words, untrained
from al_desktop.models.subword_vectors import looked_up

if TYPE_CHECKING:
    from spacy.language import Language
    from spacy.tokens import Doc
    from spacy.training import Example

NAMES = "project_names"
EPOCHS_FROM_PRETRAINED = 8
EPOCHS_FROM_NOTHING = 16
MOST_EPOCHS = 30
FEWEST_UPDATES = 200
"""Few texts are gone through more often, up to MOST_EPOCHS times, to come to so many."""
DROPOUT = 0.3
LEARNING_RATE = 0.001
WEIGHT_DECAY = 0.01
SMALLEST_BATCH_WORDS, LARGEST_BATCH_WORDS = 60, 600
UPDATES_AN_EPOCH = 40
HELD_OUT = 10
"""Each tenth text is not trained on, but used to compare the result with the heads."""
_MADE_UP_AT_ONCE = 128


@dataclass(frozen=True, slots=True)
class LabelledText:
    """A text as its teacher sees it.

    spans   characters start and end, and label name; none overlap
    unsure  characters start and end of what may or may not be an entity
    """

    content: str
    spans: tuple[tuple[int, int, str], ...]
    unsure: tuple[tuple[int, int], ...]


class Teacher(Protocol):
    """What is distilled."""

    def word_vectors(self, words: Sequence[str]) -> NDArray[np.float32]:
        """float32[n, width]: what its encoder makes of each word alone."""

    def label(self, contents: Sequence[str]) -> list[LabelledText]:
        """Texts it never saw, as it sees them."""


class _Agreement(NamedTuple):
    precision: float
    recall: float
    f1: float


def distil(
    texts: Sequence[LabelledText],
    teacher: Teacher,
    configuration: Configuration,
    destination: Path,
    keep_base: bool,
    meta: dict[str, Any],
    card: Callable[[Trained], str],
) -> Iterator[Progress | Trained]:
    """Yields progress, in the end the result: the folder `destination`, which `spacy.load` opens.

    With `keep_base` the base pipeline's own recogniser stays and adds its labels around the
    project's. `texts` are as `teacher` and the answers see them. `meta` goes into the model's
    meta.json, with the agreement measured here; `card` makes its README.md. Closing the generator
    early leaves nothing behind. Raises KnownError when there is nothing to learn or `destination`
    exists.
    """
    from thinc.api import fix_random_seed

    check_free(destination)
    if not any(text.spans for text in texts):
        raise KnownError("There is nothing to train on yet: accept some spans first.")
    labels = sorted({label for text in texts for *_, label in text.spans})
    student = untrained(configuration, keep_base, labels)
    nlp, component, recogniser = student.nlp, student.component, student.recogniser
    train = [text for i, text in enumerate(texts) if i % HELD_OUT] or list(texts)
    held_out = [text for i, text in enumerate(texts) if not i % HELD_OUT]
    examples = [_example(nlp, text) for text in train]
    random = np.random.default_rng(configuration.seed)
    vectors = nlp.vocab.vectors
    if not vectors.size:  # A base that is kept needs its own.
        docs = [example.x for example in examples]
        known = yield from learn_words(student, docs, teacher.word_vectors)
        made_up = yield from _made_up(teacher, train, docs, known, random)
        examples += [_example(nlp, text) for text in made_up]
        vectors = known.table
        nlp.vocab.vectors = looked_up(vectors, [example.x for example in examples])
    fix_random_seed(configuration.seed)
    recogniser.initialize(lambda: examples[:200], nlp=nlp)
    pretrained = student.start()
    words = sum(len(example.x) for example in examples)
    batch_words = int(np.clip(words / UPDATES_AN_EPOCH, SMALLEST_BATCH_WORDS, LARGEST_BATCH_WORDS))
    fewest = EPOCHS_FROM_PRETRAINED if pretrained else EPOCHS_FROM_NOTHING
    enough = int(np.ceil(FEWEST_UPDATES * batch_words / max(words, 1)))
    epochs = min(max(fewest, enough), MOST_EPOCHS)
    for done in _epochs(recogniser, examples, epochs, batch_words, random):
        yield Progress("training texts", done, epochs * len(examples))
    nlp.vocab.vectors = vectors
    added = [component]
    agreement = _agreement(nlp, added, held_out)
    names: Any = nlp.add_pipe(
        "entity_ruler", name=NAMES, config={"phrase_matcher_attr": "LOWER"}, before=component
    )
    names.add_patterns(reliable_names(nlp, train))
    with_names = _agreement(nlp, [NAMES, *added], held_out)
    if with_names.f1 > agreement.f1:
        added, agreement = [NAMES, *added], with_names
    else:
        nlp.remove_pipe(NAMES)
    kept = _base_kept(nlp, added, held_out)
    scores = agreement.precision, agreement.recall, agreement.f1
    trained = Trained(destination, len(train), len(held_out), *scores, kept)
    nlp.meta.update(meta)
    nlp.meta["performance"] = {
        f"agreement_{name}": score for name, score in zip("prf", scores, strict=True)
    }
    if kept is not None:
        nlp.meta["performance"]["base_kept"] = kept

    def write(folder: Path) -> None:
        nlp.to_disk(folder)
        (folder / "README.md").write_text(card(trained), encoding="utf-8")

    save_whole(destination, write)
    yield trained


def _made_up(
    teacher: Teacher,
    texts: Sequence[LabelledText],
    docs: "Sequence[Doc]",
    known: Words,
    random: np.random.Generator,
) -> Generator[Progress, None, list[LabelledText]]:
    """Yields progress, then returns sentences made up from these texts."""
    contents = invent(texts, docs, known.words, known.vectors, random)
    made: list[LabelledText] = []
    for start in range(0, len(contents), _MADE_UP_AT_ONCE):
        yield Progress("making up sentences", start, len(contents))
        made += teacher.label(contents[start : start + _MADE_UP_AT_ONCE])
    return made


def _base_kept(
    nlp: "Language", added: Sequence[str], texts: Sequence[LabelledText]
) -> float | None:
    """Of the entities that the pipeline finds in these texts without what was added, the share
    that it still finds with it; None where there are none."""

    def entities() -> list[set[tuple[int, int, str]]]:
        docs = nlp.pipe(text.content for text in texts)
        return [{(e.start_char, e.end_char, e.label_) for e in doc.ents} for doc in docs]

    with nlp.select_pipes(disable=list(added)):
        alone = entities()
    if not any(alone):
        return None
    still = sum(len(before & now) for before, now in zip(alone, entities(), strict=True))
    return still / sum(map(len, alone))


def _epochs(
    recogniser: Any,
    examples: "Sequence[Example]",
    epochs: int,
    batch_words: int,
    random: np.random.Generator,
) -> Iterator[int]:
    """Trains, yielding how many examples have been seen, an example once an epoch."""
    from thinc.api import Adam

    optimizer = Adam(LEARNING_RATE, L2=WEIGHT_DECAY)
    done = 0
    for _ in range(epochs):
        batch: list[Example] = []
        words = 0
        for position in random.permutation(len(examples)).tolist():
            batch.append(examples[position])
            words += len(examples[position].x)
            if words >= batch_words:
                recogniser.update(batch, sgd=optimizer, drop=DROPOUT)
                done += len(batch)
                batch, words = [], 0
                yield done
        if batch:
            recogniser.update(batch, sgd=optimizer, drop=DROPOUT)
            done += len(batch)
            yield done
    if optimizer.averages:
        with recogniser.model.use_params(optimizer.averages):
            weights = recogniser.model.to_bytes()
        recogniser.model.from_bytes(weights)


def _example(nlp: "Language", text: LabelledText) -> "Example":
    from spacy.training import Example

    doc, reference = nlp.make_doc(text.content), nlp.make_doc(text.content)
    spans = [reference.char_span(start, end, label=label) for start, end, label in text.spans]
    sure = [span for span in spans if span is not None]
    taken = {token.i for span in sure for token in span}
    unsure = [
        reference[token.i : token.i + 1]
        for start, end in text.unsure
        for token in reference.char_span(start, end, alignment_mode="expand") or ()
        if token.i not in taken
    ]
    reference.set_ents(sure, missing=unsure, default="outside")
    return Example(doc, reference)


def _agreement(
    nlp: "Language", components: Sequence[str], texts: Sequence[LabelledText]
) -> _Agreement:
    """Precision, recall and F1 of these components against the teacher's spans."""
    right = found = wanted = 0
    with nlp.select_pipes(enable=list(components)):
        for text, doc in zip(texts, nlp.pipe(text.content for text in texts), strict=True):
            predicted = {(e.start_char, e.end_char, e.label_) for e in doc.ents}
            right += len(predicted & set(text.spans))
            found += len(predicted)
            wanted += len(text.spans)
    return _Agreement(
        right / found if found else 0.0,
        right / wanted if wanted else 0.0,
        2 * right / (found + wanted) if found + wanted else 0.0,
    )
