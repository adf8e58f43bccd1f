"""The README's two commands in a minimal Debian that has the packages the README names and nothing else.

    python -m tests.packaging.readme_in_debian [--work FOLDER] [--report FILE]

Needs root, debootstrap, git and Xvfb, and a mirror of Debian, which is the one that this machine's apt uses.
An ordinary user installs a clone of this repository in a virtual environment: the first command opens the
window, for its smoke test, on a screen; the second runs all tests on none. Versions are those of
``resources/constraints.txt``; pip's indexes are this machine's, and so are the data of SCRATCHPAD_DATA.
"""

from __future__ import annotations

import argparse
import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from tests.packaging.debian_packages import ROOT, names
from tests.packaging.debian_root import HOME, USER_ID, DebianRoot
from tests.packaging.pip_settings import paths_named, pip_variables
from tests.packaging.screen import Screen

_CLONE = f"{HOME}/scratchpad"
_REPORT = f"{HOME}/report.xml"
_CONSTRAINTS = "/opt/constraints.txt"
_DATA = "/opt/data"


def commands() -> list[str]:
    """The two commands that the README begins with."""
    return re.findall(r"```sh\n(.*)\n```", (ROOT / "README.md").read_text(encoding="utf-8"))[:2]


def main() -> None:
    """Try both; ends with an error where one fails."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, help="where the root is made; a temporary folder otherwise")
    parser.add_argument("--report", type=Path, help="where the tests' JUnit report goes")
    parser.add_argument("--suite", default="bookworm", help="Debian's")
    options = parser.parse_args()
    if options.work is not None:
        options.work.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(dir=options.work) as work, Screen() as screen:
        root = DebianRoot(Path(work) / options.suite, options.suite)
        try:
            _try(root, screen)
        finally:
            report = root.path(_REPORT)
            if options.report is not None and report.is_file():
                shutil.copy(report, options.report)
    print("both commands of the README do what they should")


def _try(root: DebianRoot, screen: Screen) -> None:
    root.run("apt-get", "install", "-y", "--no-install-recommends", *names())
    _prepare(root)
    window, tests = commands()
    inside = f"python3 -m venv ~/venv && . ~/venv/bin/activate && cd {_CLONE!r}"
    _run(root, f"{inside} && {window} --smoke-test", DISPLAY=screen.display, QT_QPA_PLATFORM="xcb")
    _run(root, f"{inside} && {tests}", PYTEST_ADDOPTS=f"--junit-xml='{_REPORT}'")


def _prepare(root: DebianRoot) -> None:
    """A clone, the versions to take, and what this machine has in folders that pip or the tests look into."""
    clone = root.path(_CLONE)
    subprocess.run(["git", "clone", "--quiet", "--no-hardlinks", ROOT, clone], check=True)
    subprocess.run(["chown", "-R", f"{USER_ID}:{USER_ID}", clone], check=True)
    shutil.copy(ROOT / "resources" / "constraints.txt", root.path(_CONSTRAINTS))
    variables = pip_variables()
    for path in paths_named(variables.values()):
        root.mounts[path] = str(path)
    variables["PIP_CONSTRAINT"] = f"{_CONSTRAINTS} {variables.get('PIP_CONSTRAINT', '')}".strip()
    root.variables.update(variables)
    data = os.environ.get("SCRATCHPAD_DATA", "")
    if data:
        root.mounts[Path(data).resolve()] = _DATA
        root.variables["SCRATCHPAD_DATA"] = _DATA


def _run(root: DebianRoot, line: str, **variables: str) -> None:
    """As the ordinary user, with its output in this one.

    Raises:
        SystemExit: It failed.
    """
    print(f"$ {line}", flush=True)
    done = subprocess.run(root.inside(["bash", "-c", line], variables), stdin=subprocess.DEVNULL)
    if done.returncode:
        raise SystemExit(f"failed with exit status {done.returncode}: {line}")


if __name__ == "__main__":
    main()
