"""Function values: what the engine's own functions make of plain numbers."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from engine.data.classes import Classes

NAMES = {"relu": "ReLU", "leaky-relu": "Leaky ReLU", "elu": "ELU", "sigmoid": "Sigmoid"}
"""The functions that work element by element, by the names that the engine uses."""

SAMPLE_LOGITS = (-4.1, -2.6, 1.3, 6.2, -5.4, 2.4, -6.3, -1.2, 4.9, 0.6)
"""Logits as they are for a 3 that could be an 8, while the pad is empty."""


@dataclass(frozen=True, slots=True)
class LogitRow:
    """What becomes of the logit of one class.

    Attributes:
        name: Of the class.
        logit: As the network gives it.
        softmax: 0 to 1; those of all classes sum to 1.
        sigmoid: 0 to 1.
    """

    name: str
    logit: float
    softmax: float
    sigmoid: float


def function_outputs(name: str, inputs: Sequence[float], slope: float, alpha: float) -> list[float]:
    """The outputs of one of `NAMES`.

    Args:
        name: A key of `NAMES`.
        inputs: Any number of finite values.
        slope: Of the leaky ReLU where its input is negative.
        alpha: Of the ELU.

    Raises:
        KeyError: The name is another.
    """
    import torch

    from engine.nn.activations import ELU, LeakyReLU, ReLU
    from engine.nn.losses import sigmoid

    functions: dict[str, Callable[[torch.Tensor], torch.Tensor]] = {
        "relu": ReLU(),
        "leaky-relu": LeakyReLU(slope),
        "elu": ELU(alpha),
        "sigmoid": sigmoid,
    }
    outputs: list[float] = functions[name](torch.tensor(inputs, dtype=torch.float32)).tolist()
    return outputs


def logit_rows(logits: Sequence[float], classes: Classes) -> tuple[LogitRow, ...]:
    """A row for each of the logits."""
    import torch

    from engine.nn.losses import sigmoid, softmax

    values = torch.tensor(logits, dtype=torch.float32)
    columns = zip(classes, values.tolist(), softmax(values).tolist(), sigmoid(values).tolist(), strict=True)
    return tuple(LogitRow(*row) for row in columns)
