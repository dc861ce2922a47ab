"""Recipes: what kind of question, which candidates, which model, which strategy."""

from pathlib import Path

from al_desktop.core.configuration import Configuration
from al_desktop.core.protocols import Learner, TextPool
from al_desktop.core.questions import Kind


def build_learner(configuration: Configuration, pool: TextPool, cache: Path) -> Learner:
    """Loads the recipe's models and prepares to ask about the pool; may take seconds.

    `cache` is a folder for what can be computed again. Raises KnownError for a model that is
    missing or damaged.
    """
    # Each recipe imports its models, which the other does not need.
    if configuration.kind is Kind.SPANS:
        from al_desktop.recipes import spans

        return spans.build(configuration, pool, cache)
    from al_desktop.recipes import texts

    return texts.build(configuration, pool, cache)
