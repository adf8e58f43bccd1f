"""Where fused steps are available: networks and optimisers that the kernels know, where Triton is."""

from __future__ import annotations

import importlib.util
import logging
import os
import traceback
from typing import TYPE_CHECKING

from engine.levels.in_place import InPlaceStepping
from engine.nn.activations import ELU, LeakyReLU, ReLU
from engine.nn.network import Architecture, Network
from engine.nn.optimisers import SGD, Adam
from engine.nn.protocols import TrainableNetwork
from engine.nn.registry import ACTIVATIONS, OPTIMISERS
from engine.settings import TrainingSettings

if TYPE_CHECKING:
    from torch import Tensor

    from engine.training.stretches.fused.program import FusedProgram

_LOG = logging.getLogger(__name__)
failures: list[str] = []
"""Why kernels could not be built, each time that they could not, as Python tells it."""

PRECISIONS = ("tf32x3", "tf32", "ieee")
"""Of products: three of TF32 for each, which is about as exact as float32; one of TF32; float32 itself."""
USUAL_PRECISION = "tf32x3"
_FUSED_LEVEL = 7
# Kernels hold all classes of some samples at once.
_MOST_CLASSES = 128
# Programs for each chip family differ; Triton's need this one or a later one.
_OLDEST_CHIP = (8, 0)


def has_triton(device_type: str) -> bool:
    """Whether kernels run on a kind of device: on CUDA cards, and anywhere while Triton interprets them."""
    if importlib.util.find_spec("triton") is None:
        return False
    if os.environ.get("TRITON_INTERPRET") == "1":
        return True
    if device_type != "cuda":
        return False
    import torch

    return torch.cuda.get_device_capability() >= _OLDEST_CHIP


def knows(settings: TrainingSettings) -> bool:
    """Whether there are kernels for the activation and the optimiser."""
    return (
        ACTIVATIONS[settings.activation].layer_class in (ReLU, LeakyReLU, ELU)
        and OPTIMISERS[settings.optimiser].optimiser_class in (SGD, Adam)
        and settings.level == _FUSED_LEVEL
    )


def program_of(
    stepping: InPlaceStepping, network: TrainableNetwork, settings: TrainingSettings, precision: str
) -> FusedProgram | None:
    """The program of fused steps of this network; None where there is none."""
    values, _ = stepping.gradients.state
    is_known = isinstance(network, Network) and network.architecture.sizes[-1] <= _MOST_CLASSES
    if not is_known or not knows(settings) or not has_triton(values.device.type):
        return None
    return make_program(network.architecture, values[None], settings, precision)


def make_program(
    architecture: Architecture, parameters: Tensor, settings: TrainingSettings, precision: str
) -> FusedProgram | None:
    """The program of networks; None where its kernels cannot be built, such as without a C compiler.

    The arguments are those of `FusedProgram`.
    """
    try:
        from engine.training.stretches.fused.program import FusedProgram

        program = FusedProgram(architecture, parameters, settings, precision)
        program.build(settings.batch_size)
    except Exception as error:  # what Triton and a compiler raise is theirs; there is another way to train
        failures.append(traceback.format_exc())
        _LOG.warning("Fused steps cannot be built: %s", error)
        return None
    return program
