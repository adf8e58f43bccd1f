"""System report: what someone who mends a fault needs to know, and nothing personal."""

from __future__ import annotations

import importlib.metadata
import os
import platform
import re
import sys
from importlib.metadata import PackageNotFoundError
from pathlib import Path

from PySide6.QtCore import qVersion
from PySide6.QtGui import QGuiApplication

from desktop.services.crash_guard import LOG_NAME
from desktop.services.folders import data_folder, settings_file
from engine.files.regular_files import open_regular
from engine.version import VERSION

_LIBRARIES = ("torch", "torchvision", "numpy", "pyqtgraph", "safetensors")
_LAST_LINES = 60
_LAST_BYTES = 1 << 16


def system_report(device: str, reason: str) -> str:
    """Version, system, libraries, device, screens, folders and the last lines of the log.

    Args:
        device: What the program computes on.
        reason: Why, one sentence.
    """
    lines = [
        f"Scratchpad {VERSION}{' (packaged)' if getattr(sys, 'frozen', False) else ''}",
        f"System: {system()}, {platform.machine()}",
        f"Libraries: {', '.join(libraries())}",
        f"Device: {device or 'not known yet'}. {reason}".rstrip(),
        f"Screens: {'; '.join(_screens())}",
        f"Networks and log: {data_folder()}",
        f"Settings: {settings_file()}",
        "",
        "Last lines of the log:",
        *(_last_log_lines() or ["none"]),
    ]
    return without_personal_paths("\n".join(lines))


def system() -> str:
    """Name and version of the operating system, as its makers call it."""
    try:
        name = platform.freedesktop_os_release()["PRETTY_NAME"]
    except (OSError, KeyError):
        return platform.platform()
    return f"{name}, {platform.system()} {platform.release()}"


def libraries() -> list[str]:
    """Names and versions of Python, Qt and the libraries that the program computes and draws with."""
    found = [f"Python {platform.python_version()}", f"Qt {qVersion()}"]
    for name in _LIBRARIES:
        try:
            version = importlib.metadata.version(name)
        except PackageNotFoundError:
            version = getattr(sys.modules.get(name), "__version__", "of unknown version")
        found.append(f"{name} {version}")
    return found


def without_personal_paths(text: str) -> str:
    """`text` with ``~`` for the user's home, and only the last two parts of other files in tracebacks."""
    home = str(Path.home())
    if len(home) > 1:
        text = text.replace(home, "~")
    return re.sub(r'File "[^"]*[/\\]([^"/\\]+[/\\][^"/\\]+)"', r'File "…/\1"', text)


def _screens() -> list[str]:
    found = []
    for screen in QGuiApplication.screens():
        pixels, scale = screen.size(), screen.devicePixelRatio()
        found.append(
            f"{pixels.width()} × {pixels.height()} at {scale:g}, {screen.logicalDotsPerInch():.0f} dpi"
        )
    return [f"by {QGuiApplication.platformName()}", *found]


def _last_log_lines() -> list[str]:
    try:
        with open_regular(data_folder() / LOG_NAME) as file:
            file.seek(max(0, file.seek(0, os.SEEK_END) - _LAST_BYTES))
            text = file.read(_LAST_BYTES).decode(errors="replace")
    except OSError:
        return []
    return text.replace("\0", "").splitlines()[-_LAST_LINES:]
