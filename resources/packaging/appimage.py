"""AppImage: one file that runs, a runtime followed by a compressed file system.

Its layout is described at https://github.com/AppImage/AppImageSpec: the runtime finds the file system behind
its own end and starts ``AppRun`` in it. The runtime comes from who builds, since no package index has it.
"""

from __future__ import annotations

import shutil
from pathlib import Path

from resources.packaging import trees
from resources.packaging.programs import (
    APPLICATION_ID,
    Program,
    linux_file,
    place_program,
    place_share,
    script,
)
from resources.packaging.tools import run


def build(program: Program, runtime: Path, output: Path, work: Path) -> Path:
    """Build the AppImage.

    Args:
        program: What goes in.
        runtime: What it begins with.
        output: The folder for it.
        work: A folder to work in.

    Returns:
        The AppImage.

    Raises:
        PackagingError: mksquashfs refuses.
    """
    root = work / "AppDir"
    place_program(program, root / "usr" / "lib" / "scratchpad")
    place_share(program, root / "usr" / "share")
    start = root / "AppRun"
    start.write_text(script("AppRun.sh").replace("@C_LIBRARY@", program.c_library_version), encoding="utf-8")
    start.chmod(0o755)
    shutil.copyfile(linux_file("desktop"), root / f"{APPLICATION_ID}.desktop")
    icon = program.icons / "256x256" / "apps" / f"{APPLICATION_ID}.png"
    shutil.copyfile(icon, root / f"{APPLICATION_ID}.png")
    (root / ".DirIcon").symlink_to(f"{APPLICATION_ID}.png")
    trees.settle(root, program.epoch_s)
    system = work / "appimage.squashfs"
    # Times come from the variable; more than one processor would put blocks in the order in which they are
    # ready.
    fixed = [
        "-all-root",
        "-noappend",
        "-no-progress",
        "-quiet",
        "-comp",
        "xz",
        "-b",
        "1M",
        "-processors",
        "1",
    ]
    run(["mksquashfs", root, system, *fixed], environment={"SOURCE_DATE_EPOCH": str(program.epoch_s)})
    appimage = output / f"Scratchpad-{program.full_version}-{program.machine}.AppImage"
    with appimage.open("wb") as whole:
        for part in (runtime, system):
            with part.open("rb") as file:
                shutil.copyfileobj(file, whole)
    appimage.chmod(0o755)
    return appimage
