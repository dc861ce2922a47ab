"""Questions about texts to measure on: yes or no, on public data beside the repository."""

import json
import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np

DATASETS = Path(__file__).resolve().parents[2] / "shared" / "datasets"
POOL = 3000
TEST = 2000
TERMS = 5
TELLING = 10

_WORD = re.compile(r"\w{3,}")


@dataclass(frozen=True, slots=True)
class Task:
    """Texts with any of `gold` are accepted; `label` is the name the learner starts from."""

    name: str
    dataset: str
    gold: frozenset[str]
    label: str
    language: str = "en"
    most: int = 1_000_000
    """Training texts that pools are drawn from: the first ones."""


def _task(name: str, dataset: str, gold: str, label: str, language: str = "en") -> Task:
    # Arabic is slow to encode.
    most = 2000 if language == "ar" else 1_000_000
    return Task(name, dataset, frozenset(gold.split()), label, language, most)


RARE = (
    _task(
        "bank card",
        "banking77",
        "card_not_working card_swallowed card_about_to_expire card_linking",
        "card not working or swallowed",
    ),
    _task("bank refund", "banking77", "request_refund Refund_not_showing_up", "request refund"),
    _task(
        "bank top-up",
        "banking77",
        "top_up_failed top_up_limits top_up_reverted top_up_by_cash_or_cheque",
        "top up",
    ),
    _task("bank lost card", "banking77", "lost_or_stolen_card", "lost or stolen card"),
    _task("food safety", "cooking_multilabel", "food-safety", "food safety"),
    _task("substitutions", "cooking_multilabel", "substitutions", "substitutions"),
    _task("gratitude", "goemotions", "gratitude", "gratitude"),
    _task("love", "goemotions", "love", "love"),
    _task("anger", "goemotions", "anger", "anger"),
)
COMMON = (
    _task("spam", "sms_spam", "spam", "unwanted advertising"),
    _task("documentation", "docs_issues", "DOCUMENTATION", "documentation"),
    _task("neutral", "goemotions", "neutral", "neutral"),
    _task("Arabic negative", "arsarcasm_ar", "negative", "سلبي", "ar"),
    _task("Arabic positive", "arsarcasm_ar", "positive", "إيجابي", "ar"),
)
TASKS = RARE + COMMON


@dataclass(frozen=True, slots=True)
class Split:
    """A pool drawn by seed from the training texts, and the test texts."""

    pool: list[str]
    accepted: list[bool]
    test: list[str]
    test_accepted: list[bool]


def split(task: Task, seed: int) -> Split:
    random = np.random.default_rng(seed)
    train = _rows(task, "train")[: task.most]
    drawn = [train[i] for i in random.permutation(len(train))[:POOL].tolist()]
    test = _rows(task, "test")[: min(TEST, task.most // 2)]
    return Split(
        [content for content, _ in drawn],
        [accepted for _, accepted in drawn],
        [content for content, _ in test],
        [accepted for _, accepted in test],
    )


def telling_terms(split: Split, seed: int) -> tuple[str, ...]:
    """What an annotator might think of: TERMS drawn by seed from the TELLING words of the pool
    whose log odds differ most between accepted texts and others, in standard errors."""
    words = [frozenset(_WORD.findall(content.lower())) for content in split.pool]
    accepts = Counter(
        w for each, yes in zip(words, split.accepted, strict=True) if yes for w in each
    )
    rejects = Counter(
        w for each, yes in zip(words, split.accepted, strict=True) if not yes for w in each
    )
    yes, no = sum(split.accepted), len(words) - sum(split.accepted)

    def telling(word: str) -> float:
        a, b = accepts[word] + 0.5, rejects[word] + 0.5
        odds = np.log(a / (yes + 1 - a)) - np.log(b / (no + 1 - b))
        return float(odds / np.sqrt(1 / a + 1 / b))

    ranked = sorted(accepts, key=telling, reverse=True)[:TELLING]
    drawn = np.random.default_rng(seed).permutation(len(ranked))[:TERMS].tolist()
    return tuple(ranked[i] for i in drawn)


def _rows(task: Task, part: str) -> list[tuple[str, bool]]:
    found: dict[str, bool] = {}
    path = DATASETS / task.dataset / f"{part}.jsonl"
    for line in path.read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        labels = row["labels"] if "labels" in row else [row["label"]]
        accepted = row.get("answer", "accept") == "accept" and not task.gold.isdisjoint(labels)
        found[row["text"]] = found.get(row["text"], False) or accepted
    return list(found.items())
