from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.gold import gold
from al_desktop.core.questions import Kind, Text, text_key
from al_desktop.core.reserve import reserved
from al_desktop.project import Project, TextDraw, create_project

CONFIGURATION = Configuration(Kind.SPANS, (Label("A", "A"), Label("B", "B")), reserved_share=0.0)


def project_with(path: Path, count: int, configuration: Configuration = CONFIGURATION) -> Project:
    project = create_project(path, "Trial", configuration)
    contents = [f"text {number}" for number in range(count)]
    for _ in project.file.add_texts([[Text(text_key(each), each) for each in contents]]):
        pass
    return project


@pytest.mark.parametrize("count", [3, 60])
def test_every_text_comes_once_with_its_probability(tmp_path: Path, count: int) -> None:
    with project_with(tmp_path / "trial.aldesk", count) as project:
        draw = TextDraw(project.file, project.log)
        seen: list[str] = []
        while (drawn := draw.draw()) is not None:
            text, selection = drawn
            assert drawn == draw.draw()
            assert selection.strategy == "random"
            assert selection.probability == pytest.approx(1 / (count - len(seen)))
            seen.append(text.content)
            project.session.highlight(text.key, gold(["A", "B"], []), 1.0, selection)
        assert sorted(seen) == sorted(f"text {number}" for number in range(count))
        assert seen != sorted(seen)
        project.session.undo()
        again = draw.draw()
        assert again is not None
        assert again[0].content == seen[-1]


def test_a_new_label_opens_highlighted_texts_again(tmp_path: Path) -> None:
    with project_with(tmp_path / "trial.aldesk", 1) as project:
        draw = TextDraw(project.file, project.log)
        first = draw.draw()
        assert first is not None
        assert draw.draw(passed_over={first[0].key}) is None
        project.session.highlight(first[0].key, gold(["A"], []), 1.0)
        assert draw.draw() is not None
        project.session.highlight(first[0].key, gold(["A", "B"], []), 1.0)
        assert draw.draw() is None


def test_all_texts_are_equally_likely(tmp_path: Path) -> None:
    with project_with(tmp_path / "trial.aldesk", 5) as project:
        counts: Counter[str] = Counter()
        for seed in range(400):
            project.file.configuration = replace(CONFIGURATION, seed=seed)
            drawn = TextDraw(project.file, project.log).draw()
            assert drawn is not None
            counts[drawn[0].content] += 1
        assert len(counts) == 5
        assert all(50 < count < 115 for count in counts.values()), counts


def test_reserved_texts_are_passed_over(tmp_path: Path) -> None:
    configuration = replace(CONFIGURATION, reserved_share=0.5)
    with project_with(tmp_path / "trial.aldesk", 120, configuration) as project:
        draw = TextDraw(project.file, project.log)
        seen: set[str] = set()
        while (drawn := draw.draw(seen)) is not None:
            seen.add(drawn[0].key)
        keys = list(project.file.pool().keys())
        apart = reserved(keys, 0.5, 2000)
        assert seen == {key for key, is_apart in zip(keys, apart, strict=True) if not is_apart}
        assert 30 < len(seen) < 90


def test_nothing_to_draw(tmp_path: Path) -> None:
    with project_with(tmp_path / "trial.aldesk", 0) as project:
        assert TextDraw(project.file, project.log).draw() is None
