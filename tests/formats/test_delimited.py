import csv
import io
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from al_desktop.core.errors import KnownError
from al_desktop.formats import BadLine, Record, Source
from al_desktop.formats.delimited import Layout, read, sniff


def read_text(tmp_path: Path, content: str, **choices: str) -> list[Record | BadLine]:
    path = tmp_path / "a.csv"
    path.write_text(content, encoding="utf-8", newline="")
    with Source(path, "utf-8") as source:
        return list(read(source, **choices))


def test_a_table(tmp_path: Path) -> None:
    content = (
        'id,text,label\r\n1,"Hello, ""world""\r\nagain",GREETING\r\n2,Bye,\r\n\r\n3, ,X\r\n4\r\n'
        "5,six,seven,eight\r\n6,Done,,\r\n"
    )
    assert read_text(tmp_path, content) == [
        Record('Hello, "world"\r\nagain', 2, {"id": "1", "label": "GREETING"}),
        Record("Bye", 4, {"id": "2"}),
        BadLine(6, None, "the text is empty"),
        BadLine(7, None, "1 column in place of 3"),
        BadLine(8, None, "4 columns in place of 3"),
        Record("Done", 9, {"id": "6"}),
    ]


@pytest.mark.parametrize("delimiter", [",", ";", "\t", "|"])
@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_delimiters_and_line_ends(tmp_path: Path, delimiter: str, end: str) -> None:
    rows = [["label", "sentence"], ["A", "First; one, two | three\tfour"], ["B", 'A "second"']]
    file = io.StringIO(newline="")
    csv.writer(file, delimiter=delimiter, lineterminator=end).writerows(rows)
    records = read_text(tmp_path, file.getvalue())
    assert records == [Record(rows[1][1], 2, {"label": "A"}), Record(rows[2][1], 3, {"label": "B"})]


def test_quotes_that_are_part_of_the_text() -> None:
    sample = 'ham\t"Hello there, he said\nspam\tWin "now"!\nham\tok\n'
    assert sniff(sample) == Layout("\t", False, (), 1)


@pytest.mark.parametrize(
    ("sample", "header", "column"),
    [
        ("a,b,c\n1,2,3\n", ("a", "b", "c"), 0),
        ("name,story\nAnn,A long tale of many words\n", ("name", "story"), 1),
        ("Is it?,X\nHow so?,Y\n", (), 0),
        ("text\nOne, two\nThree\n", ("text",), 0),
        (",text,text\n1,b,c\n", ("column 1", "text", "text 3"), 1),
        ("words,spans\nOne two three,\"[{'start': 0}]\"\n", ("words", "spans"), 0),
    ],
)
def test_header_and_text_column(sample: str, header: tuple[str, ...], column: int) -> None:
    layout = sniff(sample)
    assert (layout.header, layout.text_column) == (header, column)


def test_a_column_can_be_chosen(tmp_path: Path) -> None:
    content = "text,Other\nshort,the longer one\n"
    assert read_text(tmp_path, content, text="other") == [
        Record("the longer one", 2, {"text": "short"})
    ]
    assert read_text(tmp_path, content, text="2") == [
        Record("the longer one", 2, {"text": "short"})
    ]
    with pytest.raises(KnownError, match=r'no column "third".*text, Other'):
        read_text(tmp_path, content, text="third")


_cells = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\0\r"), max_size=8)


@given(st.lists(st.tuples(_cells, _cells), max_size=8))
def test_what_a_writer_quotes_comes_back(
    tmp_path_factory: pytest.TempPathFactory, rows: list[tuple[str, str]]
) -> None:
    file = io.StringIO(newline="")
    writer = csv.writer(file, quoting=csv.QUOTE_ALL)
    writer.writerows([("id", "text"), *rows])
    records = read_text(tmp_path_factory.mktemp("table"), file.getvalue())
    kept = [row for row in rows if any(cell.strip() for cell in row)]
    assert [
        record.content if isinstance(record, Record) else record.reason for record in records
    ] == [text if text.strip() else "the text is empty" for _, text in kept]
