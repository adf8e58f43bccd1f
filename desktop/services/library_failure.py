"""Library failure: what to say when a library cannot be loaded. Qt is not needed: it may be the one."""

from __future__ import annotations

import platform
import re


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
