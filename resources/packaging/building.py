"""Building: all steps from the clone to the packages and their checksums."""

from __future__ import annotations

import contextlib
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
from resources.packaging.trial import smoke_test

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
    require("git", "strip", "readelf", "objcopy", "ld")
    require(*(["dpkg-deb"] if "deb" in options.formats else []))
    require(*(["mksquashfs"] if "appimage" in options.formats else []))
    options.output.mkdir(parents=True, exist_ok=True)
    with contextlib.ExitStack() as stack:
        work = options.work
        if work is None:
            work = Path(stack.enter_context(tempfile.TemporaryDirectory(prefix="scratchpad-")))
        elif work.exists():
            raise PackagingError(f"{work} is there already: name a folder that is not.")
        work.mkdir(parents=True, exist_ok=True)
        program = _program(root, work, options)
        packages = _packages(program, options, work)
        written = options.output / "report.md"
        text = report.text(program.folder, packages, time.monotonic() - start)
    written.write_text(text, encoding="utf-8")
    sums = checksums.write(packages, options.output)
    return [*packages, sums, options.output / "constraints.txt", written]


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
        if (root / name).is_dir():
            shutil.copytree(root / name, source / name, ignore=shutil.ignore_patterns("__pycache__"))
        else:
            shutil.copyfile(root / name, source / name)
    ready = environment.prepare(source, work / "environment", options)
    (options.output / "constraints.txt").write_text(ready.packages, encoding="utf-8")
    program = freezing.freeze(source, work, ready, epoch_s, options.is_trimmed)
    icons = work / "icons"
    run([ready.python, "-c", _DRAW_ICONS, icons], environment={"QT_QPA_PLATFORM": "offscreen"}, folder=source)
    site_packages = next((work / "environment" / "lib").glob("python*/site-packages"))
    modules = notices.frozen_modules(work / "analysis" / "scratchpad" / "PYZ-00.toc")
    stdlib = Path(sysconfig.get_path("stdlib"))
    gathered = ""
    if options.is_trimmed:  # all else is only measured
        gathered = notices.gather(source, site_packages, modules, program, stdlib)
        licences = program / "_internal" / "resources" / "licences"
        licences.mkdir(parents=True)
        (licences / notices.NAME).write_text(gathered, encoding="utf-8")
    smoke_test(program / "scratchpad", work)
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
