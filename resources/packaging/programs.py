"""Programs: a frozen program with what the packages say about it."""

from __future__ import annotations

import os
import platform
import shutil
from dataclasses import dataclass
from pathlib import Path

from resources.packaging import shared_objects

APPLICATION_ID = "io.github.scratchpad_app.Scratchpad"
_HERE = Path(__file__).parent
_DEBIAN_ARCHITECTURES = {"x86_64": "amd64", "aarch64": "arm64"}


@dataclass(frozen=True, slots=True)
class Program:
    """What every package is made from.

    Attributes:
        folder: The frozen program; its files are shared between the packages, not copied.
        icons: The icon theme's folder ``hicolor`` with the program's icons.
        notices: The licences of all that is inside.
        changelog: Of the project.
        version: Such as ``0.2.0``.
        cuda: The version of CUDA that its PyTorch was built for; empty for none.
        epoch_s: The time of all files, in seconds since 1970.
        libraries: Names of those that it needs from the system.
        objects: Its compiled files.
    """

    folder: Path
    icons: Path
    notices: str
    changelog: str
    version: str
    cuda: str
    epoch_s: int
    libraries: tuple[str, ...]
    objects: tuple[shared_objects.SharedObject, ...]

    @property
    def machine(self) -> str:
        """The processor, as Linux calls it."""
        return platform.machine()

    @property
    def architecture(self) -> str:
        """The processor, as Debian calls it."""
        return _DEBIAN_ARCHITECTURES.get(self.machine, self.machine)

    @property
    def full_version(self) -> str:
        """The version, which says for CUDA that it is for CUDA."""
        return f"{self.version}+cu{self.cuda.replace('.', '')}" if self.cuda else self.version

    @property
    def c_library_version(self) -> str:
        """The oldest version of the C library that it runs on."""
        return ".".join(map(str, shared_objects.newest_version(self.objects, "GLIBC")))


def linux_file(suffix: str) -> Path:
    """One of the files for menus: ``desktop``, ``metainfo.xml`` or ``mime.xml``."""
    return _HERE / "linux" / f"{APPLICATION_ID}.{suffix}"


def manual_page() -> Path:
    """That of section 1."""
    return _HERE / "linux" / "scratchpad.1"


def script(name: str) -> str:
    """A shell script of the archive, or of the AppImage."""
    return (_HERE / "linux" / name).read_text(encoding="utf-8")


def place_program(program: Program, folder: Path) -> None:
    """Put the frozen program into a folder that is not there yet, its files shared with the original."""
    folder.parent.mkdir(parents=True, exist_ok=True)
    shutil.copytree(program.folder, folder, symlinks=True, copy_function=_shared)


def place_share(program: Program, share: Path) -> None:
    """Put the files for menus, icons and file types into a folder like ``usr/share``.

    Args:
        program: With its icons.
        share: Made if it is missing.
    """
    for suffix, place in (
        ("desktop", f"applications/{APPLICATION_ID}.desktop"),
        ("metainfo.xml", f"metainfo/{APPLICATION_ID}.metainfo.xml"),
        ("mime.xml", f"mime/packages/{APPLICATION_ID}.xml"),
    ):
        target = share / place
        target.parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(linux_file(suffix), target)
    shutil.copytree(program.icons, share / "icons" / "hicolor", copy_function=shutil.copyfile)


def _shared(source: str, target: str) -> None:
    try:
        os.link(source, target, follow_symlinks=False)
    except OSError:  # another disk
        shutil.copy2(source, target, follow_symlinks=False)
