"""Binaries: the frozen program's compiled files without symbols, and without libraries that nothing needs."""

from __future__ import annotations

from pathlib import Path

from resources.packaging import shared_objects
from resources.packaging.tools import run

# Folders into which libraries come only because something needs them; elsewhere a file may be loaded by its
# path.
_FOLLOWERS = (".", "numpy.libs", "pillow.libs", "torchvision.libs", "PySide6/Qt/lib")


def strip_symbols(program: Path) -> None:
    """Take from every compiled file the symbols that only a debugger reads.

    The starter itself is left as it is: the program's modules are appended to it. So are libraries whose
    places in memory were moved after they had been linked, as those of NumPy's and Pillow's wheels: without
    symbols the system refuses some of them.

    Args:
        program: The folder of the frozen program.

    Raises:
        PackagingError: A file cannot be stripped.
    """
    starter = program / "scratchpad"
    for path in sorted(program.rglob("*")):
        if path != starter and shared_objects.is_compiled(path):
            stripped = path.with_name(f"{path.name}.stripped")
            run(["strip", "--strip-unneeded", "--remove-section=.comment", "-o", stripped, path])
            if shared_objects.is_aligned(stripped):
                stripped.replace(path)
            else:
                stripped.unlink()


def drop_unneeded(program: Path) -> list[Path]:
    """Remove the libraries that were needed only by what the cuts took, and the links that lead nowhere.

    Args:
        program: The folder of the frozen program.

    Returns:
        What was removed, in paths below that folder.
    """
    inside = program / "_internal"
    removed = []
    while True:
        objects = shared_objects.read_all(program)
        needed = {name for found in objects.values() for name in found.needed}
        loose = [
            path
            for path, found in objects.items()
            if _is_follower(path, inside) and not {found.name, path.name} & needed
        ]
        if not loose:
            break
        for path in loose:
            path.unlink()
            removed.append(path)
    for path in sorted(inside.rglob("*")):
        if path.is_symlink() and not path.exists():
            path.unlink()
            removed.append(path)
    for path in sorted(inside.rglob("*"), reverse=True):
        if path.is_dir() and not path.is_symlink() and not any(path.iterdir()):
            path.rmdir()
    return [path.relative_to(program) for path in removed]


def _is_follower(path: Path, inside: Path) -> bool:
    # Python itself is loaded by the starter, by its name.
    return path.parent in [inside / folder for folder in _FOLLOWERS] and not path.name.startswith("libpython")
