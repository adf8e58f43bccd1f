"""PyTorch's library is opened without Python being held up, and the import finds it open."""

import importlib.util
import subprocess
import sys

import pytest

from desktop.library_preloading import preload_torch

PROGRAM = """
import threading, time
from desktop.library_preloading import preload_torch
opened = []
thread = threading.Thread(target=lambda: opened.append(preload_torch()))
thread.start()
turns = 0
while thread.is_alive():
    turns += 1
    time.sleep(0.001)
import torch
print(opened[0], turns, float(torch.ones(3, 3).sum()))
"""


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="the system opens libraries otherwise")
def test_others_run_while_the_library_is_opened():
    done = subprocess.run([sys.executable, "-c", PROGRAM], capture_output=True, text=True, check=True)
    opened, turns, total = done.stdout.split()
    assert (opened, total) == ("True", "9.0")
    # An import in its place would let the other thread have a turn or two.
    assert int(turns) > 10


@pytest.mark.parametrize("spec", [None, importlib.util.spec_from_loader("torch", None)])
def test_a_missing_library_is_left_to_the_import(spec, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: spec)
    assert not preload_torch()


def test_so_is_one_without_its_libraries(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("torch", tmp_path / "__init__.py")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: spec)
    assert not preload_torch()
