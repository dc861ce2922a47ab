#!/bin/bash
# Freezes the program into dist/al-desktop, ready to be packed.
#
#   freeze.sh BIN      BIN is the folder of the environment's programs
set -euo pipefail
cd "$(dirname "$0")/.."
bin=$1
mkdir -p build
# The same sources make the same files: no clock and no random order in what is written.
export PYTHONHASHSEED=0
SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
export SOURCE_DATE_EPOCH

"$bin/python" packaging/icons.py
version=$(sed -nE 's/^version = "(.*)"/\1/p' pyproject.toml)
"$bin/python" packaging/windows_version.py "$version" build/version.txt
"$bin/python" packaging/man_page.py > build/al-desktop.1
rm -rf dist/al-desktop
"$bin/pyinstaller" --noconfirm --log-level WARN --distpath dist --workpath build/pyinstaller build.spec

if [ "$(uname -s)" = Linux ]; then
  bash packaging/slim_icu.sh dist/al-desktop/_internal/PySide6/Qt/lib/libicudata.so.*
  # Debugging symbols are two thirds of spaCy. numpy's own libraries break when they are stripped.
  find dist/al-desktop -type f -name '*.so*' -not -path '*/numpy.libs/*' -print0 |
    xargs -0 strip --strip-unneeded
  find dist/al-desktop -type f -name '*.so*' -exec chmod 644 {} +
fi
du -sh dist/al-desktop | sed 's/\t/ in /'
