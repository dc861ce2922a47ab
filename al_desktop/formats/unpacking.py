"""One file or many: a folder, a zip archive or a gzipped file, as plain files to read."""

import gzip
import zipfile
import zlib
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Protocol

from al_desktop.core.errors import KnownError

MOST_FILES = 100_000
LARGEST_BYTES = 4 << 30
_CHUNK_BYTES = 1 << 20
_COLUMNAR = frozenset({".arrow", ".parquet"})
# What describes the data of a folder, and is none.
_DESCRIPTIONS = ("readme", "license", "dataset_info", "dataset_dict", "state.json")


class _Readable(Protocol):
    def read(self, size: int, /) -> bytes: ...


@contextmanager
def unpacked(path: Path) -> Iterator[list[Path]]:
    """The files to read: `path` itself, those within the folder it is, or what the archive it is
    unpacks to, for as long as the context lasts. Sorted by name; hidden ones are left out, and
    those that describe a dataset of Hugging Face.

    Names within an archive never decide where anything is written. Raises KnownError for more
    than 100,000 files, more than 4 GB, or an archive that is broken.
    """
    if path.is_dir():
        files = sorted(file for file in path.rglob("*") if _is_wanted(file, path))
        _limit(path, len(files) > MOST_FILES)
        yield _data(files)
    elif path.suffix.lower() in (".gz", ".zip"):
        with TemporaryDirectory(prefix="al-desktop-") as folder:
            try:
                if path.suffix.lower() == ".gz":
                    files = [_gunzip(path, Path(folder))]
                else:
                    files = _data(list(_unzip(path, Path(folder))))
            except (OSError, EOFError, zlib.error, zipfile.BadZipFile, RuntimeError) as error:
                raise KnownError(f"{path} can't be unpacked: {error}.") from error
            yield files
    else:
        yield [path]


def _is_wanted(file: Path, folder: Path) -> bool:
    inside = file.relative_to(folder)
    return file.is_file() and not file.is_symlink() and not _is_hidden(inside.parts)


def _data(files: list[Path]) -> list[Path]:
    """Of a folder's files those that hold data; all where there are no others."""
    columnar = [file for file in files if file.suffix.lower() in _COLUMNAR]
    data = [file for file in files if not file.name.lower().startswith(_DESCRIPTIONS)]
    return columnar or data or files


def _is_hidden(parts: tuple[str, ...]) -> bool:
    return any(part.startswith((".", "__MACOSX")) for part in parts)


def _gunzip(path: Path, folder: Path) -> Path:
    target = folder / path.stem
    with gzip.open(path) as packed:
        _write(path, packed, target, 0)
    return target


def _unzip(path: Path, folder: Path) -> Iterator[Path]:
    with zipfile.ZipFile(path) as archive:
        entries = [
            entry
            for entry in archive.infolist()
            # A name that begins with a NUL is empty.
            if entry.filename and not entry.is_dir() and not _is_hidden(Path(entry.filename).parts)
        ]
        _limit(path, len(entries) > MOST_FILES)
        written = 0
        # A folder for each: files of one name stay apart, files that belong together by name
        # (brat's) stay together.
        places: dict[str, Path] = {}
        for entry in sorted(entries, key=lambda entry: entry.filename):
            within, _, name = entry.filename.replace("\\", "/").rpartition("/")
            place = places.setdefault(within, folder / str(len(places)))
            place.mkdir(exist_ok=True)
            target = place / (Path(name).name or "file")
            with archive.open(entry) as packed:
                written = _write(path, packed, target, written)
            yield target


def _write(path: Path, packed: _Readable, target: Path, written: int) -> int:
    """What is claimed about sizes isn't trusted: only what comes out counts."""
    with target.open("wb") as file:
        while chunk := packed.read(_CHUNK_BYTES):
            written += len(chunk)
            _limit(path, written > LARGEST_BYTES)
            file.write(chunk)
    return written


def _limit(path: Path, exceeded: bool) -> None:
    if exceeded:
        raise KnownError(
            f"{path} is too large: more than {MOST_FILES:,} files or "
            f"{LARGEST_BYTES >> 30} GB unpacked. Import it in parts."
        )
