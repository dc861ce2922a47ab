"""What the window shows, and the conditions on it under which commands have an effect."""

from collections.abc import Callable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Situation:
    """What the window shows, as far as commands depend on it; each screen fills in what its
    commands need, and nothing of this holds on the others."""

    screen: str = ""
    has_project: bool = False
    shows_text: bool = False
    can_answer: bool = False
    has_question: bool = False
    is_revising: bool = False
    has_history: bool = False
    can_flag: bool = False
    has_flags: bool = False
    is_touring: bool = False
    can_undo: bool = False
    can_redo: bool = False
    worker_stopped: bool = False
    has_draft: bool = False
    marks_spans: bool = False
    labels: int = 0
    can_undo_mark: bool = False
    can_redo_mark: bool = False
    can_undo_merge: bool = False
    is_rolled_back: bool = False
    can_take_back: bool = False
    can_go: bool = False

    @property
    def is_annotating(self) -> bool:
        return self.screen == "annotate"

    @property
    def is_highlighting(self) -> bool:
        return self.screen == "highlight" and self.has_draft


def always(_: Situation) -> bool:
    return True


def not_home(now: Situation) -> bool:
    return now.screen != "home"


def has_project(now: Situation) -> bool:
    return now.has_project


def can_answer(now: Situation) -> bool:
    return now.can_answer


def can_undo(now: Situation) -> bool:
    return now.can_undo


def can_redo(now: Situation) -> bool:
    return now.can_redo


def can_look_back(now: Situation) -> bool:
    return now.has_history


def is_revising(now: Situation) -> bool:
    return now.is_revising


def has_question(now: Situation) -> bool:
    return now.has_question


def can_flag(now: Situation) -> bool:
    return now.can_flag


def has_flags(now: Situation) -> bool:
    return now.has_flags


def is_touring(now: Situation) -> bool:
    return now.is_touring and not now.is_revising


def is_highlighting(now: Situation) -> bool:
    return now.is_highlighting


def marks_spans(now: Situation) -> bool:
    return now.is_highlighting and now.marks_spans


def can_undo_mark(now: Situation) -> bool:
    return now.can_undo_mark


def can_redo_mark(now: Situation) -> bool:
    return now.can_redo_mark


def has_label(number: int) -> Callable[[Situation], bool]:
    def holds(now: Situation) -> bool:
        return now.is_highlighting and number <= now.labels

    return holds


def shows_text(now: Situation) -> bool:
    return now.shows_text


def can_undo_merge(now: Situation) -> bool:
    return now.can_undo_merge


def is_settling(now: Situation) -> bool:
    return now.screen == "settle"


def is_rolled_back(now: Situation) -> bool:
    return now.is_rolled_back


def can_take_back(now: Situation) -> bool:
    return now.can_take_back


def can_go(now: Situation) -> bool:
    return now.can_go


def is_rereading(now: Situation) -> bool:
    return now.screen == "reread"


def worker_stopped(now: Situation) -> bool:
    return now.has_project and now.worker_stopped
