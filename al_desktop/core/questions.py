"""What is asked, about what, and how it came to be asked."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from enum import StrEnum
from hashlib import blake2b


class Kind(StrEnum):
    """What a project's questions are about."""

    SPANS = "spans"
    TEXTS = "texts"


class Answer(StrEnum):
    ACCEPT = "accept"
    REJECT = "reject"
    IGNORE = "ignore"


# The strategy of answers nobody was asked for here.
IMPORTED = "import"
# The strategy of what is asked to check the model.
AUDIT = "audit"
# The strategy of texts that were imported, marked in full, to check the model with.
EVALUATION = "evaluation"


def text_key(content: str) -> str:
    """32 hex digits of the exact content: the same text has the same key in every file."""
    # Lone surrogates can't be stored as UTF-8, but a key must never fail.
    return blake2b(content.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Text:
    """A text of the pool. `line` is counted from 1 in `source`; 0 where there are no lines."""

    key: str
    content: str
    meta: Mapping[str, object] = field(default_factory=dict)
    source: str = ""
    line: int = 0


@dataclass(frozen=True, slots=True)
class Span:
    """Characters `start` to `end` (Python code points, end exclusive) of a text."""

    start: int
    end: int
    label: str = ""


@dataclass(frozen=True, slots=True)
class Question:
    """Is this span a `label`? Without a span: is this text about `label`?

    `label` is a label's key, which a rename leaves alone.
    """

    text_key: str
    label: str
    start: int | None = None
    end: int | None = None
    _key: str = field(default="", init=False, repr=False, compare=False)

    @property
    def kind(self) -> Kind:
        return Kind.TEXTS if self.start is None else Kind.SPANS

    @property
    def key(self) -> str:
        """32 hex digits of what is asked: the same question has the same key in every file."""
        if not self._key:
            # Kept: a log asks for it many times.
            object.__setattr__(self, "_key", self._make_key())
        return self._key

    def _make_key(self) -> str:
        place = "" if self.start is None else f"{self.start}:{self.end}"
        asked = "\0".join((self.kind, self.text_key, self.label, place))
        return blake2b(asked.encode("utf-8", "surrogatepass"), digest_size=16).hexdigest()


@dataclass(frozen=True, slots=True)
class Selection:
    """How a question was selected. Stored with its answer, since it can't be found out later.

    strategy     the rule that picked it: "uncertain", "likely", "random", "start", "audit" ...;
                 IMPORTED for an answer given in another program
    probability  of this question being the one picked, given the pool and the model; 0 < p <= 1
    score        the model's probability of accept, 0..1; None where there was no model yet
    reason       words for the annotator where the strategy alone says too little,
                 such as 'pattern "treaty of"'
    """

    strategy: str
    probability: float
    score: float | None = None
    model_version: int = 0
    audit: bool = False
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Asked:
    """A question together with how it was selected."""

    question: Question
    selection: Selection
