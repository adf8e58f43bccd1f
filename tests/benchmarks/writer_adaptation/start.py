"""The network that `tests.benchmarks.writer_adaptation` starts from: trained on MNIST alone, and well.

Its first two layers are trained as convolutions, which share their weights among places (Y. LeCun and others,
"Gradient-based learning applied to document recognition", 1998), by the library, since nothing else of the
program needs them. A convolution is a linear layer with most weights 0 and many alike: written out as that,
it makes a network of the program's own kind, 784-768-512-96-10, which is taught like any other.
"""

from __future__ import annotations

import math

import torch
from torch import Tensor, nn
from torch.nn import functional
from torch.optim.lr_scheduler import OneCycleLR

from engine.data.mini_batches.augmentation import Warps
from engine.data.sources import TrainingData
from engine.models.model import Model
from engine.nn.network import Architecture, Weights
from engine.preprocessing.normaliser import SIDE
from engine.settings import TrainingSettings
from engine.training.run import finish_model

_SEED = 1
_EPOCHS, _BATCH, _RATE = 30, 128, 0.05
_WARPED_AT_ONCE = 8 * _BATCH
_WARPS = Warps(turn_degrees=15, shear=0.35, stretch=0.2, shift_pixels=1.0, bend_pixels=1.6)


def train_start(mnist: TrainingData) -> Model:
    """About a minute on one core."""
    torch.set_num_threads(1)  # so that it is the same again
    torch.manual_seed(_SEED)
    convolutional = nn.Sequential(
        nn.Unflatten(1, (1, SIDE, SIDE)),
        nn.Conv2d(1, 12, kernel_size=7, stride=3, padding=1),  # to 12 pictures of 8 by 8
        nn.ReLU(),
        nn.Conv2d(12, 32, kernel_size=3, stride=2, padding=1),  # to 32 of 4 by 4
        nn.ReLU(),
        nn.Flatten(),
        nn.Linear(32 * 4 * 4, 96),
        nn.ReLU(),
        nn.Linear(96, 10),
    )
    weights = written_out(_trained(convolutional, mnist))
    sizes = (SIDE**2, *(len(bias) for name, bias in weights.items() if name.endswith("bias")))
    settings = TrainingSettings(hidden=sizes[1:-1], epochs=_EPOCHS, seed=_SEED)
    return finish_model(mnist, settings, Architecture(sizes), weights)


def _trained(network: nn.Sequential, mnist: TrainingData) -> nn.Sequential:
    """The running average of the network, as it reads best."""
    digits = mnist.training
    biases = [each for name, each in network.named_parameters() if name.endswith("bias")]
    others = [each for name, each in network.named_parameters() if name.endswith("weight")]
    groups = [{"params": others, "weight_decay": 1e-5}, {"params": biases}]
    optimiser = torch.optim.SGD(groups, _RATE, momentum=0.9, nesterov=True)
    steps = _EPOCHS * math.ceil(len(digits) / _BATCH)
    schedule = OneCycleLR(optimiser, _RATE, steps, pct_start=0.2, cycle_momentum=False, final_div_factor=1e3)
    average = torch.optim.swa_utils.AveragedModel(
        network, multi_avg_fn=torch.optim.swa_utils.get_ema_multi_avg_fn(0.999)
    )
    generator = torch.Generator().manual_seed(_SEED)
    for _ in range(_EPOCHS):
        for chosen in torch.randperm(len(digits), generator=generator).split(_WARPED_AT_ONCE):
            warped = _WARPS(digits.images[chosen].float() / 255, generator)
            parts = mnist.standardisation(warped).split(_BATCH), digits.labels[chosen].split(_BATCH)
            for inputs, labels in zip(*parts, strict=True):
                optimiser.zero_grad()
                functional.cross_entropy(network(inputs), labels).backward()
                optimiser.step()
                schedule.step()
                average.update_parameters(network)
    return average.module


@torch.no_grad()
def written_out(network: nn.Sequential) -> Weights:
    """A chain of convolutions and linear layers with ReLU between as linear layers alone.

    Args:
        network: Takes (batch, 784); its convolutions come first.
    """
    weights: dict[str, Tensor] = {}
    shape = (1, SIDE, SIDE)
    layers = [each for each in network if isinstance(each, nn.Conv2d | nn.Linear)]
    for index, layer in enumerate(layers):
        if isinstance(layer, nn.Conv2d):
            # What it makes of each input alone is that input's row of weights.
            alone = torch.eye(math.prod(shape)).view(-1, *shape)
            made = functional.conv2d(alone, layer.weight, None, layer.stride, layer.padding)
            shape = tuple(made.shape[1:])
            rows, bias = made.flatten(1), layer.bias.repeat_interleave(math.prod(shape[1:]))
        else:
            rows, bias = layer.weight.T, layer.bias
        weights[f"{index}.weights"], weights[f"{index}.bias"] = rows.contiguous().clone(), bias.clone()
    return weights
