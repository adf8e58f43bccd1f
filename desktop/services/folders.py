"""Folders: where the platform keeps what a program stores, and whether that place takes files."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

from PySide6.QtCore import QStandardPaths

from engine.files.private_files import make_private_folder
from engine.files.profile_folder import HANDWRITING

_profile: Path | None = None


def use_profile(folder: Path | None) -> None:
    """Store everything below `folder` from now on instead of in the user's profile; None goes back."""
    global _profile
    _profile = folder


def data_folder() -> Path:
    """Where the program keeps networks, data sets and its log; may not exist yet."""
    if _profile is not None:
        return _profile / "data"
    return Path(QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppDataLocation))


def handwriting_folder() -> Path:
    """Where digits that the program has written are kept for the next time; may not exist yet."""
    return data_folder() / HANDWRITING


def settings_file() -> Path:
    """The settings, an INI file where the platform expects it; may not exist yet."""
    if _profile is not None:
        return _profile / "scratchpad.ini"
    folder = QStandardPaths.writableLocation(QStandardPaths.StandardLocation.AppConfigLocation)
    return Path(folder) / "scratchpad.ini"


def find_home() -> None:
    """Take the home folder from the list of users where the environment names none."""
    # Without HOME, Qt would take the root of the file system for it.
    if os.name == "posix" and not os.environ.get("HOME"):
        os.environ.pop("HOME", None)
        home = os.path.expanduser("~")
        if home != "~":
            os.environ["HOME"] = home


def refusal(folder: Path) -> str:
    """Why no file can be written to a folder of the profile, made if it is not there; empty if one can."""
    try:
        make_private_folder(folder)
        with tempfile.TemporaryFile(dir=folder):
            return ""
    except OSError as error:
        return error.strerror or str(error)


def storage_notice() -> str:
    """One sentence if networks or settings cannot be kept on this computer; empty if they can."""
    data, settings = data_folder(), settings_file().parent
    if reason := refusal(data):
        return (
            f"Nothing can be kept in {data} ({reason}): draw and train all the same, and keep a network "
            "elsewhere with More, Save network as…"
        )
    if reason := refusal(settings):
        return f"Settings cannot be kept in {settings} ({reason}): they last until the window closes."
    return ""
