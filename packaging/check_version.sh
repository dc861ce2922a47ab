#!/bin/bash
# A tag must name the version of pyproject.toml, and CHANGELOG.md must tell about it.
#
#   check_version.sh GIT_REF
set -euo pipefail
cd "$(dirname "$0")/.."
version=$(sed -nE 's/^version = "(.*)"/\1/p' pyproject.toml)
case $1 in
  refs/tags/v"$version") ;;
  refs/tags/*) echo "The tag is ${1#refs/tags/}, the version $version." >&2; exit 1 ;;
esac
grep -qE "^## ${version//./\\.}( |$)" CHANGELOG.md || { echo "CHANGELOG.md has no $version." >&2; exit 1; }
