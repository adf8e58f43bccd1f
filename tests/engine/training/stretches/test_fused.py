"""Fused steps compute what steps one by one do; without a card, Triton interprets the kernels, slowly."""

import os
import subprocess
import sys
from dataclasses import replace
from importlib.util import find_spec

import pytest
import torch

from engine.data.digits import Standardisation
from engine.settings import TrainingSettings
from engine.training.fit import StepsCompleted, fit
from engine.training.stretches.fused import PRECISIONS, available, program_of
from engine.training.stretches.fused.tiles import blocks, tile_of, unit_of
from engine.training.stretches.recorder import CudaRecorder
from engine.training.stretches.way import StretchWay
from tests.engine.digit_sets import small_set
from tests.engine.training.stretches.call_again import CallAgain

HAS_CARD = torch.cuda.is_available()
needs_triton = pytest.mark.skipif(find_spec("triton") is None, reason="needs Triton")
CHANGES = {
    "usual": {},
    "logistic": {"hidden": (), "momentum": 0.0},
    "deep": {"hidden": (24, 20, 17), "activation": "elu", "weight_decay": 0.01},
    "adam": {"hidden": (20, 16), "activation": "leaky-relu", "optimiser": "adam", "averaging": True},
}


def worst_difference(change, precision="ieee"):
    """Between losses and weights of fused steps and those of steps on the CPU."""
    digits = small_set(130)
    settings = TrainingSettings(hidden=(20,), epochs=1, learning_rate=0.02, batch_size=64)
    settings = replace(settings, **change)
    found = []
    for device, way in (
        ("cpu", None),
        (
            "cuda" if HAS_CARD else "cpu",
            StretchWay(CudaRecorder() if HAS_CARD else CallAgain(), True, precision),
        ),
    ):
        results = list(fit(digits, small_set(50, 8), settings, Standardisation.of(digits), device, way=way))
        losses = [loss for each in results if isinstance(each, StepsCompleted) for loss in each.losses]
        found.append([torch.tensor(losses), *results[-1].weights.values()])
    return max(float((one - other).abs().max()) for one, other in zip(*found, strict=True))


@needs_triton
@pytest.mark.slow
@pytest.mark.parametrize("name", CHANGES)
def test_fused_steps_equal_steps(name):
    # Whether kernels are interpreted is decided when they are imported.
    command = f"from {__name__} import *; print(worst_difference(CHANGES[{name!r}]))"
    environment = os.environ if HAS_CARD else os.environ | {"TRITON_INTERPRET": "1"}
    ended = subprocess.run(
        [sys.executable, "-c", command], env=environment, capture_output=True, text=True, check=True
    )
    assert float(ended.stdout) < 1e-5


@pytest.mark.skipif(not HAS_CARD, reason="needs a CUDA graphics card")
@pytest.mark.parametrize("precision", PRECISIONS)
def test_every_precision_is_close(precision):
    assert worst_difference({"hidden": (100,)}, precision) < (2e-2 if precision == "tf32" else 1e-4)


def test_without_triton_there_is_no_program(monkeypatch):
    monkeypatch.setattr(available, "has_triton", lambda _kind: False)
    recorder = CallAgain()
    digits = small_set()
    settings = TrainingSettings(hidden=(12,), epochs=1)
    way = StretchWay(recorder)
    assert list(fit(digits, digits, settings, Standardisation.of(digits), way=way))
    assert recorder.records == 1
    assert program_of is available.program_of


@pytest.mark.parametrize(
    ("rows", "columns"), [(64, 100), (256, 100), (512, 512), (16, 10), (1, 1), (8192, 4096)]
)
def test_tiles_are_powers_of_two_that_a_card_can_multiply(rows, columns):
    for networks in (1, 64):
        for side in tile_of(rows, columns, networks):
            assert side in (16, 32, 64)
    assert blocks(rows, tile_of(rows, columns)[0]) * tile_of(rows, columns)[0] >= rows


def test_units_divide():
    assert [unit_of(784), unit_of(784, 10), unit_of(7), unit_of(100, 78_500)] == [4, 2, 1, 4]
