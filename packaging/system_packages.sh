#!/bin/bash
# Sees to the system libraries and programs that pip can't bring.
#
#   system_packages.sh window            to show the window
#   system_packages.sh window test       ... and to run the tests
#   system_packages.sh window package    ... and to build and check the Debian package
#
# What is missing is installed where this is possible (Debian and its kin, as root); elsewhere a
# sentence says what to install. Asks the linker and the shell rather than the package manager,
# so it takes no time where nothing is missing.
set -euo pipefail
[ "$(uname -s)" = Linux ] || exit 0
export PATH="$PATH:/usr/sbin:/sbin"

# library or program:package of Debian
window="libGL.so.1:libgl1 libEGL.so.1:libegl1 libfontconfig.so.1:libfontconfig1
  libxkbcommon.so.0:libxkbcommon0 libdbus-1.so.3:libdbus-1-3 libglib-2.0.so.0:libglib2.0-0
  libxcb-cursor.so.0:libxcb-cursor0 libxkbcommon-x11.so.0:libxkbcommon-x11-0
  libxcb-icccm.so.4:libxcb-icccm4 libxcb-keysyms.so.1:libxcb-keysyms1
  libxcb-image.so.0:libxcb-image0 libxcb-render-util.so.0:libxcb-render-util0
  libxcb-shape.so.0:libxcb-shape0 libxcb-xkb.so.1:libxcb-xkb1"
test="Xvfb:xvfb xauth:xauth xdotool:xdotool xwininfo:x11-utils
  /usr/share/fonts/truetype/dejavu/DejaVuSans.ttf:fonts-dejavu-core
  /usr/share/fonts/truetype/noto/NotoSans-Regular.ttf:fonts-noto-core
  /usr/share/fonts/opentype/noto/NotoSansCJK-Regular.ttc:fonts-noto-cjk"
package="objdump:binutils icupkg:icu-devtools zstd:zstd dpkg-deb:dpkg lintian:lintian makensis:nsis
  desktop-file-validate:desktop-file-utils update-mime-database:shared-mime-info
  appstreamcli:appstream debootstrap:debootstrap unshare:util-linux man:man-db"

libraries=$(ldconfig -p)
missing=()
for group in "$@"; do
  for pair in ${!group}; do
    need=${pair%%:*}
    case $need in
      lib*.so*) [[ $libraries == *$'\t'"$need "* ]] && continue ;;
      /*) [ -e "$need" ] && continue ;;
      *) command -v "$need" >/dev/null && continue ;;
    esac
    missing+=("${pair#*:}")
  done
done
[ ${#missing[@]} -gt 0 ] || exit 0

if ! command -v apt-get >/dev/null; then
  echo "Missing on this system, by their names in Debian: ${missing[*]}. Please install them." >&2
  exit 0 # they may go by other names here
fi
if [ "$(id -u)" -ne 0 ]; then
  echo "Some system packages are missing. Please run this once, then try again:" >&2
  echo "    sudo apt-get install ${missing[*]}" >&2
  exit 1
fi
echo "Installing system packages: ${missing[*]}"
export DEBIAN_FRONTEND=noninteractive
apt-get update -q >/dev/null
apt-get install -q -y --no-install-recommends "${missing[@]}" >/dev/null
