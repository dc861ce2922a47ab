#!/bin/bash
# Compiles the Windows installer, with every warning an error.
#
#   windows_installer.sh [FOLDER]    FOLDER is the frozen program; without one, a dummy: the script
#                                    itself is what is checked then
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(sed -nE 's/^version = "(.*)"/\1/p' pyproject.toml)
source=${1:-}
output=dist/al-desktop-$version-windows-setup.exe
if [ -z "$source" ]; then
  source=build/dummy
  output=build/dummy-setup.exe
  mkdir -p $source/_internal
  touch $source/al-desktop.exe $source/al-desktop-console.exe $source/_internal/file
fi
mkdir -p dist
absolute() { if command -v cygpath >/dev/null; then cygpath -wa "$1"; else realpath -m "$1"; fi; }
makensis -V2 -WX -DVERSION="$version" -DSOURCE="$(absolute "$source")" \
  -DOUTPUT="$(absolute "$output")" -DICON="$(absolute build/icons/al-desktop.ico)" \
  -DLICENCE="$(absolute LICENSE)" packaging/windows/al-desktop.nsi
ls -l "$output"
