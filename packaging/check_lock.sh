#!/bin/bash
# Every locked package has a wheel, with a locked hash, for each system that a release is built on.
#
#   check_lock.sh PYTHON
set -euo pipefail
cd "$(dirname "$0")/.."
python=$1
[ -x build/uv/bin/uv ] || { "$python" -m venv build/uv && build/uv/bin/pip install -q uv==0.13.9; }
[ -x build/lock/bin/python ] || "$python" -m venv --without-pip build/lock
for platform in x86_64-manylinux_2_36 x86_64-pc-windows-msvc aarch64-apple-darwin; do
  # macOS 14, as build.spec says.
  env -u UV_FIND_LINKS MACOSX_DEPLOYMENT_TARGET=14.0 build/uv/bin/uv pip install --quiet --dry-run \
    --python build/lock/bin/python --python-platform "$platform" --only-binary :all: \
    --require-hashes -r requirements.lock
  echo "  $platform"
done
