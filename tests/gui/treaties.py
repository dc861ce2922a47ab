"""The texts of the window's tests, and the order in which a worker would ask about them."""

from al_desktop.core.questions import Asked, Question, Selection, text_key
from al_desktop.core.queue import Ranking

CONTENTS = [f"In {year} the Treaty of Paris was signed again." for year in range(1900, 1960)]


def ranking(learned_through: int = 0) -> Ranking:
    """One question about each text's treaty, in the texts' order."""
    asked = tuple(
        Asked(
            Question(text_key(content), "TREATY", 12, 27),
            Selection("uncertain", 0.01, 0.52, model_version=3),
        )
        for content in CONTENTS
    )
    return Ranking(3, learned_through, asked)
