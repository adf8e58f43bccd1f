"""What is cut is never asked for: engine and plots work with the cuts made, in processes of their own."""

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.whole_program

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


# One after the other in one process, which has PyTorch to import: what is cut is asked for by the first that
# needs it.
_ENGINE = {
    "every level trains": """
from engine.data.digits import Standardisation
from engine.settings import TrainingSettings
from engine.training.fit import fit
from tests.engine.digit_sets import small_set
digits = small_set(64)
for level in range(1, 8):
    for optimiser in ("sgd", "adam"):
        settings = TrainingSettings(hidden=(20,), epochs=1, level=level, optimiser=optimiser)
        assert list(fit(digits, small_set(100, 8), settings, Standardisation.of(digits)))
""",
    "torchvision's MNIST is read": """
from engine.data.mnist.torchvision_guard import torchvision_datasets
mnist = torchvision_datasets().mnist
assert mnist.read_image_file and mnist.MNIST.mirrors and mnist.MNIST.resources
""",
}
_CUT = "import torch._inductor"
_RUN = """
import json, traceback
outcomes = {}
for name, program in programs.items():
    try:
        exec(program, {})
        outcomes[name] = ""
    except BaseException:
        outcomes[name] = traceback.format_exc()
print(json.dumps(outcomes))
"""
_PLOT = """
from PySide6.QtWidgets import QApplication
application = QApplication([])
import pyqtgraph
plot = pyqtgraph.PlotWidget()
plot.plot([1, 2], [3, 4])
plot.resize(200, 200)
assert not plot.grab().isNull()
"""


def run_cut(program: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-W", "error", "-c", _CUTTER + program],
        cwd=ROOT,
        env={**os.environ, "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
    )


@pytest.fixture(scope="module")
def outcomes() -> dict[str, str]:
    """What the engine's programs, and one that asks for what is cut, raised: a traceback or nothing."""
    done = run_cut(f"programs = { {**_ENGINE, _CUT: _CUT}!r}\n{_RUN}")
    assert done.returncode == 0, done.stderr
    return json.loads(done.stdout)


@pytest.mark.parametrize("name", _ENGINE)
def test_the_engine_asks_for_nothing_that_is_cut(name, outcomes):
    assert outcomes[name] == ""


def test_a_plot_asks_for_nothing_that_is_cut():
    done = run_cut(_PLOT)
    assert done.returncode == 0, done.stderr


def test_what_is_cut_cannot_be_imported(outcomes):
    assert "torch._inductor is cut" in outcomes[_CUT]
