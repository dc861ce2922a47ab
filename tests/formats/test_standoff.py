"""Spans in pieces and parts of words: what a project can't hold is taken as near as can be."""

from pathlib import Path

import pytest

from al_desktop.core.errors import KnownError
from al_desktop.formats import READERS, Annotation, BadLine, Record, Source


def read(path: Path, name: str, content: str) -> tuple[list[Record], list[BadLine]]:
    path.write_text(content, encoding="utf-8")
    with Source(path) as source:
        found = list(READERS[name].read(source))
    texts = [one for one in found if isinstance(one, Record)]
    return texts, [one for one in found if isinstance(one, BadLine)]


def test_brat_spans_in_pieces(tmp_path: Path) -> None:
    (tmp_path / "a.txt").write_text("left and right\natrium of Ada")
    (text,), bad = read(
        tmp_path / "a.ann",
        "brat",
        "T1\tPART 0 4;15 21\tleft atrium\n"  # words between
        "T2\tPART 9 14;15 21\tright atrium\n"  # a line end between
        "T3\tPER 25 28\tAda\nT4\tPER 0 4;99 100\tleft x\nT5\tPER 0 4;9 14\tleft wrong\n"
        "R1\tOf Arg1:T1 Arg2:T3\nT6\tPER 1\tx\n",
    )
    assert text.annotations == (
        Annotation("PART", 0, 21),
        Annotation("PART", 9, 21),
        Annotation("PER", 25, 28),
    )
    assert [(one.line, one.reason.split(":")[0]) for one in bad] == [
        (1, "a span in 2 pieces was taken as one"),
        (4, "the span from 99 to 100 is not within the text"),
        (5, "the span 'left wrong' is not at its place in the text"),
        (7, "not a span of brat"),
    ]


def test_webanno_parts_of_tokens(tmp_path: Path) -> None:
    content = (
        "#FORMAT=WebAnno TSV 3.3\n\n#Text=Es war Juventus-Spieler Ada\n"
        "1-1\t10-12\tEs\t_\n1-2\t13-16\twar\t_\n1-3\t17-33\tJuventus-Spieler\t_\n"
        "1-3.1\t17-25\tJuventus\tORGpart\n1-3.2\t26-33\tSpieler\tROLE[1]\n1-4\t34-37\tAda\tROLE[1]|PER\n"
        "1-4.1\t35-99\tnot there\tX\n"
    )
    (text,), bad = read(tmp_path / "a.tsv", "webanno", content)
    found = {text.content[one.start : one.end]: one.label for one in text.annotations}
    assert found == {"Juventus": "ORGpart", "Spieler Ada": "ROLE", "Ada": "PER"}
    assert [one.line for one in bad] == [10]


def test_brat_without_its_text(tmp_path: Path) -> None:
    with pytest.raises(KnownError, match=r"a\.txt is missing"):
        read(tmp_path / "a.ann", "brat", "T1\tP 0 3\tAda\n")
