"""Descriptions of the six levels, from a library that does everything to gradients of our own.

Only numbers and words, so that a window can show them before PyTorch is there; `engine.levels.levels`
has the parts themselves.
"""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class LevelDescription:
    """A level in words.

    Attributes:
        number: 1 to 6.
        name: A few words, such as ``own optimiser``.
        library: What PyTorch's library of layers, losses and optimisers still does.
        ours: What is written in this program.
    """

    number: int
    name: str
    library: str
    ours: str

    @property
    def title(self) -> str:
        """Number and name: ``5 · Own optimiser``."""
        return f"{self.number} · {self.name[0].upper()}{self.name[1:]}"


LEVEL_DESCRIPTIONS = (
    LevelDescription(
        1,
        "library",
        "network (Sequential), loss (NLLLoss), optimiser (SGD, Adam), mini-batches (DataLoader)",
        "a loop that calls them",
    ),
    LevelDescription(
        2,
        "own network",
        "loss, optimiser, mini-batches",
        "weights and bias as parameters, forward pass, ReLU, softmax and log-softmax",
    ),
    LevelDescription(
        3,
        "own matrix product",
        "loss, optimiser, mini-batches",
        "the network, and the product by broadcasting, multiplying and summing",
    ),
    LevelDescription(
        4,
        "own loop and loss",
        "optimiser",
        "the network, mini-batches, loss, zeroing of the gradients, fit",
    ),
    LevelDescription(
        5,
        "own optimiser",
        "nothing but tensors and automatic differentiation",
        "everything else",
    ),
    LevelDescription(
        6,
        "own gradients",
        "nothing but tensors",
        "everything, including the derivatives by the chain rule",
    ),
)
"""All levels, the lowest first."""

SLOW_LEVEL = 3
"""The level whose matrix product writes out every single product before it sums them."""


def level_description(number: int) -> LevelDescription:
    """The level with this number, 1 to 6."""
    return LEVEL_DESCRIPTIONS[number - 1]
