from pathlib import Path

import pytest

from al_desktop.formats import Record, Source
from al_desktop.formats.plain import read

CONTENT = "\n  One.\nTwo.\n\n \nThree.\n"


@pytest.mark.parametrize(
    ("unit", "expected"),
    [
        ("line", [Record("One.", 2), Record("Two.", 3), Record("Three.", 6)]),
        ("paragraph", [Record("One.\nTwo.", 2), Record("Three.", 6)]),
        ("file", [Record("One.\nTwo.\n\n \nThree.", 2)]),
    ],
)
def test_units(tmp_path: Path, unit: str, expected: list[Record]) -> None:
    path = tmp_path / "a.txt"
    path.write_text(CONTENT)
    with Source(path) as source:
        assert list(read(source, unit=unit)) == expected
