"""Profile folder: where the window keeps networks, runs and drawings, for programs that know no Qt."""

from __future__ import annotations

import os
import sys
from pathlib import Path

NAME = "scratchpad"
"""Of the folder, and of the program where Qt looks for it."""


HANDWRITING = "handwriting"
"""The folder in it where digits that the program has written are kept."""


def profile_folder() -> Path:
    """The folder that Qt calls the application's data location; may not exist yet."""
    if sys.platform == "win32":
        return Path(os.environ.get("APPDATA") or Path.home() / "AppData" / "Roaming") / NAME
    if sys.platform == "darwin":
        return Path.home() / "Library" / "Application Support" / NAME
    # Only an absolute path counts, as the XDG Base Directory Specification says.
    named = Path(os.environ.get("XDG_DATA_HOME", ""))
    return (named if named.is_absolute() else Path.home() / ".local" / "share") / NAME
