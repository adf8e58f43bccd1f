"""Builds the wheel, looks whether it holds everything, installs it in an empty environment, tries it there.

    python -m tests.packaging.wheel
    python -m tests.packaging.wheel --beside-installed

The second uses the libraries of the environment that runs it, and so takes seconds instead of minutes.
"""

from __future__ import annotations

import argparse
import os
import subprocess
import sys
import sysconfig
import tempfile
import venv
import zipfile
from pathlib import Path

from resources.packaging.tools import PackagingError
from resources.packaging.trial import smoke_test

ROOT = Path(__file__).parents[2]
_PACKAGES = ("desktop", "engine", "resources")
# Used from a clone alone: what makes packages and the shipped network, what tests install, and what is there
# for readers.
_NOT_INSIDE = (
    "resources/packaging/",
    "resources/letters_network/",
    "resources/shipped_network/",
    "resources/pictures/",
    "resources/constraints.txt",
    "desktop/README.md",
    "engine/README.md",
)


def main() -> int:
    """Build, look, install, try; returns 0 if all went well."""
    parser = argparse.ArgumentParser(description="Try the wheel as it would be installed.")
    parser.add_argument(
        "--beside-installed", action="store_true", help="use the libraries of this environment"
    )
    beside_installed = parser.parse_args().beside_installed
    with tempfile.TemporaryDirectory(prefix="scratchpad wheel ") as folder:
        work = Path(folder)
        tracked = tracked_files()
        wheel = build_wheel(work, tracked)
        missing = missing_files(wheel, tracked)
        if missing:
            print(f"The wheel lacks {', '.join(missing)}.", file=sys.stderr)
            return 1
        print(f"{wheel.name}: {wheel.stat().st_size / 1e6:.2f} MB, holds everything", flush=True)
        program = install(wheel, work / "environment", beside_installed)
        try:
            print(smoke_test(program, work), end="")
        except PackagingError as error:
            print(error, file=sys.stderr)
            return 1
        return 0


def tracked_files() -> list[str]:
    """All files that git knows, as paths from the root."""
    done = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, check=True)
    return [name for name in done.stdout.decode().split("\0") if (ROOT / name).is_file() and name]


def build_wheel(work: Path, tracked: list[str]) -> Path:
    """Build from a copy, so that neither leftovers of former builds nor files unknown to git get in."""
    for name in tracked:
        copy = work / "sources" / name
        copy.parent.mkdir(parents=True, exist_ok=True)
        copy.write_bytes((ROOT / name).read_bytes())
    _pip(sys.executable, "wheel", "--no-deps", f"--wheel-dir={work}", str(work / "sources"))
    [wheel] = work.glob("scratchpad-*.whl")
    return wheel


def missing_files(wheel: Path, tracked: list[str]) -> list[str]:
    """What belongs into the wheel and is not in it."""
    wanted = {
        name
        for name in tracked
        if name.startswith(tuple(f"{package}/" for package in _PACKAGES)) and not name.startswith(_NOT_INSIDE)
    }
    with zipfile.ZipFile(wheel) as content:
        return sorted(wanted - set(content.namelist()))


def install(wheel: Path, environment: Path, beside_installed: bool) -> Path:
    """Install the wheel in a new environment; returns the program."""
    venv.create(environment, with_pip=True)
    scripts = environment / ("Scripts" if os.name == "nt" else "bin")
    python = scripts / "python"
    if beside_installed:
        [site] = environment.rglob("site-packages")
        # Behind the new environment's own packages, of which the wheel is one.
        (site / "beside.pth").write_text(f"{sysconfig.get_path('purelib')}\n", encoding="utf-8")
        _pip(python, "install", "--no-deps", "--force-reinstall", str(wheel))
    else:
        _pip(python, "install", str(wheel))
    return scripts / "scratchpad"


def _pip(python: str | Path, *arguments: str) -> None:
    subprocess.run(
        [python, "-m", "pip", "--disable-pip-version-check", arguments[0], "--quiet", *arguments[1:]],
        check=True,
    )


if __name__ == "__main__":
    raise SystemExit(main())
