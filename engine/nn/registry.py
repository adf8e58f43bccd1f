"""Registry: the activations and the optimisers there are, one entry each; everything else is derived from it.

Settings, the command line, the window, both networks, model files and ONNX look here. A new activation is a
class like those in `engine.nn.activations` and an entry in `ACTIVATIONS`; a new optimiser is a class like
those in `engine.nn.optimisers` and an entry in `OPTIMISERS`. Classes are named here and imported when they
are first asked for, so that a program can list the choices before PyTorch is loaded.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from pkgutil import resolve_name
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from engine.nn.activations import Activation
    from engine.nn.optimisers import OwnOptimiser


@dataclass(frozen=True, slots=True)
class ActivationEntry:
    """An activation.

    Attributes:
        title: What to call it in front of a user, inside a sentence.
        layer: Our class, as ``module:name``; made without arguments.
        torch_nn: Name of the class in torch.nn that computes the same, made without arguments.
        onnx: Name of ONNX's operator for it.
        onnx_attributes: That operator's attributes, each with the attribute of our layer that has its value.
        is_trainable: Whether networks can be trained with it; others are only read from files.
    """

    title: str
    layer: str
    torch_nn: str
    onnx: str
    onnx_attributes: Mapping[str, str] = field(default_factory=dict)
    is_trainable: bool = True

    @property
    def heading(self) -> str:
        """The title as it begins a line."""
        return self.title[:1].upper() + self.title[1:]

    @property
    def layer_class(self) -> type[Activation]:
        """Our class; imports PyTorch."""
        found: type[Activation] = resolve_name(self.layer)
        return found


@dataclass(frozen=True, slots=True)
class OptimiserEntry:
    """An optimiser.

    Attributes:
        title: What to call it in front of a user.
        usual_rate: The learning rate to begin with.
        optimiser: Our class, as ``module:name``; made of parameters, learning rate, momentum, weight decay.
        torch_optim: Name of the class in torch.optim that computes the same.
        torch_options: From momentum and weight decay to what torch.optim's class calls them.
    """

    title: str
    usual_rate: float
    optimiser: str
    torch_optim: str
    torch_options: Callable[[float, float], dict[str, Any]]

    @property
    def optimiser_class(self) -> type[OwnOptimiser]:
        """Our class; imports PyTorch."""
        found: type[OwnOptimiser] = resolve_name(self.optimiser)
        return found


ACTIVATIONS: dict[str, ActivationEntry] = {
    "relu": ActivationEntry("ReLU", "engine.nn.activations:ReLU", "ReLU", "Relu"),
    "leaky-relu": ActivationEntry(
        "leaky ReLU", "engine.nn.activations:LeakyReLU", "LeakyReLU", "LeakyRelu", {"alpha": "slope"}
    ),
    "elu": ActivationEntry("ELU", "engine.nn.activations:ELU", "ELU", "Elu", {"alpha": "alpha"}),
    "tanh": ActivationEntry("tanh", "engine.nn.activations:Tanh", "Tanh", "Tanh", is_trainable=False),
    "sigmoid": ActivationEntry(
        "sigmoid", "engine.nn.activations:Sigmoid", "Sigmoid", "Sigmoid", is_trainable=False
    ),
}
"""The activations by the names that settings, model files and the command line use."""

OPTIMISERS: dict[str, OptimiserEntry] = {
    "sgd": OptimiserEntry(
        "SGD",
        0.05,
        "engine.nn.optimisers:SGD",
        "SGD",
        lambda momentum, weight_decay: {"momentum": momentum, "weight_decay": weight_decay},
    ),
    "adam": OptimiserEntry(
        "Adam",
        0.002,
        "engine.nn.optimisers:Adam",
        "Adam",
        lambda momentum, weight_decay: {"betas": (momentum, 0.999), "weight_decay": weight_decay},
    ),
}
"""The optimisers by the names that settings and the command line use; the first one is the usual one."""


def trainable_activations() -> tuple[str, ...]:
    """Names of the activations that networks can be trained with."""
    return tuple(name for name, entry in ACTIVATIONS.items() if entry.is_trainable)
