"""Start failure: what to say when the program cannot start, and where there is someone to read it.

Qt is not needed here: it may be what is missing.
"""

from __future__ import annotations

import logging
import os
import platform
import re
import sys

from desktop.dialogs.plain_dialog import show_plainly

_log = logging.getLogger("scratchpad")


def report(sentence: str) -> None:
    """Say `sentence` on standard error; in a window too where nobody watches a terminal."""
    _log.error("%s", sentence)
    if sys.stderr is not None:
        print(f"scratchpad: {sentence}", file=sys.stderr, flush=True)
        if sys.stderr.isatty():
            return
    show_plainly(sentence)


def library_sentence(error: ImportError | OSError) -> str:
    """Why a library could not be loaded, and what to do."""
    text = str(error)
    if wanted := re.search(r"version [`'](GLIBC(?:XX)?)_([\d.]+)' not found", text):
        if wanted[1] == "GLIBC":
            return (
                f"This system is too old for Scratchpad: it has glibc {platform.libc_ver()[1]}, and "
                f"{wanted[2]} or newer is needed; use a newer system."
            )
        return (
            f"This system is too old for Scratchpad: its C++ library lacks version {wanted[2]}; use a newer "
            "system."
        )
    if missing := re.match(r"(\S+): cannot open shared object file", text):
        return (
            f"Scratchpad needs the system library {missing[1]}, which is not installed: install the package "
            "that has it."
        )
    return f"A part of Scratchpad is missing or damaged ({text}): install the program again."


def screen_sentence(platform_name: str, plugin_error: OSError | None) -> str:
    """Why no window can be opened, and what to do.

    Args:
        platform_name: The platform that ``QT_QPA_PLATFORM`` asks for, or empty.
        plugin_error: Why the library that opens windows could not be loaded, if that is the reason.
    """
    if plugin_error is not None:
        return library_sentence(plugin_error)
    if platform_name:
        return f"Qt cannot open a window on the platform “{platform_name}”: change or unset QT_QPA_PLATFORM."
    screens = [
        f"{variable}={value}"
        for variable in ("DISPLAY", "WAYLAND_DISPLAY")
        if (value := os.environ.get(variable))
    ]
    if screens:
        return (
            f"The screen ({', '.join(screens)}) cannot be reached: start Scratchpad from the desktop's own "
            "session."
        )
    return "Scratchpad needs a screen, and there is none here: start it from a desktop."
