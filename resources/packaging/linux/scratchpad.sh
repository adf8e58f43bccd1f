#!/bin/sh
# Starts Scratchpad from the folder that this file lies in, wherever that is.
here=$(dirname "$(readlink -f "$0")")
wanted=@C_LIBRARY@
found=$(getconf GNU_LIBC_VERSION 2>/dev/null | cut -d' ' -f2)
if [ -z "$found" ] || [ "$(printf '%s\n%s\n' "$wanted" "$found" | sort -V | head -n 1)" != "$wanted" ]; then
    echo "This system is too old for Scratchpad (C library ${found:-unknown}, needs $wanted or newer):" \
        "use Debian 12, Ubuntu 22.04 or something newer." >&2
    exit 1
fi
inside=$here/program/_internal
missing=$(LD_LIBRARY_PATH=$inside ldd "$inside/PySide6/Qt/plugins/platforms/libqxcb.so" 2>/dev/null |
    sed -n 's/^[[:space:]]*\(.*\) => not found.*/\1/p' | sort -u | tr '\n' ' ')
if [ -n "$missing" ]; then
    echo "This system lacks ${missing% }, which Scratchpad needs: install what $here/README.txt names." >&2
    exit 1
fi
exec "$here/program/scratchpad" "$@"
