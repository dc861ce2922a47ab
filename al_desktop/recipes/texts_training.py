"""The deliverable of text labels: a spaCy pipeline, its card, and the loop's model if better."""

import itertools
from collections.abc import Generator, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.configuration import Configuration
from al_desktop.core.errors import KnownError
from al_desktop.core.gold import Gold
from al_desktop.core.progress import Progress
from al_desktop.core.protocols import TextPool
from al_desktop.core.questions import Answer, Question, text_key
from al_desktop.models.answered_texts import told
from al_desktop.models.deliverable import Trained, check_free, save_whole
from al_desktop.models.encoder import Encoder
from al_desktop.models.logistic import log_odds
from al_desktop.models.multilingual import MultilingualEncoder
from al_desktop.models.open_model import save_open_model
from al_desktop.models.text_training import distil, probabilities
from al_desktop.models.word_vectors import WordVectors
from al_desktop.paths import resources
from al_desktop.recipes.texts import TextLearner, build, sentence_encoder

Answers = Sequence[tuple[Question, Answer]]
Truths = NDArray[np.bool_]

MOST_TEXTS = 10_000
"""Of the pool, that the deliverable learns from."""
READ = 300
"""Characters of a text, from its start, read for what its words mean; and of all texts ..."""
MOST_READ = 200_000
"""... together: ten or twenty seconds."""
MOST_LIKELY = 1000
"""Texts of each label that are among them for being the likeliest to have it."""
KEPT_APART = 5
"""Each fifth answer is kept apart to compare the models, where there are enough."""
ENOUGH_ANSWERS = 50
CERTAIN = 1.0
"""Log-odds, either way, that an answered text has at least."""
BETTER = 0.01
"""F1 by which the loop's own model must be ahead to be delivered, too, or else ..."""
CLOSE = 0.95
"""... the agreement of both is below this F1: few answers kept apart tell little."""


@dataclass(frozen=True, slots=True)
class _Comparison:
    """F1 of both models on answers that neither learned from."""

    answers: int
    pipeline: float
    loop: float


@dataclass(frozen=True, slots=True)
class _Taught:
    """Texts to learn from, as the model in the loop sees them; an answer is certain.

    keys      of the labels
    targets   float32[texts, labels], log-odds; a text has a label from 0 on
    """

    keys: list[str]
    contents: list[str]
    targets: NDArray[np.float32]


def train(
    configuration: Configuration,
    pool: TextPool,
    answers: Answers,
    destination: Path,
    cache: Path,
    gold: Sequence[tuple[str, Gold]] = (),
) -> Iterator[Progress | Trained]:
    """Trains a spaCy pipeline that fills `doc.cats`, from the answers, from gold (by text key)
    and from what the model in the loop makes of the pool. Yields progress, at the end what came
    of it.

    Closing the generator early leaves nothing behind. Raises KnownError when there is nothing to
    learn from, or `destination` exists.
    """
    check_free(destination)
    answers = list({**dict(told(gold)), **dict(answers)}.items())
    encoder = sentence_encoder(configuration.language)
    learner = build(configuration, pool, cache, encoder)
    while (progress := learner.step()) is not None:
        yield progress
    apart = _kept_apart(answers)
    vectors = WordVectors(learner.word_vectors)
    if isinstance(encoder, Encoder):
        texts = _to_read(configuration, pool, apart)
        yield from vectors.read(encoder.in_context, configuration.language, texts)
    comparison = yield from _compared(configuration, pool, learner, answers, apart, vectors)
    learner.learn(answers)
    taught = _taught(learner, pool, answers, configuration.seed)
    names = _names(configuration, taught.keys)
    made = yield from distil(
        configuration.language, names, taught.contents, taught.targets, vectors
    )
    nlp = made.nlp
    agreement = _scores(made.accepted, taught.targets >= 0)
    trained = Trained(destination, len(taught.contents), len(taught.contents), *agreement)
    ahead = comparison.loop - comparison.pipeline if comparison is not None else 0.0
    wanted = ahead > BETTER or trained.f1 < CLOSE
    # The program that reads it knows the English encoder only.
    with_loop = wanted and not MultilingualEncoder.serves(configuration.language)
    nlp.meta.update({"name": "text_labels", "description": f"Labels texts with {_listed(names)}."})
    nlp.meta["performance"] = {"agreement_f": trained.f1}

    def write(folder: Path) -> None:
        nlp.to_disk(folder)
        card = _card(configuration, answers, taught.keys, trained, comparison, with_loop)
        (folder / "README.md").write_text(card, encoding="utf-8")
        if with_loop:
            files = resources()
            save_open_model(
                learner.open_model(names),
                folder / "loop",
                files / "encoder" / "vocab.txt",
                files / "text_model" / "classify.py",
            )

    save_whole(destination, write)
    yield trained


def _kept_apart(answers: Answers) -> Answers:
    """To compare the models by; none of too few."""
    # Accepts first, so that as large a share of them is kept apart.
    decided = [each for each in answers if each[1] is Answer.ACCEPT]
    decided += [each for each in answers if each[1] is Answer.REJECT]
    return decided[::KEPT_APART] if len(decided) >= ENOUGH_ANSWERS else []


def _to_read(configuration: Configuration, pool: TextPool, apart: Answers) -> list[str]:
    """Texts that say what their words mean, by lot."""
    without = {question.text_key for question, _ in apart}
    by_lot = np.random.default_rng(configuration.seed).permutation(len(pool))[:MOST_TEXTS]
    contents = pool.contents(by_lot.tolist())
    starts = [content[:READ] for content in contents if text_key(content) not in without]
    before = itertools.accumulate(map(len, starts), initial=0)
    return [start for start, read in zip(starts, before, strict=False) if read < MOST_READ]


def _compared(
    configuration: Configuration,
    pool: TextPool,
    learner: TextLearner,
    answers: Answers,
    apart: Answers,
    vectors: WordVectors,
) -> Generator[Progress, None, _Comparison | None]:
    """Both models trained without some answers and asked about them."""
    asked_apart = {question for question, _ in apart}
    learned = [each for each in answers if each[0] not in asked_apart]
    learner.learn(learned)
    contents = _contents(pool, learner, [question.text_key for question, _ in apart])
    keys = list(learner.cuts())
    asked = [
        (contents[question.text_key], keys.index(question.label), answer is Answer.ACCEPT)
        for question, answer in apart
        if question.label in keys and question.text_key in contents
    ]
    if not any(accepted for _, _, accepted in asked):
        return None
    taught = _taught(learner, pool, learned, configuration.seed)
    names = _names(configuration, taught.keys)
    used = np.flatnonzero(~np.isin(taught.contents, [content for content, _, _ in asked]))
    made = yield from distil(
        configuration.language,
        names,
        [taught.contents[i] for i in used.tolist()],
        taught.targets[used],
        vectors,
    )
    questions = [content for content, _, _ in asked]
    places = np.arange(len(asked)), np.array([place for _, place, _ in asked])
    truth = np.array([accepted for _, _, accepted in asked])
    by_pipeline = probabilities(made.nlp, names, questions)[places] >= 0.5
    by_loop = learner.shifted(questions)[places] >= 0.5
    return _Comparison(len(asked), _scores(by_pipeline, truth)[2], _scores(by_loop, truth)[2])


def _taught(learner: TextLearner, pool: TextPool, answers: Answers, seed: int) -> _Taught:
    """Raises KnownError when no label has been learned."""
    keys = list(learner.cuts())
    if not keys:
        raise KnownError("There is nothing to train on yet: accept and reject some texts first.")
    positions = learner.worth_teaching(MOST_TEXTS, MOST_LIKELY, seed)
    contents = pool.contents(positions)
    targets = log_odds(learner.shifted(contents))
    rows = {text_key(content): row for row, content in enumerate(contents)}
    for question, answer in answers:
        row = rows.get(question.text_key)
        if row is not None and question.label in keys and answer is not Answer.IGNORE:
            place = row, keys.index(question.label)
            certain = CERTAIN if answer is Answer.ACCEPT else -CERTAIN
            targets[place] = certain * max(CERTAIN, certain * float(targets[place]))
    return _Taught(keys, contents, targets)


def _contents(pool: TextPool, learner: TextLearner, keys: Sequence[str]) -> dict[str, str]:
    """Contents of those texts that are in the pool, by key."""
    known = [p for p in learner.positions_of(list(dict.fromkeys(keys))) if p >= 0]
    return {text_key(content): content for content in pool.contents(known)}


def _names(configuration: Configuration, keys: Sequence[str]) -> list[str]:
    by_key = {label.key: label.name for label in configuration.labels}
    return [by_key[key] for key in keys]


def _scores(found: Truths, wanted: Truths) -> tuple[float, float, float]:
    """Precision, recall and F1; 0 where nothing was found or wanted."""
    right = int((found & wanted).sum())
    return (
        right / max(int(found.sum()), 1),
        right / max(int(wanted.sum()), 1),
        2 * right / max(int(found.sum() + wanted.sum()), 1),
    )


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def _card(
    configuration: Configuration,
    answers: Answers,
    keys: Sequence[str],
    trained: Trained,
    comparison: _Comparison | None,
    with_loop: bool,
) -> str:
    names = dict(zip(keys, _names(configuration, keys), strict=True))
    rows = "\n".join(
        f"| {names[key]} | {_count(answers, key, Answer.ACCEPT)} "
        f"| {_count(answers, key, Answer.REJECT)} | 0.5 |"
        for key in keys
    )
    if comparison is None:
        held_out = "There were too few answers to keep some apart and measure on them."
    else:
        held_out = (
            f"On {comparison.answers} answers kept apart, with models that had not seen them: F1 "
            f"{comparison.pipeline:.3f} for this pipeline, {comparison.loop:.3f} for the model "
            "used while annotating. Most questions were picked because they were hard and accepts "
            "are more frequent among them than among the texts, so this compares the two models; "
            "it does not say how good they are on other texts."
        )
    loop = (
        "\n## The model used while annotating\n\nIt scores higher on answers kept apart, or sees "
        "some texts in another way, and is in `loop/` as plain files. "
        "`python loop/classify.py < texts.txt` reads them; it needs numpy, onnxruntime and "
        "tokenizers.\n"
        if with_loop
        else ""
    )
    return f"""# {_listed(list(names.values()))}

A spaCy pipeline (`spacy.load` opens this folder) that fills `doc.cats` with a probability for each
label. Language: {configuration.language}. Trained with AL Desktop.

| label | accepted | rejected | threshold |
|---|---|---|---|
{rows}

A text has a label from the threshold on. Where the model in doubt should accept was set by the
answers, each judged by a model that had learned from the others, and is part of the probabilities.

## How it was trained

A model learned from the answers (sentence vectors, n-grams, class-balanced logistic regression).
It scored {trained.texts:,} texts of the project, and this pipeline was fitted to those scores,
and to the answers where there were any. It knows words, pairs of words, and the mean of vectors
of the words. Leave texts without any words out: spaCy can't count their pairs.

## Figures

{held_out}

Judging each of {trained.held_out:,} texts by a pipeline fitted without it, pipeline and model agree
(which is not accuracy): precision {trained.precision:.3f}, recall {trained.recall:.3f}, F1
{trained.f1:.3f}.
{loop}"""


def _count(answers: Answers, label: str, wanted: Answer) -> int:
    return sum(question.label == label and answer is wanted for question, answer in answers)
