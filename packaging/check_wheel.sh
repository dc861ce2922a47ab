#!/bin/bash
# The program from a built wheel, in a plain environment away from the sources: must play the whole journey.
#
#   check_wheel.sh PYTHON
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
rm -rf build/wheel build/wheel-venv
mkdir -p build
"$python" -m venv build/wheel-venv
pip=("$PWD/build/wheel-venv/bin/python" -m pip --disable-pip-version-check --quiet --no-input)
# The versions of the lock file, as constraints: a user's pip picks the newest ones that fit.
sed -nE 's/^([A-Za-z0-9._-]+==[^ ]+( ;[^\\]*)?).*/\1/p' requirements.lock > build/constraints.txt
"${pip[@]}" wheel --no-deps --wheel-dir build/wheel .
"${pip[@]}" install --constraint build/constraints.txt build/wheel/al_desktop-*.whl
cd /
"$OLDPWD/build/wheel-venv/bin/python" - <<'PYTHON'
from pathlib import Path
import al_desktop
from al_desktop import paths

home = Path(al_desktop.__file__).resolve()
assert "site-packages" in home.parts, home
for name in ("encoder/vocab.txt", "sample/texts.jsonl", "icons/al-desktop.svg"):
    assert (paths.resources() / name).is_file(), name
PYTHON
QT_QPA_PLATFORM=offscreen "$OLDPWD/build/wheel-venv/bin/al-desktop" self-test
