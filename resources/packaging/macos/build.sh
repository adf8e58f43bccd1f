#!/usr/bin/env bash
# Builds Scratchpad.app and its disk image from a clone, on a Mac with Apple silicon, with nobody at the keyboard:
#
#   resources/packaging/macos/build.sh FOLDER
#
# Needs Python 3.11 or newer (named by PYTHON) and Xcode's command line tools. Without these two, it signs for nobody:
#   SCRATCHPAD_CODESIGN_IDENTITY  a "Developer ID Application: ..." in the keychain; the specification signs with it
#   SCRATCHPAD_NOTARY_PROFILE     a profile kept by "xcrun notarytool store-credentials", to have it notarised
set -euo pipefail

if [ $# -ne 1 ]; then
    echo "Name the folder to write the disk image to: $0 FOLDER" >&2
    exit 2
fi
mkdir -p "$1"
output=$(cd "$1" && pwd)
cd "$(dirname "$0")/../../.."

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
"${PYTHON:-python3}" -m venv "$work/venv"
python="$work/venv/bin/python"
"$python" -m pip install --quiet --constraint resources/constraints.txt ".[packaging]"
version=$("$python" -c "from engine.version import VERSION; print(VERSION)")

"$python" -m PyInstaller --noconfirm --distpath "$work/dist" --workpath "$work/build" \
    resources/packaging/scratchpad.spec
app="$work/dist/Scratchpad.app"
"$app/Contents/MacOS/scratchpad" --smoke-test

if [ -n "${SCRATCHPAD_CODESIGN_IDENTITY:-}" ]; then
    codesign --verify --deep --strict "$app"
fi

mkdir "$work/image"
cp -R "$app" "$work/image/"
ln -s /Applications "$work/image/Applications"
image="$output/scratchpad-$version-macos-arm64.dmg"
hdiutil create -quiet -ov -volname "Scratchpad $version" -srcfolder "$work/image" -fs HFS+ -format ULMO "$image"

if [ -n "${SCRATCHPAD_CODESIGN_IDENTITY:-}" ]; then
    codesign --force --timestamp --sign "$SCRATCHPAD_CODESIGN_IDENTITY" "$image"
fi
if [ -n "${SCRATCHPAD_NOTARY_PROFILE:-}" ]; then
    xcrun notarytool submit "$image" --keychain-profile "$SCRATCHPAD_NOTARY_PROFILE" --wait
    xcrun stapler staple "$image"
fi

(cd "$output" && shasum -a 256 ./*.dmg | sed 's|\./||' >SHA256SUMS)
