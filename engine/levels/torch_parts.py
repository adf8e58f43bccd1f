"""The library's parts: torch.nn, torch.optim and torch.utils.data behind the interface of our own.

The one module of the engine where they are allowed; levels 1 to 4 take parts from here.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import torch
from torch import Tensor, nn, optim
from torch.utils.data import DataLoader, TensorDataset

from engine.data.batches import Prepare, Shuffle
from engine.nn.network import Architecture, Network, Weights
from engine.nn.protocols import Optimiser
from engine.nn.registry import ACTIVATIONS, OPTIMISERS
from engine.settings import TrainingSettings


class LibraryNetwork:
    """nn.Sequential of nn.Linear, an activation between, and nn.LogSoftmax at the end."""

    def __init__(self, architecture: Architecture, seed: int = 0, device: torch.device | str = "cpu") -> None:
        activation: type[nn.Module] = getattr(nn, ACTIVATIONS[architecture.activation].torch_nn)
        layers: list[nn.Module] = []
        for inputs, outputs in zip(architecture.sizes, architecture.sizes[1:], strict=False):
            # Without the library's own random start, which asks the generator that everyone shares. Its
            # skip_init would do, but brings in 400 modules of computer algebra on its way: 0.2 s.
            linear = nn.Linear(inputs, outputs, device="meta")
            linear.weight = nn.Parameter(torch.empty(outputs, inputs))
            linear.bias = nn.Parameter(torch.empty(outputs))
            layers += [linear, activation()]
        layers[-1] = nn.LogSoftmax(dim=1)
        self.architecture = architecture
        self.layers = nn.Sequential(*layers).to(device)
        # Every level starts from the same numbers, which are ours.
        self.load(Network(architecture, seed).snapshot())

    def log_probabilities(self, inputs: Tensor) -> Tensor:
        """(batch, sizes[0]) float32 to logarithms of probabilities, (batch, sizes[-1]) float32."""
        outputs: Tensor = self.layers(inputs)
        return outputs

    def named_parameters(self) -> dict[str, Tensor]:
        """The live parameters; the library keeps weights as (outputs, inputs), so these are views."""
        linear = [layer for layer in self.layers if isinstance(layer, nn.Linear)]
        return {
            f"{index}.{name}": parameter
            for index, layer in enumerate(linear)
            for name, parameter in (("weights", layer.weight.T), ("bias", layer.bias))
        }

    def parameters(self) -> Sequence[Tensor]:
        """Those of the library's layers."""
        return list(self.layers.parameters())

    def gradients(self) -> Weights:
        """Copies of the gradients on the CPU."""
        linear = [layer for layer in self.layers if isinstance(layer, nn.Linear)]
        return {
            f"{index}.{name}": gradient.contiguous().to("cpu", copy=True)
            for index, layer in enumerate(linear)
            if layer.weight.grad is not None and layer.bias.grad is not None
            for name, gradient in (("weights", layer.weight.grad.T), ("bias", layer.bias.grad))
        }

    def snapshot(self) -> Weights:
        """Copies of the parameters on the CPU."""
        return {
            name: parameter.detach().contiguous().to("cpu", copy=True)
            for name, parameter in self.named_parameters().items()
        }

    @torch.no_grad()
    def load(self, weights: Weights) -> None:
        """Put copies of `weights` in place of the present ones.

        Raises:
            ValueError: Names or shapes do not fit; nothing is changed then.
        """
        self.architecture.check_fit(weights)
        for name, parameter in self.named_parameters().items():
            parameter.copy_(weights[name])


class LibraryBatches:
    """A DataLoader over (samples, features) inputs and (samples,) targets, in the order that ours has."""

    def __init__(self, inputs: Tensor, targets: Tensor, batch_size: int, seed: int, prepare: Prepare) -> None:
        self._prepare = prepare
        self._loader = DataLoader(
            TensorDataset(inputs, targets),
            batch_size=batch_size,
            sampler=Shuffle(len(inputs), seed),
            generator=torch.Generator().manual_seed(seed),
        )

    def __len__(self) -> int:
        """Mini-batches in an epoch."""
        return len(self._loader)

    def __iter__(self) -> Iterator[tuple[Tensor, Tensor]]:
        """Yield prepared inputs, and targets."""
        for inputs, targets in self._loader:
            yield self._prepare(inputs), targets


def library_loss(log_probabilities: Tensor, targets: Tensor) -> Tensor:
    """nn.NLLLoss: (batch, classes) float32 log-probabilities and (batch,) int64 targets to () float32."""
    loss: Tensor = nn.NLLLoss()(log_probabilities, targets)
    return loss


class LibraryOptimiser:
    """Such as torch.optim.SGD or torch.optim.Adam."""

    def __init__(self, parameters: Sequence[Tensor], settings: TrainingSettings) -> None:
        chosen = OPTIMISERS[settings.optimiser]
        options = chosen.torch_options(settings.momentum, settings.weight_decay)
        make = getattr(optim, chosen.torch_optim)
        self._optimiser: optim.Optimizer = make(parameters, settings.learning_rate, **options)

    @property
    def parameters(self) -> Sequence[Tensor]:
        """What is moved."""
        return list(self._optimiser.param_groups[0]["params"])

    @property
    def learning_rate(self) -> float:
        """May be changed between steps, as a schedule does."""
        return float(self._optimiser.param_groups[0]["lr"])

    @learning_rate.setter
    def learning_rate(self, rate: float) -> None:
        self._optimiser.param_groups[0]["lr"] = rate

    def zero_gradients(self) -> None:
        """Forget the gradients."""
        self._optimiser.zero_grad()

    def step(self) -> None:
        """Move each parameter once."""
        self._optimiser.step()


def library_zero(optimiser: Optimiser) -> None:
    """Let the library's optimiser forget the gradients."""
    if isinstance(optimiser, LibraryOptimiser):
        optimiser.zero_gradients()
