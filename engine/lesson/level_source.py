"""Level source: the code that really runs at a level, and which of its lines are new there."""

from __future__ import annotations

import difflib
import inspect
import re
import textwrap
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from engine.data import batches
from engine.levels import torch_parts
from engine.levels.levels import LEVELS, Level, network_by_broadcasting, own_zero
from engine.nn import backward, gradients, layers, losses, matmul, network
from engine.nn.activations import Activation
from engine.nn.registry import ACTIVATIONS, OPTIMISERS
from engine.settings import TrainingSettings
from engine.training.learner import Learner

_Source = Callable[..., Any]


@dataclass(frozen=True, slots=True)
class SourceBlock:
    """The source of one part.

    Attributes:
        title: What it is, such as ``Network``.
        is_library: Whether it hands its work to PyTorch's library of layers, losses and optimisers.
        lines: The source; none where the program was installed without it.
        new_lines: Places in `lines` of those that the level below does not have in this part.
    """

    title: str
    is_library: bool
    lines: tuple[str, ...]
    new_lines: frozenset[int]


def level_source(settings: TrainingSettings) -> tuple[SourceBlock, ...]:
    """The parts that these settings train with, in the order in which data pass through them.

    Raises:
        SettingsError: The settings make no sense.
    """
    settings.check()
    below = _parts(LEVELS[settings.level - 1], settings) if settings.level - 1 in LEVELS else {}
    return tuple(
        _block(title, sources, below.get(title))
        for title, sources in _parts(LEVELS[settings.level], settings).items()
    )


def _block(title: str, sources: list[_Source], below: list[_Source] | None) -> SourceBlock:
    lines = _lines(sources)
    is_library = any(source.__module__ == torch_parts.__name__ for source in sources)
    new = frozenset[int]() if below is None else _new_lines(_lines(below), lines)
    return SourceBlock(title, is_library, tuple(lines), new)


def _lines(sources: list[_Source]) -> list[str]:
    """All sources below each other, an empty line between."""
    lines: list[str] = []
    for source in sources:
        name = source.__qualname__.rpartition(".")[0]
        try:
            text = textwrap.dedent(inspect.getsource(source)).rstrip().splitlines()
        except OSError:
            return []
        # Words for the type checker alone; nobody learns from them.
        text = [re.sub(r"\s*# type: ignore.*", "", line) for line in text]
        if name:  # a method by itself does not say whose it is
            text = [f"class {name}:", *(f"    {line}" if line else "" for line in text)]
        lines += ["", *text] if lines else text
    return _joined_classes(lines)


def _joined_classes(lines: list[str]) -> list[str]:
    """Without the second heading of a class whose methods follow each other."""
    joined: list[str] = []
    heading = ""
    for line in lines:
        if line and not line.startswith(" "):
            if line == heading and line.startswith("class "):
                continue
            heading = line
        joined.append(line)
    return joined


def _new_lines(below: list[str], lines: list[str]) -> frozenset[int]:
    matcher = difflib.SequenceMatcher(a=below, b=lines, autojunk=False)
    return frozenset(
        index
        for tag, _, _, start, end in matcher.get_opcodes()
        if tag in ("replace", "insert")
        for index in range(start, end)
        if lines[index].strip()
    )


def _parts(level: Level, settings: TrainingSettings) -> dict[str, list[_Source]]:
    """Titles of the parts and what of each is worth reading."""
    activation = ACTIVATIONS[settings.activation].layer_class
    hidden = bool(settings.hidden)
    is_library = level.network is torch_parts.LibraryNetwork
    by_hand = level.gradients is gradients.ChainRule
    parts: dict[str, list[_Source]] = {}
    if level.loop.batches is torch_parts.LibraryBatches:
        parts["Mini-batches"] = [
            torch_parts.LibraryBatches.__init__,
            torch_parts.LibraryBatches.__iter__,
        ]
    else:
        parts["Mini-batches"] = [batches.Batches.__iter__, batches.Shuffle.order]
    if is_library:
        parts["Network"] = [
            torch_parts.LibraryNetwork.__init__,
            torch_parts.LibraryNetwork.log_probabilities,
        ]
    else:
        parts["Network"] = [
            layers.Linear.__init__,
            layers.Linear.__call__,
            *([activation.__call__] if hidden else []),
            network.Network.__call__,
            network.Network.log_probabilities,
            losses.log_softmax,
            losses.softmax,
        ]
        slow = level.network is network_by_broadcasting
        product = matmul.broadcast_product if slow else matmul.tensor_product
        parts["Matrix product"] = [product]
    parts["Loss"] = [
        torch_parts.library_loss
        if level.loop.loss is torch_parts.library_loss
        else losses.negative_log_likelihood
    ]
    if by_hand:
        parts["Gradients"] = [
            gradients.ChainRule.__call__,
            backward.CrossEntropyBackward.backward,
            backward.BufferedLinear.forward,
            backward.BufferedLinear.backward,
            *(_by_hand(activation) if hidden else []),
        ]
    else:
        parts["Gradients"] = [gradients.AutomaticGradients.__call__]
    if level.loop.zero is own_zero:
        parts["Zeroing"] = [gradients.zero_gradients]
    else:
        parts["Zeroing"] = [torch_parts.LibraryOptimiser.zero_gradients]
    if level.optimiser is torch_parts.LibraryOptimiser:
        parts["Optimiser"] = [
            torch_parts.LibraryOptimiser.__init__,
            torch_parts.LibraryOptimiser.step,
        ]
    else:
        parts["Optimiser"] = [OPTIMISERS[settings.optimiser].optimiser_class.step]
    parts["The step that calls them"] = [Learner.take_step, Learner.compute_step]
    return parts


def _by_hand(activation: type[Activation]) -> list[_Source]:
    """Forward and backward in place; the derivative where the latter is only a product with it."""
    methods: list[_Source] = [activation.forward_in_place, activation.backward_in_place]
    if activation.backward_in_place is Activation.backward_in_place:
        methods.append(activation.derivative)
    return methods
