"""What goes into a copy: which texts, by words in them and by what was answered about them."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from al_desktop.core.events import AnswerLog
from al_desktop.core.questions import Answer
from al_desktop.storage import ProjectFile

ABOUT = ("all", "answered", "unanswered", "disagreed")
_TEXTS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class TextFilter:
    """Texts that meet all of it; by default every text.

    words    each of them occurs in the text, whatever the case
    about    "answered" or "unanswered": whether an answer stands, or the text was marked in full;
             "disagreed": annotators answered the same question differently
    labels   by name or key: only answers about these count; all if empty
    answers  only these count; all if empty
    """

    words: str = ""
    about: str = "all"
    labels: frozenset[str] = frozenset()
    answers: frozenset[Answer] = frozenset()

    @property
    def is_everything(self) -> bool:
        return self == TextFilter()

    def __str__(self) -> str:
        """In words, for whoever gets the copy; empty for every text."""
        parts = [f'with "{self.words}"'] if self.words else []
        if self.about != "all":
            parts.append(self.about)
        parts += [f'about "{label}"' for label in sorted(self.labels)]
        parts += [f"answered {answer}" for answer in sorted(self.answers)]
        return ", ".join(parts)


@dataclass(frozen=True, slots=True)
class Parcel:
    """What a copy, or each of several, is to hold.

    wanted      which texts; and a share of them at random, in percent, 1..100
    answers     whether the answers given so far go along
    model       folder of a trained model that goes along
    colleagues  names of those whom the texts are dealt out to; one copy of all if empty
    overlap     number of texts that each of them gets
    """

    wanted: TextFilter = field(default_factory=TextFilter)
    percent: int = 100
    answers: bool = True
    model: Path | None = None
    colleagues: tuple[str, ...] = ()
    overlap: int = 0


def chosen(file: ProjectFile, wanted: TextFilter) -> Sequence[str]:
    """The keys of the texts, in the order of import."""
    keys = file.pool().keys()
    narrowed = wanted.about != "all" or wanted.labels or wanted.answers
    if narrowed:
        about = frozenset(_about(file, wanted))
        keys = [key for key in keys if (key in about) is not (wanted.about == "unanswered")]
    if wanted.words.strip():
        keys = list(_with_words(file, keys, wanted.words.casefold().split()))
    return keys


def _about(file: ProjectFile, wanted: TextFilter) -> Iterator[str]:
    log = AnswerLog(event for _, event in file.events())
    names = {label.key: label.name for label in file.configuration.labels}

    def counts(label: str) -> bool:
        return not wanted.labels or not wanted.labels.isdisjoint((label, names.get(label, "")))

    if wanted.about == "disagreed":
        from al_desktop.core.agreement import disagreements  # numpy: the window starts without

        for found in disagreements(log):
            if counts(found.question.label):
                yield found.question.text_key
        return
    for event in log.standing():
        if event.gold is not None:
            if any(map(counts, event.gold.labels)):
                yield event.question.text_key
        elif counts(event.question.label) and (
            not wanted.answers or event.answer in wanted.answers
        ):
            yield event.question.text_key


def _with_words(file: ProjectFile, keys: Sequence[str], words: Sequence[str]) -> Iterator[str]:
    wanted = frozenset(keys)
    for batch in file.pool().batches(_TEXTS_AT_ONCE):
        for text in batch:
            if text.key in wanted:
                content = text.content.casefold()
                if all(word in content for word in words):
                    yield text.key
