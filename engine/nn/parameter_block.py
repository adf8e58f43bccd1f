"""Parameter block: all parameters of a network beside each other in memory, and their gradients likewise."""

from __future__ import annotations

import torch

from engine.nn.network import Network


class ParameterBlock:
    """Makes an optimiser's step on a whole network one sum instead of one for every weight and bias.

    The network's own parameters and their ``grad`` become views of the two blocks: whoever changes the one
    changes the other.

    Attributes:
        values: (parameters,) float32.
        gradients: The same shape.
    """

    def __init__(self, network: Network) -> None:
        parameters = network.parameters()
        self.values = torch.cat([parameter.detach().flatten() for parameter in parameters])
        self.gradients = torch.zeros_like(self.values)
        first = 0
        for parameter in parameters:
            last = first + parameter.numel()
            parameter.data = self.values[first:last].view(parameter.shape)
            parameter.grad = self.gradients[first:last].view(parameter.shape)
            first = last
