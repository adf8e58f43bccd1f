"""The collector lets libraries be, and nothing else. Each test has a Python of its own.

What is frozen, and how much there is to freeze, depends on everything that the process did before.
"""

import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[3]
START = """
import gc
import weakref
from desktop.services.gc_tuning import freeze_imports

class Data:
    "Stands in for a data set that is held by a circle."
    def __init__(self):
        self.itself = self

gc.collect()
gc.freeze()
gc.disable()
before = gc.get_freeze_count()
data = weakref.ref(Data())
"""


def run(script):
    """Run a script; its assertions are to hold."""
    command = [sys.executable, "-c", START + script]
    ended = subprocess.run(command, capture_output=True, text=True, timeout=300, check=False, cwd=ROOT)
    assert ended.returncode == 0, ended.stderr


def test_a_former_data_set_is_not_frozen():
    run("""
library = [[] for _ in range(30_000)]
freeze_imports()
assert data() is None
assert gc.get_freeze_count() >= before + len(library)
""")


def test_without_an_import_nothing_is_frozen():
    run("""
freeze_imports()
assert data() is not None, "a collection takes time, and nothing was imported"
assert gc.get_freeze_count() <= before
gc.collect()
assert data() is None
""")
