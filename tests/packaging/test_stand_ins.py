"""What is cut is never asked for: the engine works with the cuts made, each in a process of its own."""

import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]

# Refuses every module that is cut, and gives the stand-ins instead of those that have one.
_CUTTER = """
import importlib.abc, importlib.util, sys
from pathlib import Path
from resources.packaging import trimming

class Cutter(importlib.abc.MetaPathFinder):
    def find_spec(self, name, path, target=None):
        if name in trimming.STAND_INS:
            stub = Path(trimming.__file__).parent / "stubs" / f"{name}.py"
            return importlib.util.spec_from_file_location(name, stub)
        if trimming.cut_of_module(name) is not None:
            raise ModuleNotFoundError(f"{name} is cut", name=name)

sys.meta_path.insert(0, Cutter())
"""


def run_cut(program):
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", _CUTTER + program],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
    )


@pytest.mark.parametrize(
    "program",
    [
        pytest.param(
            "from engine.data.digits import Standardisation\n"
            "from engine.settings import TrainingSettings\n"
            "from engine.training.fit import fit\n"
            "from tests.engine.digit_sets import small_set\n"
            "digits = small_set()\n"
            "for level in range(1, 8):\n"
            "    for optimiser in ('sgd', 'adam'):\n"
            "        settings = TrainingSettings(hidden=(20,), epochs=1, level=level, optimiser=optimiser)\n"
            "        assert list(fit(digits, small_set(100, 8), settings, Standardisation.of(digits)))\n",
            id="every level trains",
        ),
        pytest.param(
            "from engine.data.torchvision_guard import torchvision_datasets\n"
            "mnist = torchvision_datasets().mnist\n"
            "assert mnist.read_image_file and mnist.MNIST.mirrors and mnist.MNIST.resources\n",
            id="torchvision's MNIST is read",
        ),
        pytest.param(
            "from PySide6.QtWidgets import QApplication\n"
            "application = QApplication([])\n"
            "import pyqtgraph\n"
            "plot = pyqtgraph.PlotWidget()\n"
            "plot.plot([1, 2], [3, 4])\n"
            "plot.resize(200, 200)\n"
            "assert not plot.grab().isNull()\n",
            id="a plot is drawn",
        ),
    ],
)
def test_nothing_that_is_cut_is_asked_for(program):
    done = run_cut(program)
    assert done.returncode == 0, done.stderr


def test_what_is_cut_cannot_be_imported():
    done = run_cut("import torch._inductor")
    assert "torch._inductor is cut" in done.stderr
