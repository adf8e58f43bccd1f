#!/bin/sh
# Takes Scratchpad out of this user's menu. Networks and settings stay; the folder may be deleted afterwards.
set -eu
here=$(dirname "$(readlink -f "$0")")
id=io.github.scratchpad_app.Scratchpad
if [ -z "${HOME:-}" ]; then
    echo "There is no home folder to take the menu entry from: set HOME." >&2
    exit 1
fi
data=${XDG_DATA_HOME:-$HOME/.local/share}
programs=$HOME/.local/bin

rm -f "$data/applications/$id.desktop" "$data/mime/packages/$id.xml" "$data/man/man1/scratchpad.1.gz"
find "$data/icons/hicolor" \( -name "$id.png" -o -name "$id.svg" \) -type f -delete 2>/dev/null || true
if [ -L "$programs/scratchpad" ] && [ "$(readlink -f "$programs/scratchpad")" = "$here/scratchpad" ]; then
    rm "$programs/scratchpad"
fi
update-desktop-database "$data/applications" 2>/dev/null || true
update-mime-database "$data/mime" 2>/dev/null || true
# What the last two wrote about menus and types of this user's own, if there are no others.
if [ -z "$(find "$data/applications" -name '*.desktop' 2>/dev/null)" ]; then
    rm -f "$data/applications/mimeinfo.cache"
fi
if [ -z "$(find "$data/mime/packages" -type f 2>/dev/null)" ]; then
    for name in XMLnamespaces aliases generic-icons globs globs2 icons magic mime.cache subclasses treemagic types version; do
        rm -f "$data/mime/$name"
    done
fi
# Folders that were made for it and hold nothing else.
find "$data/applications" "$data/mime" "$data/icons" "$data/man" "$programs" -depth -type d -empty -delete 2>/dev/null || true
echo "Scratchpad is out of your menu. Your networks are kept; delete $here to be rid of the program."
