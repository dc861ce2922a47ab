import pytest

from al_desktop.models.pipeline_meta import LANGUAGES
from al_desktop.project.language import _FREQUENT, _SCRIPTS, likely_language


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Der Patient ist nicht mit dem Rad gekommen und hat sich auf den Weg gemacht.", "de"),
        ("The patient was with the nurse and it is not that bad.", "en"),
        ("Le patient est dans la salle et les soins ne sont pas finis pour lui.", "fr"),
        ("自從2004年提出了興建人文大樓的構想", "zh"),
        ("これは日本語の文章です。漢字もある。", "ja"),
        ("ابشركم طلقت السات RELAX", "ar"),
        ("Пациент чувствует себя хорошо", "ru"),
        ("Aspirin 100 mg", ""),
        ("", ""),
    ],
)
def test_languages_are_told_apart(text: str, language: str) -> None:
    assert likely_language([text]) == language


def test_all_that_is_guessed_can_be_chosen() -> None:
    assert {*_FREQUENT, *_SCRIPTS.values()} <= set(LANGUAGES)
