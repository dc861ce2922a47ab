#!/bin/bash
# Builds the packages twice from the committed sources, in two folders with an environment each, and
# compares every byte. Prints the files that differ, if any.
set -euo pipefail
cd "$(dirname "$0")/.."
folder=$PWD/build/reproducible
rm -rf "$folder" && mkdir -p "$folder"
trap 'rm -rf "$folder"/*/' EXIT
for name in one another-place; do
  git clone --quiet --no-local . "$folder/$name"
  make -C "$folder/$name" deb >"$folder/$name.log" 2>&1 || { tail -n 20 "$folder/$name.log" >&2; exit 1; }
  (cd "$folder/$name/dist" && find . -type f -print0 | LC_ALL=C sort -z | xargs -0 sha256sum) >"$folder/$name.sums"
done
diff "$folder/one.sums" "$folder/another-place.sums"
echo "$(wc -l <"$folder/one.sums") files, the packages among them, are the same in both builds"
