#!/bin/bash
# Packs dist/al-desktop as a Debian package and as a portable archive, with their SHA-256 sums.
#
#   deb.sh [xz]      gzip is quicker; xz makes the smaller package of a release
set -euo pipefail
cd "$(dirname "$0")/.."
compression=${1:-gzip}
version=$(sed -nE 's/^version = "(.*)"/\1/p' pyproject.toml)
architecture=$(dpkg --print-architecture)
export SOURCE_DATE_EPOCH=${SOURCE_DATE_EPOCH:-$(git log -1 --format=%ct 2>/dev/null || date +%s)}
root=build/deb
share=$root/usr/share
linux=packaging/linux

rm -rf "$root" && mkdir -p "$root/DEBIAN" "$root/opt" "$root/usr/bin"
cp -a dist/al-desktop "$root/opt/al-desktop"
ln -s /opt/al-desktop/al-desktop "$root/usr/bin/al-desktop"
install -Dm644 $linux/al-desktop.desktop "$share/applications/al-desktop.desktop"
install -Dm644 $linux/al-desktop.xml "$share/mime/packages/al-desktop.xml"
mkdir -p "$share/metainfo"
sed "s/@VERSION@/$version/; s/@DATE@/$(date -u -d "@$SOURCE_DATE_EPOCH" +%F)/" \
  $linux/org.al_desktop.AL_Desktop.metainfo.xml > "$share/metainfo/org.al_desktop.AL_Desktop.metainfo.xml"
appstreamcli validate --no-net "$share/metainfo/org.al_desktop.AL_Desktop.metainfo.xml" >&2
desktop-file-validate "$share/applications/al-desktop.desktop"
install -Dm644 resources/icons/al-desktop.svg "$share/icons/hicolor/scalable/apps/al-desktop.svg"
for png in build/icons/*.png; do
  size=$(basename "$png" .png)
  install -Dm644 "$png" "$share/icons/hicolor/${size}x$size/apps/al-desktop.png"
done
install -Dm644 $linux/copyright "$share/doc/al-desktop/copyright"
install -Dm644 $linux/lintian-overrides "$share/lintian/overrides/al-desktop"
mkdir -p "$share/man/man1"
gzip -9n < build/al-desktop.1 > "$share/man/man1/al-desktop.1.gz"
{
  printf 'al-desktop (%s) stable; urgency=medium\n\n' "$version"
  sed -nE "/^## ${version//./\\.}/,/^## /{/^##/d;/^$/d;p}" CHANGELOG.md |
    fold -s -w 72 | sed 's/^- //;s/^/  /;1s/^  /  * /'
  printf '\n -- AL Desktop developers <developers@al-desktop.invalid>  %s\n' \
    "$(date -R -u -d "@$SOURCE_DATE_EPOCH")"
} | gzip -9n > "$share/doc/al-desktop/changelog.gz"

# What the program leaves to the system (see LEFT_TO_THE_SYSTEM in build.spec), and what its
# libraries look for when they start.
depends=("libc6 (>= 2.36)" "libstdc++6 (>= 12)" libgcc-s1 zlib1g libexpat1 libgl1 libegl1
  libfontconfig1 libfreetype6 "libglib2.0-0 | libglib2.0-0t64" libdbus-1-3 libx11-6 libx11-xcb1
  libxcb1 xkb-data)
cat > "$root/DEBIAN/control" <<CONTROL
Package: al-desktop
Version: $version
Architecture: $architecture
Maintainer: AL Desktop developers <developers@al-desktop.invalid>
Installed-Size: $(du -sk --exclude=DEBIAN "$root" | cut -f1)
Depends: $(printf "%s, " "${depends[@]}" | sed "s|, $||")
Recommends: fonts-noto-core | fonts-dejavu-core
Suggests: fonts-noto-cjk
Section: science
Priority: optional
Description: label text fast, offline, with active learning
 AL Desktop asks one yes/no question at a time about a text, takes one key as
 the answer, learns from it at once, and asks next what it is least sure of.
 It finds names in texts and topics of texts, starts from a pretrained model or
 from a few terms, and exports what other tools read. It needs no network.
CONTROL
(cd "$root" && find opt usr -type f -print0 | LC_ALL=C sort -z | xargs -0 md5sum) > "$root/DEBIAN/md5sums"
find "$root" -newermt "@$SOURCE_DATE_EPOCH" -print0 | xargs -0 touch --no-dereference --date="@$SOURCE_DATE_EPOCH"
chmod -R u=rwX,go=rX "$root"

deb=dist/al-desktop_${version}_$architecture.deb
[ "$compression" = xz ] && level=6 || level=1
dpkg-deb --root-owner-group -Z"$compression" -z"$level" --build "$root" "$deb" >/dev/null

portable=dist/al-desktop-$version-linux-$(uname -m).tar.zst
tar --create --directory=dist --sort=name --owner=0 --group=0 --numeric-owner \
  --mtime="@$SOURCE_DATE_EPOCH" al-desktop | zstd -q -T0 -12 -f -o "$portable"
(cd dist && sha256sum "$(basename "$deb")" "$(basename "$portable")" | tee SHA256SUMS)
ls -l "$deb" "$portable" | awk '{ printf "%.1f MB  %s\n", $5 / 1e6, $9 }'
