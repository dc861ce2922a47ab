"""Parquet and Arrow files as `datasets` writes them, and what is said where pyarrow is missing."""

import json
import sys
from pathlib import Path

import pytest

from al_desktop.core.errors import KnownError
from al_desktop.formats import Annotation, BadLine, Record, Source, reader_for
from al_desktop.formats.unpacking import unpacked

TAGS = ["O", "B-PER", "I-PER", "B-LOC"]
FEATURES = {
    "tokens": {"feature": {"dtype": "string", "_type": "Value"}, "_type": "Sequence"},
    "ner_tags": {"feature": {"names": TAGS, "_type": "ClassLabel"}, "_type": "Sequence"},
    "text": {"dtype": "string", "_type": "Value"},
    "label": {"names": ["ham", "spam"], "_type": "ClassLabel"},
}


def read(path: Path, **choices: str) -> list[Record | BadLine]:
    with Source(path) as source:
        return list(reader_for(path).read(source, **choices))


def saved(path: Path, columns: dict[str, list]) -> Path:
    """By the end of its name: Parquet, Arrow's stream as `save_to_disk` writes it, or Feather."""
    pa = pytest.importorskip("pyarrow", reason="pyarrow is an extra")
    described = {"info": {"features": {name: FEATURES[name] for name in columns}}}
    table = pa.table(columns).replace_schema_metadata({"huggingface": json.dumps(described)})
    path.parent.mkdir(parents=True, exist_ok=True)
    if path.suffix == ".parquet":
        import pyarrow.parquet

        pyarrow.parquet.write_table(table, str(path))
        return path
    new = pa.ipc.new_stream if path.suffix == ".arrow" else pa.ipc.new_file
    with pa.OSFile(str(path), "wb") as file, new(file, table.schema) as writer:
        writer.write_table(table)
    return path


@pytest.mark.parametrize("suffix", [".parquet", ".arrow", ".feather"])
def test_classes_get_their_names(tmp_path: Path, suffix: str) -> None:
    columns = {"text": ["one", "two", ""], "label": [1, 0, None]}
    found = read(saved(tmp_path / f"a{suffix}", columns))
    assert found == [
        Record("one", 1, {}, (Annotation("spam"),)),
        Record("two", 2, {}, (Annotation("ham"),)),
        BadLine(3, None, '"text" is empty'),
    ]


def test_words_and_tags_become_spans(tmp_path: Path) -> None:
    words = [["Ada", "Lovelace", "in", "London"], ["Nobody"]]
    path = saved(tmp_path / "a.parquet", {"tokens": words, "ner_tags": [[1, 2, 0, 3], [0]]})
    spans = (Annotation("PER", 0, 12), Annotation("LOC", 16, 22))
    assert read(path) == [Record("Ada Lovelace in London", 1, {}, spans), Record("Nobody", 2)]


def test_a_label_column_of_choice(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.parquet", {"text": ["one"], "label": [1]})
    assert read(path, text="text", label="label") == [Record("one", 1, {}, (Annotation("spam"),))]
    with pytest.raises(KnownError, match='no column "lable"'):
        read(path, label="lable")


def test_a_saved_dataset_is_its_data(tmp_path: Path) -> None:
    for part in ("train", "test"):
        saved(tmp_path / "set" / part / "data-00000-of-00001.arrow", {"text": [part]})
        (tmp_path / "set" / part / "dataset_info.json").write_text("{}")
        (tmp_path / "set" / part / "state.json").write_text("{}")
    (tmp_path / "set" / "dataset_dict.json").write_text('{"splits": ["train", "test"]}')
    with unpacked(tmp_path / "set") as files:
        assert [one.content for path in files for one in read(path)] == ["test", "train"]  # type: ignore[union-attr]


def test_a_hub_folder_is_read_without_its_readme(tmp_path: Path) -> None:
    (tmp_path / "README.md").write_text("---\nlicense: mit\n---\n# A dataset\n")
    (tmp_path / "train.jsonl").write_text('{"text": "one"}\n')
    with unpacked(tmp_path) as files:
        assert [path.name for path in files] == ["train.jsonl"]


def test_a_broken_file_is_refused(tmp_path: Path) -> None:
    path = saved(tmp_path / "a.parquet", {"text": ["one"], "label": [1]})
    path.write_bytes(path.read_bytes()[:-20])
    with pytest.raises(KnownError, match="not readable as a columnar file"):
        read(path)


def test_without_pyarrow_it_says_what_to_do(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setitem(sys.modules, "pyarrow", None)
    path = tmp_path / "a.parquet"
    path.write_bytes(b"PAR1")
    with pytest.raises(KnownError, match="Or save the data as JSON Lines or CSV"):
        read(path)


def test_tagged_words_in_json_lines(tmp_path: Path) -> None:
    path = tmp_path / "a.jsonl"
    path.write_text(
        '{"tokens": ["Ada", "met", "Bob"], "ner_tags": ["B-PER", "O", "B-PER"]}\n'
        '{"tokens": ["Ada"], "ner_tags": [1]}\n'
    )
    spans = (Annotation("PER", 0, 3), Annotation("PER", 8, 11))
    first, bad, second = read(path)
    assert first == Record("Ada met Bob", 1, {}, spans)
    assert isinstance(bad, BadLine)
    assert second == Record("Ada", 2)
