"""Files that are broken or mean harm: read, or refused in a sentence, and nothing else.

`make fuzz` runs this for long, with many more examples; what it finds becomes a test of its own.
"""

import os
import zlib
from collections.abc import Iterator
from contextlib import suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from al_desktop.core.configuration import Configuration, Label
from al_desktop.core.errors import KnownError
from al_desktop.core.events import AnswerLog, Event, EventKind
from al_desktop.core.identifiers import uuid7
from al_desktop.core.questions import Answer, Kind, Question, Selection, Text, text_key
from al_desktop.formats import READERS, BadLine, Record, Source, reader_for
from al_desktop.formats.unpacking import unpacked
from al_desktop.project import Project, import_texts
from al_desktop.project.carrying import learner_configuration
from al_desktop.storage import ProjectFile

EXAMPLES = int(os.environ.get("AL_DESKTOP_FUZZ_EXAMPLES", "60"))
FORMATS = Path(__file__).parents[3] / "shared" / "formats"
MEMORY = "/dev/shm" if Path("/dev/shm").is_dir() else None
fuzz = settings(
    max_examples=EXAMPLES,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)

# Small beginnings of each format, to be broken.
SEEDS: dict[str, list[bytes]] = {
    "jsonl": [
        b'{"text": "Ada met Bob", "spans": [{"start": 0, "end": 3, "label": "P"}], "answer": '
        b'"accept", "_timestamp": 1700000000, "meta": {"a": [1, 2.5, null]}}\n',
        b'{"text": "x", "label": [[0, 1, "A"]], "annotations": [{"label": 3, "user": 1}]}\n',
        b'{"text": "x", "options": [{"id": "A"}], "accept": ["A"], "cats": {"B": 0.5}}\n',
    ],
    "json": [
        b'[{"data": {"text": "Ada"}, "annotations": [{"completed_by": {"email": "a@b"}, "result": '
        b'[{"value": {"start": 0, "end": 3, "text": "Ada", "labels": ["P"]}}]}]}]',
        b'[{"text": "x", "label": [{"start": 0, "end": 1, "labels": ["A"]}]}]',
    ],
    "csv": [b'id,text,label\r\n1,"a ""b""\r\nc",X\r\n2,d,Y\r\n', b"a\tb\n1\tlong text here\n"],
    "text": [b"one\r\ntwo\n\nthree", "ü\ufeff".encode("utf-16")],
    "conll": [b"# text = Ada met\n1\tAda\tB-P\n2\tmet\tO\n\n-DOCSTART- -X- O O\n\nBob B-P I-P\n"],
    "webanno": [
        b"#FORMAT=WebAnno TSV 3\n\n#Text=Ada met\n1-1\t0-3\tAda\tP[1]|Q\n1-2\t4-7\tmet\t_\n"
    ],
    "yedda": [b"[@Ada#Person*] met [@#x*] [@[@Bob#P*]#Q*]\n"],
    "fasttext": [b"__label__a __label__b text\n__label__c\n"],
    "brat": [b"T1\tP 0 3\tAda\nT2\tP 0 1;2 3\tA a\nR1\tOf Arg1:T1 Arg2:T2\n"],
    "docbin": [
        zlib.compress(
            b"\x87\xa5attrs\x91\x41\xa6tokens\xc4\x00\xa6spaces\xc4\x00\xa7lengths\xc4\x00"
            b"\xa7strings\x90\xa4cats\x90\xa5flags\x90"
        )
    ],
    "parquet": [
        b"PAR1" + bytes(20) + b"PAR1",
        b"ARROW1" + bytes(20),
        b"\xff\xff\xff\xff\x10" + bytes(20),
    ],
    "xlsx": [b"PK\x03\x04" + bytes(40)],
}

NASTY = [b"\0", b"\xff", b"\xed\xa0\x80", b"\xef\xbb\xbf", b"\r", b"\n", b'"', b"[" * 500]
NASTY += [b"\\ud83d", b"9" * 400, b"-1", b"1e999", b"\t" * 50, b"\xf0\x9f\x98\x80", b"{}", b"null"]


def breakages() -> st.SearchStrategy[list[tuple[int, int, bytes]]]:
    """Where, how much is replaced, and by what."""
    nasty = st.sampled_from(NASTY)
    one = st.tuples(st.integers(0, 100_000), st.integers(0, 40), st.binary(max_size=8) | nasty)
    return st.lists(one, max_size=6)


def broken(content: bytes, changes: list[tuple[int, int, bytes]]) -> bytes:
    for at, size, instead in changes:
        at %= len(content) + 1
        content = content[:at] + instead + content[at + size :]
    return content


@pytest.fixture(scope="module")
def folder() -> Iterator[Path]:
    with TemporaryDirectory(dir=MEMORY) as name:
        yield Path(name)


def check_read(path: Path, name: str) -> None:
    with suppress(KnownError), Source(path) as source:
        for found in READERS[name].read(source):
            assert isinstance(found, Record | BadLine)
            assert found.line >= 0
            if isinstance(found, Record):
                assert found.content.strip()
                for one in found.annotations:
                    assert one.label
                    if one.start is not None and one.end is not None:
                        assert 0 <= one.start < one.end <= len(found.content)


@pytest.mark.parametrize("name", READERS)
@fuzz
@given(data=st.data(), changes=breakages())
def test_readers(folder: Path, name: str, data: st.DataObject, changes: list) -> None:
    seed = data.draw(st.sampled_from(SEEDS[name]) | st.binary(max_size=200))
    path = folder / "seed.ann"
    path.with_suffix(".txt").write_bytes(broken(b"Ada met Bob", changes[:1]))
    path.write_bytes(broken(seed, changes))
    check_read(path, name)


@pytest.mark.skipif(not FORMATS.is_dir(), reason="the folder of example formats is not here")
@fuzz
@given(data=st.data(), changes=breakages())
def test_broken_examples(folder: Path, data: st.DataObject, changes: list) -> None:
    files = sorted(path for path in FORMATS.rglob("*") if path.is_file())
    chosen = data.draw(st.sampled_from(files))
    path = folder / chosen.name
    path.write_bytes(broken(chosen.read_bytes()[:100_000], changes))
    with suppress(KnownError):
        reader = reader_for(path)
        (name,) = [name for name, known in READERS.items() if known is reader]
        check_read(path, name)
    path.unlink()


@pytest.mark.parametrize("suffix", [".zip", ".gz"])
@fuzz
@given(content=st.binary(max_size=300), changes=breakages())
def test_archives(folder: Path, suffix: str, content: bytes, changes: list) -> None:
    import gzip
    import io
    import zipfile

    packed = gzip.compress(content)
    if suffix == ".zip":
        buffer = io.BytesIO()
        with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
            archive.writestr("a/b.txt", content)
            archive.writestr("c.csv", b"text\nx\n")
        packed = buffer.getvalue()
    path = folder / f"archive{suffix}"
    path.write_bytes(broken(packed, changes))
    with suppress(KnownError), unpacked(path) as files:
        for file in files:
            file.read_bytes()


@pytest.fixture(scope="module")
def whole(folder: Path) -> Path:
    """A small project file with everything in it."""
    path = folder / "whole.aldesk"
    labels = (Label("P", "Person", terms=("Ada",)), Label("Q", "Place"))
    with ProjectFile.create(path, "Whole", Configuration(Kind.SPANS, labels)) as file:
        contents = [f"Ada went to town {number}" for number in range(60)]
        texts = [Text(text_key(one), one, {"n": 1}, "a.txt", 1) for one in contents]
        for _ in file.add_texts([texts]):
            pass
        for text in texts[:40]:
            question = Question(text.key, "P", 0, 3)
            chosen = Selection("random", 0.5, 0.5)
            event = Event(
                uuid7(), EventKind.ANSWER, question, "ada", 1, Answer.ACCEPT, selection=chosen
            )
            file.append(event)
        file.set_state("pinned", "P")
    return path


@settings(fuzz, max_examples=EXAMPLES * 2)
@given(
    patches=st.lists(
        st.tuples(
            st.integers(0, 120) | st.integers(0, 100_000), st.binary(min_size=1, max_size=64)
        ),
        min_size=1,
        max_size=5,
    ),
    cut=st.none() | st.integers(0, 60_000),
)
def test_project_files(
    folder: Path, whole: Path, patches: list[tuple[int, bytes]], cut: int | None
) -> None:
    content = bytearray(whole.read_bytes())
    length = len(content)
    for at, patch in patches:
        at %= length
        content[at : at + len(patch)] = patch
    del content[length if cut is None else cut :]
    path = folder / "broken.aldesk"
    path.write_bytes(content)
    for opens in (ProjectFile.open_for_reading, ProjectFile.open):
        with suppress(KnownError), opens(path) as file:
            use(file)
    (folder / "good.aldesk").write_bytes(whole.read_bytes())
    with ProjectFile.open(folder / "good.aldesk") as good:
        before = list(good.events())
        with suppress(KnownError):
            good.merge(path)
        assert list(good.events())[: len(before)] == before
    path.unlink(missing_ok=True)


def use(file: ProjectFile) -> None:
    """What the window, the worker and the command line do with a project."""
    AnswerLog(event for _, event in file.events())
    pool = file.pool()
    assert len(list(pool.keys())) == len(pool)
    for batch in pool.batches(50):
        for text in batch:
            assert isinstance(text.content, str)
    file.state("pinned")
    with suppress(KnownError):
        learner_configuration(file)
    if len(pool):
        pool.contents([0])


@fuzz
@given(rows=st.lists(st.binary(max_size=60), max_size=5), changes=breakages())
def test_imports_as_a_whole(folder: Path, whole: Path, rows: list[bytes], changes: list) -> None:
    path = folder / "import.aldesk"
    path.write_bytes(whole.read_bytes())
    source = folder / "rows.jsonl"
    source.write_bytes(broken(SEEDS["jsonl"][0] * 3 + b"\n".join(rows), changes))
    with ProjectFile.open(path) as file:
        before = file.text_count()
        try:
            for _ in import_texts(file, source, annotations="answers"):
                pass
        except KnownError:
            assert file.text_count() == before
    with Project(ProjectFile.open(path), "ada") as project:
        project.statistics()
        for batch in project.file.pool().batches(100):
            for text in batch:
                assert text.key == text_key(text.content)
                text.content.encode("utf-8")
