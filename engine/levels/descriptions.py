"""Descriptions of the seven levels: whose each part is, from a library that does everything to our own code.

Only numbers and words, so that a window can show them before PyTorch is there; `engine.levels.levels`
has the parts themselves.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import Enum

BATCHES = "Mini-batches"
NETWORK = "Network"
PRODUCT = "Matrix product"
LOSS = "Loss"
GRADIENTS = "Gradients"
ZEROING = "Zeroing"
OPTIMISER = "Optimiser"
LOOP = "The loop"

PARTS = (BATCHES, NETWORK, PRODUCT, LOSS, GRADIENTS, ZEROING, OPTIMISER, LOOP)
"""The parts of a training, in the order in which data pass through them."""


class Owner(Enum):
    """Whose a part is; the value is what a window calls it."""

    LIBRARY = "the library's"
    OURS = "ours"
    BACK = "back to the library"


@dataclass(frozen=True, slots=True)
class LevelDescription:
    """A level in words.

    Attributes:
        number: 1 to 7.
        name: A few words, such as ``own optimiser``.
        library_parts: What PyTorch does, besides the tensors that it always has: words by the part's name
            in `PARTS`.
        own_parts: What is written in this program, likewise.
    """

    number: int
    name: str
    library_parts: Mapping[str, str]
    own_parts: Mapping[str, str]

    @property
    def title(self) -> str:
        """Number and name: ``5 · Own optimiser``."""
        return f"{self.number} · {self.name[0].upper()}{self.name[1:]}"

    @property
    def library(self) -> str:
        """Everything that is still PyTorch's, in the order of the parts; tensors at the end."""
        return ", ".join([*_in_order(self.library_parts), "tensors"])

    @property
    def ours(self) -> str:
        """Everything that is written in this program."""
        return ", ".join(_in_order(self.own_parts))


def _in_order(words: Mapping[str, str]) -> list[str]:
    return [words[part] for part in PARTS if part in words]


_AUTOMATIC = {GRADIENTS: "gradients (automatic differentiation)"}
_OF_TENSORS = {PRODUCT: "matrix product (@)"}
_OWN_NETWORK = {NETWORK: "network (linear layers, activation, log-softmax)"}
_OWN_LOOP = {BATCHES: "mini-batches", LOSS: "loss", ZEROING: "zeroing", LOOP: "loop"}
_CALLS = {LOOP: "the loop that calls them"}
_LIBRARY_LOOP = {
    BATCHES: "mini-batches (DataLoader)",
    LOSS: "loss (NLLLoss)",
    ZEROING: "zeroing",
    OPTIMISER: "optimiser (SGD, Adam)",
} | _AUTOMATIC
_BY_HAND = _OWN_NETWORK | _OWN_LOOP | {OPTIMISER: "optimiser", GRADIENTS: "gradients by the chain rule"}

LEVEL_DESCRIPTIONS = (
    LevelDescription(1, "library", _LIBRARY_LOOP | {NETWORK: "network (Sequential)"}, _CALLS),
    LevelDescription(2, "own network", _LIBRARY_LOOP | _OF_TENSORS, _OWN_NETWORK | _CALLS),
    LevelDescription(
        3,
        "own matrix product",
        _LIBRARY_LOOP,
        _OWN_NETWORK | _CALLS | {PRODUCT: "matrix product (broadcast, multiply, sum)"},
    ),
    LevelDescription(
        4,
        "own loop and loss",
        _OF_TENSORS | _AUTOMATIC | {OPTIMISER: "optimiser (SGD, Adam)"},
        _OWN_NETWORK | _OWN_LOOP,
    ),
    LevelDescription(
        5,
        "own optimiser",
        _OF_TENSORS | _AUTOMATIC,
        _OWN_NETWORK | _OWN_LOOP | {OPTIMISER: "optimiser"},
    ),
    LevelDescription(6, "own gradients", _OF_TENSORS, _BY_HAND),
    LevelDescription(
        7,
        "in place",
        _OF_TENSORS,
        {
            BATCHES: "mini-batches prepared ahead",
            NETWORK: "network in buffers made once",
            LOSS: "loss computed only when it is shown",
            GRADIENTS: "gradients written over the last ones",
            OPTIMISER: "optimiser with all parameters in one block",
            LOOP: "loop",
        },
    ),
)
"""All levels, the lowest first."""

SLOW_LEVEL = 3
"""The level whose matrix product writes out every single product before it sums them."""

FAST_LEVEL = 7
"""The level that is written for speed; the others are written to be read."""


def level_description(number: int) -> LevelDescription:
    """The level with this number, 1 to 7."""
    return LEVEL_DESCRIPTIONS[number - 1]


def owner_of(part: str, number: int) -> Owner:
    """Whose a part is at a level.

    Raises:
        KeyError: The level does not have that part.
    """
    described = level_description(number)
    if part in described.own_parts:
        return Owner.OURS
    if part not in described.library_parts:
        raise KeyError(f"level {number} has no part “{part}”")
    was_ours = any(part in below.own_parts for below in LEVEL_DESCRIPTIONS[: number - 1])
    return Owner.BACK if was_ours else Owner.LIBRARY
