"""Speed tasks: what is computed to see how fast this machine is, and in which ways."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from typing import Any

import torch

from engine.lesson import speed_ways
from engine.training.device import available_devices
from engine.training.thread_tuning import usable_cores

_CPU = torch.device("cpu")


class Method(Enum):
    """How it is computed, whatever it is computed on."""

    LOOP = "loop"
    ELEMENTS = "elements"
    OPERATOR = "operator"


@dataclass(frozen=True, slots=True, eq=False)
class Task:
    """What is computed.

    Attributes:
        title: In a word or three.
        left: Shape of the first tensor.
        right: Shape of the second one.
        multiplications: How many, each with an addition.
        functions: What computes it by each method.
    """

    title: str
    left: tuple[int, ...]
    right: tuple[int, ...]
    multiplications: int
    functions: dict[Method, Callable[..., Any]]


_COUNT = 500_000
_SIDE = 128

SUM = Task(
    "Sum of products",
    (_COUNT,),
    (_COUNT,),
    _COUNT,
    {
        Method.LOOP: speed_ways.sum_by_loop,
        Method.ELEMENTS: speed_ways.sum_by_elements,
        Method.OPERATOR: speed_ways.sum_by_operator,
    },
)
PRODUCT = Task(
    "Matrix product",
    (_SIDE, _SIDE),
    (_SIDE, _SIDE),
    _SIDE**3,
    {
        Method.LOOP: speed_ways.product_by_loop,
        Method.ELEMENTS: speed_ways.product_by_elements,
        Method.OPERATOR: speed_ways.product_by_operator,
    },
)
TASKS = (SUM, PRODUCT)
"""Small enough for the loop to take a few tenths of a second at most."""


@dataclass(frozen=True, slots=True)
class Way:
    """A method, and what it runs on.

    Attributes:
        method: How it is computed.
        threads: CPU threads that share the work.
        device: Where the tensors are.
        device_name: What to call it in front of a user.
    """

    method: Method
    threads: int = 1
    device: torch.device = _CPU
    device_name: str = "CPU"

    @property
    def is_on_gpu(self) -> bool:
        """Whether it runs on something else than the CPU."""
        return self.device.type != "cpu"


def cpu_ways() -> tuple[Way, ...]:
    """All ways on the CPU, the slowest first; threads share the work only if there is more than one core."""
    cores = usable_cores()
    ways = [Way(Method.LOOP), Way(Method.ELEMENTS), Way(Method.OPERATOR)]
    return (*ways, Way(Method.OPERATOR, cores)) if cores > 1 else tuple(ways)


def available_ways() -> tuple[Way, ...]:
    """`cpu_ways`, and the graphics card where one works; asking it may take seconds."""
    best = next(iter(available_devices().values()))
    if best.device.type == "cpu":
        return cpu_ways()
    return (*cpu_ways(), Way(Method.OPERATOR, 1, best.device, best.name))
