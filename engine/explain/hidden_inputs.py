"""Hidden inputs: the sums that go into the activation of the first hidden layer, for one drawing."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import torch
from numpy.typing import NDArray

from engine.data.digits import Standardisation
from engine.nn.network import Network


@dataclass(frozen=True, slots=True)
class HiddenInputs:
    """What the units of the first hidden layer get.

    Attributes:
        sums: One for each unit: inputs times weights, plus bias.
        activation: What the network makes of them: a name in `engine.nn.registry.ACTIVATIONS`.
    """

    sums: tuple[float, ...]
    activation: str


@torch.inference_mode()
def hidden_inputs(
    network: Network, standardise: Standardisation, vector: NDArray[np.float32]
) -> HiddenInputs | None:
    """The sums, by the network's own first layer; None for a network without hidden layers.

    Args:
        network: On the CPU.
        standardise: Of its inputs.
        vector: (784,) float32, 0 background to 1 ink.
    """
    if len(network.architecture.sizes) == 2:
        return None
    sums = network.layers[0](standardise(torch.from_numpy(vector))[None])[0]
    return HiddenInputs(tuple(sums.tolist()), network.architecture.activation)
