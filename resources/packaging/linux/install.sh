#!/bin/sh
# Puts Scratchpad into this user's menu; it goes on lying where it was unpacked. ./uninstall takes it out again.
set -eu
here=$(dirname "$(readlink -f "$0")")
id=io.github.scratchpad_app.Scratchpad
if [ -z "${HOME:-}" ]; then
    echo "There is no home folder to put the menu entry into: set HOME, or start $here/scratchpad itself." >&2
    exit 1
fi
data=${XDG_DATA_HOME:-$HOME/.local/share}
programs=$HOME/.local/bin

if ! mkdir -p "$data/applications" "$data/mime/packages" "$data/icons/hicolor" "$data/man/man1" "$programs" ||
    ! [ -w "$data/applications" ] || ! [ -w "$programs" ]; then
    echo "$data or $programs cannot be written to: start $here/scratchpad itself." >&2
    exit 1
fi
if [ -e "$programs/scratchpad" ] && ! [ -L "$programs/scratchpad" ]; then
    echo "$programs/scratchpad is another program: move it away first." >&2
    exit 1
fi

# A menu entry quotes its command, and in it these characters; a percent sign is doubled.
command=$(printf '%s' "$here/scratchpad" | sed -e 's/[\\"`$]/\\&/g' -e 's/\\/\\\\/g' -e 's/%/%%/g')
while IFS= read -r line; do
    case $line in
    Exec=*) printf 'Exec="%s" %%f\n' "$command" ;;
    *) printf '%s\n' "$line" ;;
    esac
done <"$here/share/applications/$id.desktop" >"$data/applications/$id.desktop"
cp "$here/share/mime/packages/$id.xml" "$data/mime/packages/"
cp "$here/share/man/man1/scratchpad.1.gz" "$data/man/man1/"
(cd "$here/share/icons/hicolor" && find . -type f) | while IFS= read -r icon; do
    mkdir -p "$data/icons/hicolor/$(dirname "$icon")"
    cp "$here/share/icons/hicolor/$icon" "$data/icons/hicolor/$icon"
done
ln -sf "$here/scratchpad" "$programs/scratchpad"

# Where these are missing, the desktop finds out by itself.
update-desktop-database "$data/applications" 2>/dev/null || true
update-mime-database "$data/mime" 2>/dev/null || true
echo "Scratchpad is in your menu now. Leave $here where it is; to take it out again, run $here/uninstall."
