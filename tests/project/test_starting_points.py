from pathlib import Path

from al_desktop.project.starting_points import StartingPoints, read_starting_points


def found(path: Path, content: str) -> StartingPoints:
    path.write_text(content, encoding="utf-8")
    *_, last = read_starting_points(path, "en")
    return last


def test_terms_with_and_without_labels(tmp_path: Path) -> None:
    read = found(tmp_path / "terms.txt", "olive oil\n\nDRINK\tred wine\nolive oil\n")
    assert read == StartingPoints({"": ("olive oil",), "DRINK": ("red wine",)}, {})


def test_patterns_are_tried_and_bad_lines_are_named(tmp_path: Path) -> None:
    read = found(
        tmp_path / "patterns.jsonl",
        '{"label": "FOOD", "pattern": "olive oil"}\n'
        '{"label": "FOOD", "pattern": [{"LOWER": "bread"}]}\n'
        '{"label": "FOOD", "pattern": [{"COLOUR": "red"}]}\n'
        '{"label": "FOOD", "pattern": \n'
        '{"text": "a text"}\n'
        '{"pattern": [{"POS": "NOUN"}]}\n',
    )
    assert read.patterns == {"FOOD": ('"olive oil"', '[{"LOWER": "bread"}]')}
    assert [line.line for line in read.bad] == [3, 4, 5, 6]
    assert "COLOUR" in read.bad[0].reason
    assert "JSON" in read.bad[1].reason
    assert "trained pipeline" in read.bad[3].reason
