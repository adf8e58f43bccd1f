"""Start failure: what to say when the program cannot start, and where there is someone to read it.

Qt is not needed here: it may be what is missing.
"""

from __future__ import annotations

import logging
import os
import sys

from desktop.dialogs.plain_dialog import show_plainly
from desktop.services.library_failure import library_sentence

_log = logging.getLogger("scratchpad")


def report(sentence: str) -> None:
    """Say `sentence` on standard error; in a window too where nobody watches a terminal."""
    _log.error("%s", sentence)
    if sys.stderr is not None:
        print(f"scratchpad: {sentence}", file=sys.stderr, flush=True)
        if sys.stderr.isatty():
            return
    show_plainly(sentence)


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
