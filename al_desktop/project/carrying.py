"""A trained model that travels inside a copy, and which model the learner may use here.

What a colleague's learner knows comes from the answers in the copy: it learns them anew in
seconds. A trained model is worth sending where the answers stay behind: once approved, it proposes
the spans to ask about. A model of whole texts can be taken out and used elsewhere.
"""

import base64
import binascii
import hashlib
import io
import time
import zipfile
import zlib
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath
from tempfile import TemporaryDirectory

from al_desktop import paths
from al_desktop.core.configuration import Configuration
from al_desktop.core.errors import KnownError
from al_desktop.core.questions import Kind
from al_desktop.recipes.approval import is_approved
from al_desktop.storage import ProjectFile

_STATE, _CONTENT = "model", "model content"
_MOST_FILES = 2_000
_LARGEST_BYTES = 500 << 20


@dataclass(frozen=True, slots=True)
class CarriedModel:
    """`folder` is where it is unpacked to when it is used; the name holds the hash of all of it,
    so to approve the folder is to approve this very model."""

    by: str
    packed_ms: int
    folder: Path


def packed(folder: Path, by: str) -> Mapping[str, object]:
    """A trained model as state for a copy. Raises KnownError for a folder that holds none."""
    files = [path for path in sorted(folder.rglob("*")) if path.is_file()]
    if not (folder / "config.cfg").is_file():
        raise KnownError(
            f"{folder} is no trained model: it has no config.cfg. Choose a folder that was made "
            "here."
        )
    if len(files) > _MOST_FILES or sum(path.stat().st_size for path in files) > _LARGEST_BYTES:
        raise KnownError(f"{folder} is too large to send: more than {_LARGEST_BYTES >> 20} MB.")
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as archive:
        for path in files:
            archive.write(path, path.relative_to(folder).as_posix())
    content = buffer.getvalue()
    return {
        _STATE: {
            "by": by,
            "packed_ms": time.time_ns() // 1_000_000,
            "sha256": hashlib.sha256(content).hexdigest(),
        },
        _CONTENT: base64.b64encode(content).decode("ascii"),
    }


def carried_model(file: ProjectFile) -> CarriedModel | None:
    """The model that came with this copy, if one did."""
    found = file.state(_STATE)
    if not isinstance(found, dict):
        return None
    by, packed_ms, digest = found.get("by"), found.get("packed_ms"), found.get("sha256")
    if not (isinstance(by, str) and isinstance(packed_ms, int) and isinstance(digest, str)):
        return None
    if len(digest) != 64 or set(digest) - set("0123456789abcdef"):
        return None
    return CarriedModel(by, packed_ms, paths.data_folder() / "models" / digest)


def take_out(file: ProjectFile, destination: Path) -> None:
    """Writes the model that came with the copy to a new folder. Raises KnownError where there is
    none, the folder exists, or it isn't what it says it is."""
    model = carried_model(file)
    if model is None:
        raise KnownError(f"No trained model came with {file.path}.")
    if destination.exists():
        raise KnownError(f"{destination} exists already. Choose another name for the folder.")
    broken = KnownError(f"The model in {file.path} is damaged. Ask for it to be sent anew.")
    try:
        content = base64.b64decode(str(file.state(_CONTENT)), validate=True)
        if hashlib.sha256(content).hexdigest() != model.folder.name:
            raise broken
        destination.parent.mkdir(parents=True, exist_ok=True)
        with TemporaryDirectory(prefix=".model-", dir=destination.parent) as beside:
            _unpack(content, Path(beside) / "model", broken)
            (Path(beside) / "model").rename(destination)
    except (binascii.Error, zipfile.BadZipFile, zlib.error, EOFError, RuntimeError) as error:
        raise broken from error
    except OSError as error:
        raise KnownError(f"{destination} can't be written: {error.strerror or error}.") from error


def learner_configuration(file: ProjectFile) -> Configuration:
    """As the learner is to have it on this computer: with the model that came with the copy in
    place of the base if the user approved it, and without a base that nobody approved."""
    configuration = file.configuration
    model = carried_model(file) if configuration.kind is Kind.SPANS else None
    if model is not None and is_approved(str(model.folder)):
        if not model.folder.is_dir():
            take_out(file, model.folder)
        return replace(configuration, base=str(model.folder))
    return configuration if is_approved(configuration.base) else replace(configuration, base="")


def to_approve(file: ProjectFile) -> str:
    """What the user is to be asked about before it is loaded: the folder of a model that came
    with the copy, or the base that the project names; "" for nothing."""
    configuration = file.configuration
    model = carried_model(file) if configuration.kind is Kind.SPANS else None
    if model is not None and not is_approved(str(model.folder)):
        return str(model.folder)
    return "" if is_approved(configuration.base) else configuration.base


def _unpack(content: bytes, folder: Path, broken: KnownError) -> None:
    """Sizes that an archive claims aren't trusted, nor are its names."""
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        entries = archive.infolist()
        if len(entries) > _MOST_FILES:
            raise broken
        left = _LARGEST_BYTES
        for entry in entries:
            name = PurePosixPath(entry.filename)
            plain = name.parts and not name.is_absolute() and ".." not in name.parts
            if not plain or any(mark in entry.filename for mark in "\\:\0") or entry.is_dir():
                raise broken
            with archive.open(entry) as packed_file:
                data = packed_file.read(left + 1)
            left -= len(data)
            if left < 0:
                raise broken
            target = folder.joinpath(*name.parts)
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(data)
    if not (folder / "config.cfg").is_file():
        raise broken
