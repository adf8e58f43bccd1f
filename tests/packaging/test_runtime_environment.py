"""What programs started from the frozen one find in their environment."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

from resources.packaging import trimming

HOOK = Path(trimming.__file__).parent / "hooks" / "runtime_environment.py"


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ({"LD_LIBRARY_PATH": "/bundle:/user", "LD_LIBRARY_PATH_ORIG": "/user"}, {"LD_LIBRARY_PATH": "/user"}),
        ({"LD_LIBRARY_PATH": "/bundle"}, {}),
        ({}, {}),
    ],
)
def test_a_program_started_from_it_gets_the_libraries_that_the_user_has(given, found):
    show = (
        "import os, runpy, sys\n"
        "runpy.run_path(sys.argv[1])\n"
        "print({name: value for name, value in os.environ.items() if name.startswith('LD_')})"
    )
    plain = {name: value for name, value in os.environ.items() if not name.startswith("LD_")}
    done = subprocess.run(
        [sys.executable, "-c", show, HOOK], env={**plain, **given}, capture_output=True, text=True, check=True
    )
    assert done.stdout.strip() == repr(found)
