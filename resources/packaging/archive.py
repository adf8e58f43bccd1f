"""Archive: a folder that runs from wherever it is unpacked, with scripts for a user's own menu."""

from __future__ import annotations

import gzip
from pathlib import Path

from resources.packaging import trees
from resources.packaging.dependencies import packages, plain_names
from resources.packaging.programs import Program, manual_page, place_program, place_share, script

_SCRIPTS = ("scratchpad", "install", "uninstall")


def build(program: Program, output: Path, work: Path) -> Path:
    """Build the archive.

    Args:
        program: What goes in.
        output: The folder for it.
        work: A folder to work in.

    Returns:
        The archive, ``.tar.xz``.

    Raises:
        PackagingError: No Debian package is known that has a library that is needed.
    """
    name = f"scratchpad-{program.full_version}-linux-{program.machine}"
    folder = work / name
    place_program(program, folder / "program")
    place_share(program, folder / "share")
    manual = folder / "share" / "man" / "man1" / "scratchpad.1.gz"
    manual.parent.mkdir(parents=True)
    manual.write_bytes(gzip.compress(manual_page().read_bytes(), compresslevel=9, mtime=0))
    for script_name in _SCRIPTS:
        written = folder / script_name
        text = script(f"{script_name}.sh").replace("@C_LIBRARY@", program.c_library_version)
        written.write_text(text, encoding="utf-8")
        written.chmod(0o755)
    names = plain_names(packages(program.libraries, program.objects))
    readme = script("README.txt").replace("@PACKAGES@", " ".join([*names, "ca-certificates"]))
    (folder / "README.txt").write_text(readme, encoding="utf-8")
    (folder / "NOTICES.txt").write_text(program.notices, encoding="utf-8")
    trees.settle(folder, program.epoch_s)
    archive = output / f"{name}.tar.xz"
    trees.write_tar_xz(folder, archive, program.epoch_s)
    return archive
