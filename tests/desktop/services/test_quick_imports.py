"""Importing after Qt for Python costs what importing costs, and no source is kept in memory."""

import subprocess
import sys

PROGRAM = """
import linecache
from PySide6.QtCore import QObject
from desktop.services.quick_imports import skip_source_search
{call}
import colorsys
print(sum(name.endswith("colorsys.py") for name in linecache.cache))
"""


def kept_sources(call: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(call=call)], capture_output=True, text=True, check=True
    )
    return done.stdout.strip()


def test_no_source_is_read_at_an_import():
    assert kept_sources("skip_source_search()") == "0"
    # Fails once Qt for Python no longer does so by itself: then the module is to be deleted.
    assert kept_sources("") == "1"
