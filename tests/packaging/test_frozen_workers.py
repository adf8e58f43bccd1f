"""A search of the frozen program: its workers are this program once more, and none of them opens a window."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.packaging import frozen_program

ROOT = Path(__file__).parents[2]
# The process that counts semaphores is started with a line of Python, which PyInstaller's bootloader runs.
_SCRIPT = """#!/bin/sh
case "$*" in
*resource_tracker*) exec "{python}" "$@" ;;
esac
exec "{python}" "{program}" "$@"
"""


@pytest.mark.threaded
@pytest.mark.skipif(sys.platform == "win32", reason="needs a shell")
@pytest.mark.whole_program
def test_workers_of_a_frozen_program_train_and_open_no_window(tmp_path):
    program, log = tmp_path / "scratchpad", tmp_path / "log"
    program.write_text(_SCRIPT.format(python=sys.executable, program=frozen_program.__file__))
    program.chmod(0o755)
    environment = {
        **os.environ,
        "PYTHONPATH": str(ROOT),
        "FROZEN_PROGRAM": str(program),
        "FROZEN_PROGRAM_LOG": str(log),
    }
    done = subprocess.run([program], env=environment, capture_output=True, text=True)
    assert (done.returncode, done.stderr) == (0, "")
    lines = log.read_text().splitlines()
    worker = "--multiprocessing-fork without windows"
    assert sorted(lines) == [worker, "4 trials", "search without windows"]
