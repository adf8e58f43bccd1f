"""Building: all steps from the clone to the packages and their checksums."""

from __future__ import annotations

import shutil
import sysconfig
import tempfile
import time
from concurrent.futures import Future, ThreadPoolExecutor
from pathlib import Path

from resources.packaging import (
    appimage,
    archive,
    checksums,
    debian,
    environment,
    freezing,
    notices,
    report,
    shared_objects,
    trees,
)
from resources.packaging.options import Options
from resources.packaging.programs import Program
from resources.packaging.tools import PackagingError, require, run

_SOURCES = ("desktop", "engine", "resources", "pyproject.toml", "README.md", "LICENSE", "CHANGELOG.md")
_DRAW_ICONS = (
    "import sys; from pathlib import Path; from resources.packaging.icons import write_hicolor; "
    + ("write_hicolor(Path(sys.argv[1]))")
)


def build(root: Path, options: Options) -> list[Path]:
    """Build what was asked for.

    Args:
        root: The clone; nothing is written into it.
        options: What was asked for.

    Returns:
        The packages, the checksums, the constraints and the report.

    Raises:
        PackagingError: There is no package, for the reason in it.
    """
    start = time.monotonic()
    require("strip", "readelf", "objcopy", "ld")
    require(*(["dpkg-deb"] if "deb" in options.formats else []))
    require(*(["mksquashfs"] if "appimage" in options.formats else []))
    options.output.mkdir(parents=True, exist_ok=True)
    if options.work is not None:
        if options.work.exists():
            raise PackagingError(f"{options.work} is there already: name a folder that is not.")
        options.work.mkdir(parents=True)
        program = _program(root, options.work, options)
        packages = _packages(program, options, options.work)
    else:
        with tempfile.TemporaryDirectory(prefix="scratchpad-") as folder:
            program = _program(root, Path(folder), options)
            packages = _packages(program, options, Path(folder))
            return _finished(program, packages, options, start)
    return _finished(program, packages, options, start)


def commit_time_s(root: Path) -> int:
    """The time of the clone's newest commit in seconds since 1970, which is the time of all files.

    Raises:
        PackagingError: It is no clone.
    """
    return int(run(["git", "-C", root, "log", "-1", "--format=%ct"]))


def _program(root: Path, work: Path, options: Options) -> Program:
    epoch_s = commit_time_s(root)
    # The installation leaves folders behind in what it installs from.
    source = work / "source"
    source.mkdir()
    for name in _SOURCES:
        copy = shutil.copytree if (root / name).is_dir() else shutil.copyfile
        copy(root / name, source / name)
    ready = environment.prepare(source, work / "environment", options)
    (options.output / "constraints.txt").write_text(ready.packages, encoding="utf-8")
    program = freezing.freeze(source, work, ready, epoch_s, options.is_trimmed)
    icons = work / "icons"
    run([ready.python, "-c", _DRAW_ICONS, icons], environment={"QT_QPA_PLATFORM": "offscreen"}, folder=source)
    site_packages = next((work / "environment" / "lib").glob("python*/site-packages"))
    modules = notices.frozen_modules(work / "analysis" / "scratchpad" / "PYZ-00.toc")
    gathered = notices.gather(source, site_packages, modules, program, Path(sysconfig.get_path("stdlib")))
    licences = program / "_internal" / "resources" / "licences"
    licences.mkdir(parents=True)
    (licences / notices.NAME).write_text(gathered, encoding="utf-8")
    trees.settle(program, epoch_s)
    objects = shared_objects.read_all(program)
    return Program(
        folder=program,
        icons=icons,
        notices=gathered,
        changelog=(source / "CHANGELOG.md").read_text(encoding="utf-8"),
        version=ready.version,
        cuda=ready.cuda,
        epoch_s=epoch_s,
        libraries=tuple(shared_objects.needed_outside(objects)),
        objects=tuple(objects.values()),
    )


def _packages(program: Program, options: Options, work: Path) -> list[Path]:
    """The packages asked for, one beside the other: each keeps one core busy."""
    with ThreadPoolExecutor() as pool:
        asked: list[Future[Path]] = []
        if "deb" in options.formats:
            asked.append(pool.submit(debian.build, program, options.output, work))
        if "tar" in options.formats:
            asked.append(pool.submit(archive.build, program, options.output, work))
        if "appimage" in options.formats and options.appimage_runtime is not None:
            asked.append(pool.submit(appimage.build, program, options.appimage_runtime, options.output, work))
        return [one.result() for one in asked]


def _finished(program: Program, packages: list[Path], options: Options, start: float) -> list[Path]:
    written = options.output / "report.md"
    written.write_text(report.text(program.folder, packages, time.monotonic() - start), encoding="utf-8")
    sums = checksums.write(packages, options.output)
    return [*packages, sums, options.output / "constraints.txt", written]
