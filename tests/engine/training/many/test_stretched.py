"""Many networks in fused stretches learn what they learn in steps; slow where kernels are interpreted."""

import os
import subprocess
import sys
from importlib.util import find_spec

import pytest
import torch

from engine.data.digits import Standardisation
from engine.settings import TrainingSettings
from engine.training.many.fit import fit_many
from engine.training.many.networks import ManyNetworks
from engine.training.many.stretched import StretchedNetworks
from engine.training.many.variants import Variant
from engine.training.stretches.recorder import CudaRecorder
from engine.training.stretches.way import StretchWay
from tests.engine.digit_sets import small_set
from tests.engine.training.stretches.call_again import CallAgain

HAS_CARD = torch.cuda.is_available()
VARIANTS = [Variant(1, 0.05), Variant(2, 0.03), Variant(3, 0.02)]
SETTINGS = TrainingSettings(hidden=(12,), epochs=3, batch_size=64, averaging=True)


def begin(way, device="cpu", variants=VARIANTS):
    digits = small_set(100)
    return fit_many(digits, digits, SETTINGS, Standardisation.of(digits), variants, device, way=way)


def worst_difference():
    """Between stretches and steps, while one of three networks is dropped on the way."""
    device = "cuda" if HAS_CARD else "cpu"
    way = StretchWay(CudaRecorder() if HAS_CARD else CallAgain(), precision="ieee")
    found = []
    for fit, kind in ((begin(None), ManyNetworks), (begin(way, device), StretchedNetworks)):
        assert isinstance(fit._networks, kind)
        numbers = []
        for result in fit:
            for each in result.networks:
                numbers += [torch.tensor(each.losses), *each.weights.values()]
                numbers.append(torch.tensor([each.network, each.digits, each.figures.validation_loss]))
            if result.epoch == 2:
                fit.keep([0, 2])
        found.append(numbers)
    return max(float((one - other).abs().max()) for one, other in zip(*found, strict=True))


@pytest.mark.skipif(find_spec("triton") is None, reason="needs Triton")
@pytest.mark.slow
def test_stretches_equal_steps():
    command = f"from {__name__} import *; print(worst_difference())"
    environment = os.environ if HAS_CARD else os.environ | {"TRITON_INTERPRET": "1"}
    ended = subprocess.run(
        [sys.executable, "-c", command], env=environment, capture_output=True, text=True, check=True
    )
    assert float(ended.stdout) < 1e-5


@pytest.mark.parametrize(
    "variants",
    [
        [Variant(1, 0.05, order_seed=1), Variant(2, 0.05, order_seed=2)],
        [Variant(1, 0.05), Variant(2, 0.05, 0.5)],
    ],
    ids=["orders", "momenta"],
)
def test_what_differs_in_more_than_seed_and_rate_takes_steps(variants):
    assert isinstance(begin(StretchWay(CallAgain()), variants=variants)._networks, ManyNetworks)


def test_without_kernels_it_takes_steps(monkeypatch):
    monkeypatch.setattr("engine.training.stretches.fused.has_triton", lambda _kind: True)
    monkeypatch.setitem(sys.modules, "engine.training.stretches.fused.program", None)
    fit = begin(StretchWay(CallAgain()))
    assert isinstance(fit._networks, ManyNetworks)
    assert len(list(fit)) == 3
