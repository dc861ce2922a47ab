"""Models of growing numbers of answers on real data: what `trust` replicates audits of.

The learners are those of the program; an oracle answers 500 (texts) or 300 (spans) questions.
Of each data set a part is asked about, the rest is judged. Runs are kept in the cache folder.
"""

import hashlib
import json
import pickle
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.judging import Judge
from al_desktop.core.protocols import Learner
from al_desktop.core.questions import Answer, Kind, Question, Text, text_key
from al_desktop.core.sampling import UNCERTAIN
from al_desktop.core.stopping import margin
from al_desktop.learner.simulate import TextList
from al_desktop.paths import cache_folder
from al_desktop.recipes import build_learner

DATA = Path(__file__).resolve().parents[2] / "shared" / "datasets"
LABEL = "L"
EVERY = 20
_ASKED = 30
_SPLITS = ("train", "dev", "test")


@dataclass(frozen=True)
class Task:
    """`is_true` tells a text's label from its row; of spans those of `span_label` are true.
    `tuned` tells whether anything was chosen by looking at it."""

    name: str
    kind: Kind
    data: str
    tuned: bool
    texts: int
    answers: int
    description: str
    is_true: Callable[[set[str]], bool] = bool
    span_label: str = ""


@dataclass
class Checkpoint:
    """The model after so many answers, on the judged questions.

    score, predicted   float[n], bool[n]; score 0 where not proposed
    """

    score: NDArray[np.float32]
    predicted: NDArray[np.bool_]
    accepts: int
    margin: float


@dataclass
class Run:
    """true[n] of the judged questions, their text[n], and of the spans task how many true spans
    each text holds."""

    true: NDArray[np.bool_]
    text: NDArray[np.int64]
    in_text: NDArray[np.int64]
    checkpoints: dict[int, Checkpoint] = field(default_factory=dict)

    @property
    def texts(self) -> int:
        return len(self.in_text)


def _any_of(*labels: str) -> Callable[[set[str]], bool]:
    return lambda given: bool(given & set(labels))


def _with(*parts: str) -> Callable[[set[str]], bool]:
    return lambda given: any(part in label for part in parts for label in given)


T, S = Kind.TEXTS, Kind.SPANS
_POSITIVE = "admiration approval gratitude love optimism joy amusement excitement caring"
TASKS = (
    Task("spam", T, "sms_spam", True, 4000, 500, "spam advertising", _any_of("spam")),
    Task("card", T, "banking77", True, 5000, 500, "bank card", _with("card_arrival", "my_card")),
    Task("gratitude", T, "goemotions", True, 5000, 500, "thanks", _any_of("gratitude")),
    Task("safety", T, "cooking_multilabel", True, 3500, 500, "food safety", _with("safety")),
    Task("docs", T, "docs_issues", True, 1152, 400, "documentation", _any_of("DOCUMENTATION")),
    Task("neutral", T, "goemotions", True, 5000, 500, "neutral", _any_of("neutral")),
    Task("refund", T, "banking77", False, 5000, 500, "refund", _with("efund", "revert")),
    Task("cancel", T, "banking77", False, 5000, 500, "cancel", _any_of("cancel_transfer")),
    Task("admiration", T, "goemotions", False, 5000, 500, "admiration", _any_of("admiration")),
    Task("curiosity", T, "goemotions", False, 5000, 500, "curiosity", _any_of("curiosity")),
    Task("baking", T, "cooking_multilabel", False, 3500, 500, "baking", _any_of("baking")),
    Task("transfer", T, "banking77", False, 5000, 500, "transfer", _with("transfer", "cash")),
    Task("negative", T, "arsarcasm_ar", False, 3500, 500, "negative", _any_of("negative")),
    Task("positive", T, "goemotions", False, 5000, 500, "positive", _any_of(*_POSITIVE.split())),
    Task("disease", S, "ncbi_disease", True, 1600, 300, "disease", span_label="Disease"),
    Task("brand", S, "fashion_brands", False, 1500, 300, "brand", span_label="FASHION_BRAND"),
    Task("ingredient", S, "food_ingredients", False, 940, 300, "food", span_label="INGRED"),
    Task("artist", S, "snips_slots", False, 1600, 300, "artist", span_label="artist"),
)


def runs(task: Task, seeds: int) -> Iterator[Run]:
    for seed in range(seeds):
        yield _kept(task, seed)


def _kept(task: Task, seed: int) -> Run:
    said = f"{task.name} {task.texts} {task.answers} {task.description} {seed} 1"
    name = hashlib.sha256(said.encode()).hexdigest()[:16]
    path = cache_folder() / "trust" / f"{task.name}-{seed}-{name}.pickle"
    if path.exists():
        with path.open("rb") as file:
            found: Run = pickle.load(file)
        return found
    path.parent.mkdir(parents=True, exist_ok=True)
    run = _run(task, seed)
    path.write_bytes(pickle.dumps(run))
    return run


def _rows(task: Task) -> list[dict[str, object]]:
    rows: dict[str, dict[str, object]] = {}
    for part in _SPLITS:
        path = DATA / task.data / f"{part}.jsonl"
        if path.exists():
            for line in path.read_text(encoding="utf-8").splitlines():
                row = json.loads(line)
                rows.setdefault(row["text"], row)
    return [rows[text] for text in sorted(rows)]


def _gold(task: Task, row: dict[str, object]) -> set[tuple[int | None, int | None]]:
    if task.kind is Kind.TEXTS:
        given = row.get("labels") or [row.get("label")]
        assert isinstance(given, list)
        return {(None, None)} if task.is_true(set(given)) else set()
    spans = row["spans"]
    assert isinstance(spans, list)
    return {(each["start"], each["end"]) for each in spans if each["label"] == task.span_label}


def _run(task: Task, seed: int) -> Run:
    random = np.random.default_rng([seed, len(task.name)])
    rows = _rows(task)
    chosen = [rows[i] for i in random.permutation(len(rows))[: task.texts]]
    gold = {text_key(str(row["text"])): _gold(task, row) for row in chosen}
    texts = [Text(text_key(str(row["text"])), str(row["text"])) for row in chosen]
    half = len(texts) // 2
    learner = _learner(task, seed, texts[:half], gold)
    judged = texts[half:]
    for start in range(0, len(judged), 200):
        part = judged[start : start + 200]
        learner.judge([text.key for text in part], [text.content for text in part])
    return _answered(task, learner, judged, gold)


class _Judged(Learner, Judge):
    """What the program's learners are."""


def _learner(
    task: Task,
    seed: int,
    texts: Sequence[Text],
    gold: dict[str, set[tuple[int | None, int | None]]],
) -> _Judged:
    terms: tuple[str, ...] = ()
    if task.kind is Kind.SPANS:
        surfaces = Counter(
            text.content[start:end].lower() for text in texts for start, end in gold[text.key]
        )
        frequent = [surface for surface, _ in surfaces.most_common(60)]
        random = np.random.default_rng(seed)
        terms = tuple(random.choice(frequent, min(10, len(frequent)), replace=False).tolist())
    label = Label(LABEL, task.description, terms=terms)
    configuration = Configuration(task.kind, (label,), seed=seed)
    learner = build_learner(configuration, TextList(texts), cache_folder() / "trust")
    while learner.step() is not None:
        pass
    return learner  # type: ignore[return-value]


def _answered(
    task: Task,
    learner: _Judged,
    judged: Sequence[Text],
    gold: dict[str, set[tuple[int | None, int | None]]],
) -> Run:
    places: dict[tuple[int, int | None, int | None], int] = {}
    views: dict[int, tuple[list[int], NDArray[np.float32], NDArray[np.bool_], int, float]] = {}
    answers: dict[str, tuple[Question, Answer]] = {}
    learner.learn([])
    asked = learner.ask(_ASKED)
    while asked and len(answers) < task.answers:
        # Early on each answer changes a lot, as in the window; later five are learned at once.
        step = 1 if len(answers) < 100 else 5
        for question in [each.question for each in asked[:step]]:
            true = (question.start, question.end) in gold[question.text_key]
            answers[question.key] = (question, Answer.ACCEPT if true else Answer.REJECT)
        count = len(answers)
        learner.learn(list(answers.values()))
        asked = learner.ask(_ASKED if count % EVERY == 0 else step)
        if count % EVERY == 0 and (found := learner.judged().get(LABEL)) is not None:
            starts = found.start.tolist() if found.start is not None else [None] * len(found.text)
            ends = found.end.tolist() if found.end is not None else [None] * len(found.text)
            keys = list(zip(found.text.tolist(), starts, ends, strict=True))
            index = [places.setdefault(key, len(places)) for key in keys]
            accepts = sum(answer is Answer.ACCEPT for _, answer in answers.values())
            scores = [
                each.selection.score for each in asked if each.selection.strategy == UNCERTAIN
            ]
            sure = margin([score for score in scores if score is not None])
            views[count] = (index, found.score, found.predicted, accepts, sure)
    order = list(places)
    run = Run(
        np.array([(start, end) in gold[judged[n].key] for n, start, end in order], np.bool_),
        np.array([n for n, _, _ in order], np.int64),
        np.array([len(gold[text.key]) for text in judged], np.int64),
    )
    for count, (index, score, predicted, accepts, sure) in views.items():
        whole = Checkpoint(
            np.zeros(len(order), np.float32), np.zeros(len(order), np.bool_), accepts, sure
        )
        whole.score[index] = score
        whole.predicted[index] = predicted
        run.checkpoints[count] = whole
    return run
