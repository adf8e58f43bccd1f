"""Shared objects: what the program's compiled files need, in files and in versions."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from resources.packaging.tools import run

_MAGIC = b"\x7fELF"


@dataclass(frozen=True, slots=True)
class SharedObject:
    """One compiled file.

    Attributes:
        name: What others need it by: its soname, else its file's name.
        needed: Names of the libraries that it needs.
        versions: Versions of symbols that it needs of them, such as ``GLIBC_2.34``.
    """

    name: str
    needed: tuple[str, ...]
    versions: frozenset[str]


def is_compiled(path: Path) -> bool:
    """Whether a file is a compiled program or library for Linux."""
    if path.is_symlink() or not path.is_file():
        return False
    with path.open("rb") as file:
        return file.read(4) == _MAGIC


def read(path: Path) -> SharedObject:
    """What the file needs.

    Raises:
        PackagingError: It cannot be read.
    """
    text = run(["readelf", "--wide", "--dynamic", "--version-info", path])
    soname = re.search(r"\(SONAME\)\s+Library soname: \[(.+?)\]", text)
    # Under the heading of what is needed, not of what is offered; both name versions alike.
    versions = re.findall(r"Name: (\S+)\s+Flags: \S+\s+Version:", text.partition(".gnu.version_r")[2])
    return SharedObject(
        name=soname[1] if soname else path.name,
        needed=tuple(re.findall(r"\(NEEDED\)\s+Shared library: \[(.+?)\]", text)),
        versions=frozenset(versions),
    )


def is_aligned(path: Path) -> bool:
    """Whether the parts of the file lie where the system can load them from, page upon page.

    Raises:
        PackagingError: It cannot be read.
    """
    text = run(["readelf", "--wide", "--segments", path])
    parts = re.findall(r"^\s+LOAD\s+(0x\w+) (0x\w+) .* (0x\w+)$", text, re.MULTILINE)
    return all((int(offset, 0) - int(address, 0)) % int(page, 0) == 0 for offset, address, page in parts)


def read_all(folder: Path) -> dict[Path, SharedObject]:
    """All compiled files below a folder, in the order of their paths."""
    return {path: read(path) for path in sorted(folder.rglob("*")) if is_compiled(path)}


def needed_outside(objects: Mapping[Path, SharedObject]) -> list[str]:
    """Names of libraries that are needed and not among the files themselves, sorted."""
    inside = {found.name for found in objects.values()} | {path.name for path in objects}
    return sorted({name for found in objects.values() for name in found.needed} - inside)


def newest_version(objects: Iterable[SharedObject], family: str) -> tuple[int, ...]:
    """The newest version of a family of symbols, such as ``GLIBC``, that any file needs, or none."""
    pattern = re.compile(rf"{re.escape(family)}_(\d+(?:\.\d+)*)")
    found = [match[1] for item in objects for name in item.versions if (match := pattern.fullmatch(name))]
    return max((tuple(map(int, version.split("."))) for version in found), default=())
