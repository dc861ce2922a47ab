"""What the tour of the sample project says."""

from collections.abc import Callable

from PySide6.QtWidgets import QWidget

from al_desktop.gui.annotate.screen import Annotate
from al_desktop.gui.help.tour import Step
from al_desktop.gui.language.words import translate


def sample_steps(
    annotate: Annotate, status: QWidget, first_key: Callable[[str], str]
) -> tuple[Step, ...]:
    """`first_key` gives the shown key of a command."""
    key = first_key
    return (
        Step(
            translate("tour", "A question"),
            translate(
                "tour",
                "Each question is about the highlighted words. Take your time with the first ones.",
            ),
            lambda: annotate.card,  # the text itself may be waited for yet
        ),
        Step(
            translate("tour", "One key"),
            translate(
                "tour",
                "{0} accepts, {1} rejects, {2} ignores what can't be decided. Nothing needs the "
                "mouse.",
            ).format(key("answer.accept"), key("answer.reject"), key("answer.ignore")),
            lambda: annotate.buttons["answer.accept"],
        ),
        Step(
            translate("tour", "Nothing is lost"),
            translate(
                "tour",
                "{0} takes the last answer back, as often as you like. {1} looks at earlier "
                "ones, to change them.",
            ).format(key("answer.undo"), key("history.back")),
            lambda: annotate.buttons["answer.undo"],
        ),
        Step(
            translate("tour", "The model learns"),
            translate(
                "tour",
                "After every answer it asks about what it is least sure of. Some questions are "
                "random checks, to tell how good it is.",
            ),
            lambda: annotate.panel if annotate.panel.isVisible() else annotate,
        ),
        Step(
            translate("tour", "That is all"),
            translate(
                "tour",
                "{0} shows all keys, {1} finds any command. Your answers are stored as you give "
                "them; close the window whenever you like.",
            ).format(key("help.keys"), key("help.palette")),
            lambda: status,
        ),
    )
