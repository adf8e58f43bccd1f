"""What is opened later is imported later: a start pays for what is seen at once and for nothing else."""

import json
import subprocess
import sys
from collections.abc import Iterable
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
WINDOW = "desktop.window.main_window, desktop.training.controller"
RESULTS = "desktop.results.results_controller"

# Tells what there is after each, one line for each.
_PROGRAM = f"""
import json, sys
import {WINDOW}
print(json.dumps(sorted(sys.modules)))
import {RESULTS}
print(json.dumps(sorted(sys.modules)))
"""


@pytest.fixture(scope="module")
def imported() -> dict[str, list[str]]:
    """Names of all modules that are there when the first or the second of these has been imported, too."""
    done = subprocess.run(
        [sys.executable, "-c", _PROGRAM], cwd=ROOT, capture_output=True, text=True, check=True
    )
    return dict(zip((WINDOW, RESULTS), map(json.loads, done.stdout.splitlines()), strict=True))


def below(names: Iterable[str], room: str) -> list[str]:
    return [name for name in names if name == room or name.startswith(f"{room}.")]


@pytest.mark.parametrize(
    "room",
    [
        *("torch", "numpy", "pyqtgraph", "torchvision", "PIL"),
        *("desktop.explain", "engine.explain", "desktop.lesson", "desktop.drawings", "engine.store"),
        *("desktop.results", "desktop.runs", "desktop.search", "engine.search"),
    ],
)
def test_the_window_needs_none_of_it_to_open(imported, room):
    assert below(imported[WINDOW], "desktop.window")
    assert below(imported[WINDOW], room) == []


def test_results_need_no_runs_before_those_are_opened(imported):
    assert below(imported[RESULTS], "desktop.results")
    assert below(imported[RESULTS], "desktop.runs") == []
