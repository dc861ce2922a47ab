#!/bin/bash
# The Debian package on a clean machine: installed with apt in a fresh bookworm without Python, used
# by an ordinary user without any network, removed again. Run as root.
#
#   check_deb.sh [PACKAGE.deb]
set -euo pipefail
cd "$(dirname "$0")/.."
deb=$(realpath "${1:-$(ls dist/al-desktop_*.deb | tail -n 1)}")
base=$PWD/build/bookworm.tar
packages=$PWD/build/bookworm-packages.tgz
answers=20

if [ "${2:-}" != inside ]; then
  if [ ! -f "$base" ]; then
    echo "Making a fresh bookworm"
    mkdir -p build
    debootstrap --variant=minbase --make-tarball="$packages" bookworm "$PWD/build/fresh" >/dev/null
    debootstrap --variant=minbase --unpack-tarball="$packages" bookworm "$PWD/build/fresh" >/dev/null
    tar --create --file="$base" --directory=build/fresh .
    rm -rf build/fresh "$packages"
  fi
  # Mounts made inside end with it.
  exec unshare --mount --fork bash "$0" "$deb" inside
fi

root=$(mktemp -d)
display=:$((90 + RANDOM % 900))
x_server=""
program=""
tidy() {
  [ -z "$program" ] || kill "$program" 2>/dev/null || true
  [ -z "$x_server" ] || kill "$x_server" 2>/dev/null || true
  umount -l -R "$root/proc" "$root/dev" "$root/tmp/.X11-unix" 2>/dev/null || true
  rm -rf --one-file-system "$root"
}
trap tidy EXIT

tar --extract --file="$base" --directory="$root"
mount -t proc proc "$root/proc"
mount --rbind /dev "$root/dev"
cp /etc/resolv.conf "$root/etc/"
cp "$deb" "$root/tmp/al-desktop.deb"
as_root() { chroot "$root" env DEBIAN_FRONTEND=noninteractive LC_ALL=C.UTF-8 "$@"; }
# No network interface at all, not even the loopback one.
as_user=(unshare --net chroot --userspec=annotator "$root" env -i HOME=/home/annotator
  LC_ALL=C.UTF-8 PATH=/usr/bin:/bin DISPLAY="$display")
check() { echo "  $1"; }

as_root apt-get update -q >/dev/null
started=$SECONDS
as_root apt-get install -q -y --no-install-recommends /tmp/al-desktop.deb >/dev/null 2>&1
check "installed in $((SECONDS - started)) s"
[ -z "$(find "$root/usr/bin" -name 'python3*')" ] || { echo "There is a Python." >&2; exit 1; }
as_root useradd --create-home annotator

"${as_user[@]}" env -u DISPLAY QT_QPA_PLATFORM=offscreen al-desktop self-test >"$root/tmp/self-test.log" ||
  { cat "$root/tmp/self-test.log" >&2; exit 1; }
check "self-test without network: $(grep -c ' ok$' "$root/tmp/self-test.log") steps"

mkdir -p "$root/tmp/.X11-unix" /tmp/.X11-unix
mount --bind /tmp/.X11-unix "$root/tmp/.X11-unix"
Xvfb "$display" -screen 0 1280x800x24 -ac >/dev/null 2>&1 &
x_server=$!
until [ -S "/tmp/.X11-unix/X${display#:}" ]; do sleep 0.1; done
"${as_user[@]}" al-desktop sample texts >"$root/tmp/window.log" 2>&1 &
program=$!
project=
count() { "${as_user[@]}" al-desktop stats "$project" --json | grep -oE '"answers": *[0-9]+' | grep -m 1 -oE '[0-9]+'; }
for _ in $(seq 300); do
  window=$(DISPLAY=$display xdotool search --onlyvisible --class al-desktop 2>/dev/null | tail -n 1 || true)
  project=$(cd "$root" && find home -name '[!.]*.aldesk' -printf '/%p' -quit)
  [ -n "$window" ] && [ -n "$project" ] && break
  sleep 0.1
done
[ -n "$window" ] || { echo "No window came up." >&2; cat "$root/tmp/window.log" >&2; exit 1; }
check "window in the ordinary user's session"
DISPLAY=$display xdotool windowfocus "$window"
given=0
for press in $(seq 90); do
  [ "$given" -lt "$answers" ] || break
  DISPLAY=$display xdotool key "$([ $((press % 3)) -eq 0 ] && echo x || echo a)"
  sleep 0.3
  given=$(count)
done
[ "$given" -eq "$answers" ] || { echo "$given answers, not $answers." >&2; exit 1; }
check "$answers questions answered by key"
if command -v import >/dev/null; then
  import -display "$display" -window root build/check_deb.png
fi
kill "$program"
wait "$program" || true
"${as_user[@]}" al-desktop export "$project" --format prodigy -o /home/annotator/answers.jsonl
[ "$(wc -l <"$root/home/annotator/answers.jsonl")" -eq "$answers" ]
check "exported"

as_root apt-get purge -q -y al-desktop >/dev/null 2>&1
[ ! -e "$root/opt/al-desktop" ] && [ ! -e "$root/usr/bin/al-desktop" ]
[ -s "$root$project" ]
check "removed; the project is still there"
