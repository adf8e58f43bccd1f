#!/bin/sh
# Starts Scratchpad inside its AppImage.
here=$(dirname "$(readlink -f "$0")")
wanted=@C_LIBRARY@
found=$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d' ' -f2)
if [ -z "$found" ] || [ "$(printf '%s\n%s\n' "$wanted" "$found" | sort -V | head -n 1)" != "$wanted" ]; then
    echo "This system is too old for Scratchpad (C library ${found:-unknown}, needs $wanted or newer):" \
        "use Debian 12, Ubuntu 22.04 or something newer." >&2
    exit 1
fi
exec "$here/usr/lib/scratchpad/scratchpad" "$@"
