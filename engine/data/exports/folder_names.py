"""Folder names: classes as the names of folders, on any system, and back.

A name may have characters that no folder may have, and two names may differ in capitals alone, which are one
folder on many systems. What cannot stand is written as in web addresses, ``%2F`` for a slash (RFC 3986).
"""

from __future__ import annotations

import re
from collections.abc import Iterable

_ESCAPED = re.compile("%([0-9A-Fa-f]{2})")
# No system has others; some end a name before a dot or blank at its end, or hide it behind one at its start.
_IMPOSSIBLE = frozenset('/\\:*?"<>|%')
# Folders called so are taken for the parts of a set, and devices by one system.
_OTHERWISE_USED = frozenset(
    (
        "train training validation valid val test testing con prn aux nul "
        + " ".join(f"com{n} lpt{n}" for n in range(1, 10))
    ).split()
)


def folder_names(names: Iterable[str]) -> dict[str, str]:
    """What to call the folders of classes, no two of them the same where capitals do not count."""
    folders: dict[str, str] = {}
    taken: set[str] = set()
    for name in names:
        folder = "".join(_escaped(each) if each in _IMPOSSIBLE else each for each in name)
        if folder[0] == "." or folder.casefold() in taken | _OTHERWISE_USED:
            folder = "".join(map(_escaped, name))
        elif folder[-1] in ". ":
            folder = folder[:-1] + _escaped(folder[-1])
        taken.add(folder.casefold())
        folders[name] = folder
    return folders


def name_of_folder(folder: str) -> str:
    """The class of a folder; one that merely has a per cent sign in its name is called as it is."""
    parts = _ESCAPED.split(folder)
    content = b"".join(
        bytes.fromhex(part) if place % 2 else part.encode() for place, part in enumerate(parts)
    )
    try:
        return content.decode()
    except UnicodeDecodeError:
        return folder


def _escaped(character: str) -> str:
    return "".join(f"%{byte:02X}" for byte in character.encode())
