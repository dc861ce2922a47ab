"""Where things are: the program's own resources, and the user's folders."""

import sys
from pathlib import Path

from platformdirs import PlatformDirs

_DIRECTORIES = PlatformDirs("AL Desktop", appauthor=False)
_PACKAGE = Path(__file__).resolve().parent


def resources() -> Path:
    """The folder of what ships with the program: frozen, installed from a wheel, or in source."""
    frozen = getattr(sys, "_MEIPASS", None)
    if frozen is not None:
        return Path(frozen) / "resources"
    installed = _PACKAGE / "resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def changelog() -> Path:
    """What changed from version to version: among the resources, or beside them in source."""
    shipped = resources() / "CHANGELOG.md"
    return shipped if shipped.is_file() else resources().parent / "CHANGELOG.md"


def licences() -> Path:
    """The licences of everything that is shipped along; missing where nothing is, as in source."""
    return resources() / "licences.txt"


def data_folder() -> Path:
    """The user's projects are here unless they say otherwise."""
    return _DIRECTORIES.user_data_path


def cache_folder() -> Path:
    """Can be deleted at any time."""
    return _DIRECTORIES.user_cache_path


def config_folder() -> Path:
    return _DIRECTORIES.user_config_path


def log_folder() -> Path:
    return _DIRECTORIES.user_log_path
