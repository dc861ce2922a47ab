#!/bin/bash
# Signs dist/AL Desktop.app under the hardened runtime and packs it as a disk image. Runs on macOS.
#
#   dmg.sh [IDENTITY]     IDENTITY is a "Developer ID Application: ..." of the keychain; without one the
#                         signature is ad hoc: it runs, but Gatekeeper asks at the first start
#
# Notarised too where NOTARY_PROFILE names a profile of `xcrun notarytool store-credentials`.
set -euo pipefail
cd "$(dirname "$0")/../.."
identity=${1:--}
version=$(sed -nE 's/^version = "(.*)"/\1/p' pyproject.toml)
app="dist/AL Desktop.app"
image="dist/al-desktop-$version-macos-$(uname -m).dmg"

# From the inside out: first every library, then the bundle.
timestamp=$([ "$identity" = - ] && echo --timestamp=none || echo --timestamp)
find "$app" -type f \( -name '*.dylib' -o -name '*.so' \) -print0 |
  xargs -0 -n 50 codesign --force --options runtime "$timestamp" --sign "$identity"
codesign --force --options runtime "$timestamp" --sign "$identity" \
  --entitlements packaging/macos/entitlements.plist "$app"
codesign --verify --deep --strict "$app"

staging=$(mktemp -d)
trap 'rm -rf "$staging"' EXIT
cp -R "$app" "$staging/"
ln -s /Applications "$staging/Applications"
rm -f "$image"
hdiutil create -quiet -volname "AL Desktop" -srcfolder "$staging" -format ULFO "$image"

if [ -n "${NOTARY_PROFILE:-}" ]; then
  xcrun notarytool submit "$image" --keychain-profile "$NOTARY_PROFILE" --wait
  xcrun stapler staple "$image"
fi
ls -l "$image"
