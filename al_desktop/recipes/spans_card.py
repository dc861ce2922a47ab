"""The card of a delivered entity recogniser: what it knows, from what, and how far to trust it."""

from collections.abc import Sequence

from al_desktop.core.configuration import Configuration
from al_desktop.core.gold import Gold
from al_desktop.core.questions import Answer, Question
from al_desktop.models.deliverable import Trained
from al_desktop.models.span_learner import SpanLearner


def card(
    configuration: Configuration,
    answers: Sequence[tuple[Question, Answer]],
    gold: Sequence[tuple[str, Gold]],
    learner: SpanLearner,
    trained: Trained,
) -> str:
    """As Markdown."""
    names = ", ".join(label.name for label in configuration.labels)
    rows = "\n".join(
        f"| {label.name} | {_count(answers, label.key, Answer.ACCEPT)} "
        f"| {_count(answers, label.key, Answer.REJECT)} "
        f"| {sum(span.label == label.key for _, told in gold for span in told.spans)} "
        f"| {_threshold(learner, column)} |"
        for column, label in enumerate(configuration.labels)
    )
    base = (
        f"Of the entities that the base pipeline finds alone in those texts, "
        f"{trained.base_kept:.0%} are still found.\n\n"
        if trained.base_kept is not None
        else ""
    )
    return f"""# {names}

A spaCy pipeline (`spacy.load` opens this folder) that finds entities and puts them into `doc.ents`.
Language: {configuration.language}. Trained with AL Desktop.

| label | accepted | rejected | marked in {len(gold)} texts read in full | threshold |
|---|---|---|---|---|
{rows}

It learned from {trained.texts} texts in which the model used while annotating, and the answers, had
marked what they hold: every span from the label's threshold on, which was set for the best expected
F1 on texts without answers; answers come first, and spans below the threshold but above
half of it counted neither way. Where its words come with vectors of its own, it also learned from
sentences made up from those texts with other words, in which the model alone marked what it was
sure of.

On {trained.held_out} other texts it agrees with what was marked in the same way: precision
{trained.precision:.3f}, recall {trained.recall:.3f}, F1 {trained.f1:.3f}. That is how well it
copies the model used while annotating, not how often it is right: for that, use the random checks
of the project (Insights), or a test set of your own.

{base}Spans that overlap can't both be found; where two do, the pipeline decides.
"""


def _count(answers: Sequence[tuple[Question, Answer]], label: str, wanted: Answer) -> int:
    return sum(question.label == label and answer is wanted for question, answer in answers)


def _threshold(learner: SpanLearner, column: int) -> str:
    return f"{learner.model.threshold(column):.2f}"
