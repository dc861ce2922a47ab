#!/bin/bash
# Makes requirements.lock anew: newest versions that pyproject.toml allows, for every system,
# with the hashes of all their files. The lock names no server.
#
#   lock.sh PYTHON
set -euo pipefail
python=$1
[ -x build/uv/bin/uv ] || { "$python" -m venv build/uv && build/uv/bin/pip install -q uv==0.13.9; }
env -u UV_FIND_LINKS build/uv/bin/uv pip compile pyproject.toml --quiet --upgrade --universal \
  --python-version 3.11 --generate-hashes --extra dev --extra packaging \
  --custom-compile-command "make lock" --output-file requirements.lock
if grep -nE '^ *(-i|-f|--[a-z-]*(index|links))|://' requirements.lock; then
  echo "requirements.lock names a server." >&2
  exit 1
fi
