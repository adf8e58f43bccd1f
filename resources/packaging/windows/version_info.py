"""Version information of the Windows program file, as its Properties show it."""

from __future__ import annotations

import re
from pathlib import Path

_TEXTS = {
    "CompanyName": "The Scratchpad founders",
    "FileDescription": "Scratchpad",
    "InternalName": "scratchpad",
    "LegalCopyright": "Copyright (c) 2026 The Scratchpad founders. MIT licence.",
    "OriginalFilename": "scratchpad.exe",
    "ProductName": "Scratchpad",
}
# US English and Unicode, the pair that Windows looks up when it has no better one.
_LANGUAGE, _CODE_PAGE = 0x0409, 1200


def numbers(version: str) -> tuple[int, int, int, int]:
    """A version in the four numbers that Windows compares; what follows the numbers is left out.

    Args:
        version: Such as ``0.2.0`` or ``0.2.0rc1``.

    Raises:
        ValueError: It begins with no number, or one of them is above 65,535.
    """
    found = re.match(r"\d+(\.\d+){0,3}", version)
    if found is None:
        raise ValueError(f"{version!r} is no version.")
    parts = [int(part) for part in found[0].split(".")]
    if max(parts) > 0xFFFF:
        raise ValueError(f"{version!r} has a number above 65,535, the most that Windows can hold.")
    major, minor, patch, build = (*parts, 0, 0, 0)[:4]
    return major, minor, patch, build


def write_version_info(path: Path, version: str) -> None:
    """Write the text that PyInstaller's ``EXE(version=...)`` reads.

    Args:
        path: Where to; its folder exists.
        version: Of the program.

    Raises:
        ValueError: The version has no form that Windows knows.
    """
    four = numbers(version)
    texts = {**_TEXTS, "FileVersion": version, "ProductVersion": version}
    strings = ", ".join(f"StringStruct({name!r}, {text!r})" for name, text in texts.items())
    path.write_text(
        f"""# UTF-8
VSVersionInfo(
    ffi=FixedFileInfo(
        filevers={four}, prodvers={four}, mask=0x3F, flags=0, OS=0x40004, fileType=1, subtype=0
    ),
    kids=[
        StringFileInfo([StringTable("{_LANGUAGE:04X}{_CODE_PAGE:04X}", [{strings}])]),
        VarFileInfo([VarStruct("Translation", [{_LANGUAGE}, {_CODE_PAGE}])]),
    ],
)
""",
        encoding="utf-8",
    )
