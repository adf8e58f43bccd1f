"""PyTorch's library is opened without Python being held up, and the import finds it open."""

import importlib.util
import os
import subprocess
import sys
from pathlib import Path

import pytest

from desktop.services.library_preloading import preload_torch

pytestmark = [pytest.mark.threaded, pytest.mark.whole_program]

OPENED = """
from desktop.services.library_preloading import preload_torch
opened = preload_torch()
import torch
print(opened, float(torch.ones(3, 3).sum()))
"""
# The library is a pipe, at which the system waits for somebody who writes: that takes another thread's turn.
MEANWHILE = """
import importlib.util, os, sys, threading
from desktop.services.library_preloading import preload_torch
spec = importlib.util.spec_from_file_location("torch", sys.argv[1] + "/__init__.py")
importlib.util.find_spec = lambda name: spec
thread = threading.Thread(target=preload_torch)
thread.start()
os.close(os.open(sys.argv[1] + "/lib/libtorch_cpu.so", os.O_WRONLY))
thread.join()
print("others ran")
"""


@pytest.mark.skipif(sys.platform not in ("linux", "darwin"), reason="the system opens libraries otherwise")
def test_the_library_is_opened_and_the_import_takes_it():
    done = subprocess.run([sys.executable, "-c", OPENED], capture_output=True, text=True, check=True)
    assert done.stdout.split() == ["True", "9.0"]


@pytest.mark.skipif(sys.platform != "linux", reason="the system opens libraries otherwise")
def test_others_run_while_the_library_is_opened(tmp_path):
    (tmp_path / "lib").mkdir()
    for library in (Path(importlib.util.find_spec("torch").origin).parent / "lib").iterdir():
        if library.name != "libtorch_cpu.so":
            (tmp_path / "lib" / library.name).symlink_to(library)
    os.mkfifo(tmp_path / "lib" / "libtorch_cpu.so")
    # If Python were held up, nothing would ever come.
    done = subprocess.run(
        [sys.executable, "-c", MEANWHILE, tmp_path], capture_output=True, text=True, timeout=120
    )
    assert done.stdout.strip() == "others ran", done.stderr


@pytest.mark.parametrize("spec", [None, importlib.util.spec_from_loader("torch", None)])
def test_a_missing_library_is_left_to_the_import(spec, monkeypatch):
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: spec)
    assert not preload_torch()


def test_so_is_one_without_its_libraries(monkeypatch, tmp_path):
    spec = importlib.util.spec_from_file_location("torch", tmp_path / "__init__.py")
    monkeypatch.setattr(importlib.util, "find_spec", lambda _name: spec)
    assert not preload_torch()
