"""Trial: a program is used by its own smoke test before anybody gets it."""

from __future__ import annotations

import os
import subprocess
from pathlib import Path

from resources.packaging.tools import PackagingError


def smoke_test(program: Path, folder: Path) -> str:
    """Run the smoke test somewhere else than in a clone, with nothing of this process's paths.

    Args:
        program: What starts it.
        folder: It runs there.

    Returns:
        What it said of each step.

    Raises:
        PackagingError: It failed, or said something on standard error.
    """
    environment = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
    environment.setdefault("QT_QPA_PLATFORM", "offscreen")
    done = subprocess.run(
        [program, "--smoke-test"], cwd=folder, env=environment, capture_output=True, text=True
    )
    if done.returncode or done.stderr:
        said = "\n".join((done.stdout + done.stderr).strip().splitlines()[-20:])
        raise PackagingError(
            f"{program.name} fails its smoke test with exit code {done.returncode}; its last words:\n{said}"
        )
    return done.stdout
